import { type Diagnostic, Disposable, extensions, type Uri, workspace } from "vscode";
import { saidByYaml, type YamlServer } from "./reported-by-yaml.ts";

/** https://marketplace.visualstudio.com/items?itemName=redhat.vscode-yaml */
const RED_HAT_YAML = "redhat.vscode-yaml";

type Show = (uri: Uri, diagnostics: Diagnostic[]) => void;

/** Diagnostics on their way to VS Code, without what Red Hat's YAML extension says of the same line. */
export interface BesideYaml extends Disposable {
  readonly handle: (uri: Uri, diagnostics: Diagnostic[], show: Show) => void;
}

/**
 * Leaves out of open YAML documents what Red Hat's extension says too, where it is there and checks. It checks open documents only:
 * what is closed keeps everything, and so does each document that it is configured not to check.
 */
export function besideYaml(): BesideYaml {
  const doubtful = new Map<string, { readonly uri: Uri; readonly diagnostics: Diagnostic[]; readonly show: Show }>();
  const shown = (uri: Uri, diagnostics: Diagnostic[], show: Show): void => {
    const key = uri.toString();
    const server = yamlServer(uri);
    const isOpen = workspace.textDocuments.some((document) => document.uri.toString() === key);
    show(uri, isOpen ? diagnostics.filter((one) => !saidByYaml(uri.path, one, server)) : diagnostics);
  };
  const again = (): void => {
    for (const { uri, diagnostics, show } of doubtful.values()) shown(uri, diagnostics, show);
  };
  const everything: YamlServer = { validates: true, hasSchemas: true };
  const listening = Disposable.from(
    workspace.onDidOpenTextDocument(again),
    workspace.onDidCloseTextDocument(again),
    extensions.onDidChange(again),
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("yaml") && again()),
  );
  return {
    handle: (uri, diagnostics, show) => {
      if (diagnostics.some((one) => saidByYaml(uri.path, one, everything)))
        doubtful.set(uri.toString(), { uri, diagnostics, show });
      else doubtful.delete(uri.toString());
      shown(uri, diagnostics, show);
    },
    dispose: () => {
      listening.dispose();
      doubtful.clear();
    },
  };
}

/** What Red Hat's extension checks in a file; null where it is not there. It starts by itself with the first YAML document. */
function yamlServer(uri: Uri): YamlServer | null {
  if (extensions.getExtension(RED_HAT_YAML) === undefined) return null;
  const settings = workspace.getConfiguration("yaml", uri);
  return {
    validates: settings.get("validate", true),
    hasSchemas: settings.get("schemaStore.enable", true),
  };
}
