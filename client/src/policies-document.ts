import {
  Disposable,
  type DocumentLink,
  EventEmitter,
  languages,
  Position,
  Range,
  type TextDocument,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import { type GraphOptions, policiesRequest, uriRequest } from "#protocol";
import { columnBeside } from "./column-beside.ts";
import { PLACE, rowOf, type SourceLine } from "./policy-places.ts";
import { asked } from "./requests.ts";
import type { ServerProcess } from "./server-process.ts";

/** Read-only documents with the policies of the charms, which follow the edits. */
export interface PoliciesDocuments extends Disposable {
  /** The effective policies, a row for each. With a source line the row of that line is selected. */
  readonly showTable: (from?: SourceLine) => Promise<void>;
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

/** A place of a document, before it is known which file that is. */
interface PlaceLink extends DocumentLink {
  readonly place?: { readonly path: string; readonly line: string; readonly column: string };
}

/** The documents of effective policies; `options` gives the mesh mode and the topology. */
export function policiesDocuments(server: ServerProcess, options: () => GraphOptions): PoliciesDocuments {
  const emitter = new EventEmitter<Uri>();
  const show = async (format: Format, from?: SourceLine): Promise<void> => {
    const { uri, language } = DOCUMENTS[format];
    const document = await workspace.openTextDocument(uri);
    await languages.setTextDocumentLanguage(document, language);
    const row = from ? rowOf(document.getText(), from) : null;
    await window.showTextDocument(document, {
      preview: false,
      // Beside the line that the row belongs to; without one, where the person is.
      viewColumn: from ? columnBeside(window.activeTextEditor?.viewColumn) : ViewColumn.Active,
      ...(row === null ? {} : { selection: document.lineAt(row).range }),
    });
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
    showTable: (from) => show("table", from),
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
