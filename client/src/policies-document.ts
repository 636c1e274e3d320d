import { Disposable, EventEmitter, languages, Uri, window, workspace } from "vscode";
import { type GraphOptions, policiesRequest } from "#protocol";
import { asked } from "./requests.ts";
import type { ServerLife } from "./server-life.ts";

/** Read-only documents with what is derived from the charms, live while they are edited. */
export interface PoliciesDocument extends Disposable {
  readonly show: () => Promise<void>;
  readonly changed: () => void;
}

export const POLICIES_SCHEME = "charm-mesh";

const ADDRESS = Uri.from({ scheme: POLICIES_SCHEME, path: "/mesh-policies.yaml" });

/** The document of effective policies, as the manifests that would be applied; `options` tells for which mesh and topology. */
export function policiesDocument(server: ServerLife, options: () => GraphOptions): PoliciesDocument {
  const emitter = new EventEmitter<Uri>();
  const registered = Disposable.from(
    emitter,
    workspace.registerTextDocumentContentProvider(POLICIES_SCHEME, {
      onDidChange: emitter.event,
      provideTextDocumentContent: async () =>
        (await asked(server, policiesRequest, { options: options(), format: "yaml" })).text,
    }),
  );
  return {
    show: async () => {
      const document = await workspace.openTextDocument(ADDRESS);
      await languages.setTextDocumentLanguage(document, "yaml");
      await window.showTextDocument(document, { preview: false });
    },
    changed: () => {
      if (workspace.textDocuments.some(({ uri }) => uri.scheme === POLICIES_SCHEME)) emitter.fire(ADDRESS);
    },
    dispose: () => void registered.dispose(),
  };
}
