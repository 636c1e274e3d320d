import {
  Disposable,
  type DocumentLink,
  EventEmitter,
  languages,
  Position,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import { type GraphOptions, policiesRequest, uriRequest } from "#protocol";
import { asked } from "./requests.ts";
import type { ServerLife } from "./server-life.ts";

/** Read-only documents with what is derived from the charms, live while they are edited. */
export interface PoliciesDocuments extends Disposable {
  /** The effective policies, a line for each. */
  readonly showTable: () => Promise<void>;
  /** The same as the manifests that will be applied. */
  readonly showManifests: () => Promise<void>;
  readonly changed: () => void;
}

export const POLICIES_SCHEME = "charm-mesh";

const DOCUMENTS = {
  table: { uri: Uri.from({ scheme: POLICIES_SCHEME, path: "/Mesh Policies" }), language: "charm-mesh-policies" },
  yaml: { uri: Uri.from({ scheme: POLICIES_SCHEME, path: "/Mesh Policies.yaml" }), language: "yaml" },
} as const;

type Format = keyof typeof DOCUMENTS;

/** `path:line:column`, counted from 1, as these documents write places. */
const PLACE = /(?<![\w./-])([\w./-]+\.(?:py|ya?ml|json)):(\d+):(\d+)/g;

/** A place of a document, before it is known which file that is. */
interface PlaceLink extends DocumentLink {
  readonly place?: { readonly path: string; readonly line: string; readonly column: string };
}

/** The documents of effective policies; `options` tells for which mesh and topology. */
export function policiesDocuments(server: ServerLife, options: () => GraphOptions): PoliciesDocuments {
  const emitter = new EventEmitter<Uri>();
  const show = async (format: Format): Promise<void> => {
    const { uri, language } = DOCUMENTS[format];
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, language);
    await window.showTextDocument(document, { preview: false });
  };
  const registered = Disposable.from(
    emitter,
    workspace.registerTextDocumentContentProvider(POLICIES_SCHEME, {
      onDidChange: emitter.event,
      provideTextDocumentContent: async (uri) => {
        const format: Format = uri.path.endsWith(".yaml") ? "yaml" : "table";
        return (await asked(server, policiesRequest, { options: options(), format })).text;
      },
    }),
    languages.registerDocumentLinkProvider(
      { scheme: POLICIES_SCHEME },
      {
        provideDocumentLinks: placeLinks,
        resolveDocumentLink: async (link: PlaceLink) => {
          if (!link.place) return link;
          const { path, line, column } = link.place;
          const { uri } = await asked(server, uriRequest, { path });
          if (uri !== null) link.target = Uri.parse(uri).with({ fragment: `L${line},${column}` });
          return link;
        },
      },
    ),
  );
  return {
    showTable: () => show("table"),
    showManifests: () => show("yaml"),
    changed: () => {
      for (const { uri } of workspace.textDocuments) if (uri.scheme === POLICIES_SCHEME) emitter.fire(uri);
    },
    dispose: () => void registered.dispose(),
  };
}

function placeLinks(document: TextDocument): PlaceLink[] {
  const links: PlaceLink[] = [];
  for (let line = 0; line < document.lineCount; line++) {
    for (const match of document.lineAt(line).text.matchAll(PLACE)) {
      const [text, path = "", row = "", column = ""] = match;
      const range = new Range(new Position(line, match.index), new Position(line, match.index + text.length));
      links.push({ range, place: { path, line: row, column } });
    }
  }
  return links;
}
