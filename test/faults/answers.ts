import { type Editor, uriOf } from "./editor.ts";
import { positionOf } from "./text-edit.ts";

/** Places that answers are asked for. */
export interface Place {
  readonly path: string;
  readonly offset: number;
}

const GRAPH_OPTIONS = {
  mesh: null,
  tls: null,
  topology: null,
  inferred: false,
  workerUnits: null,
  backends: null,
  hiddenLayers: [],
  compare: null,
} as const;

/** All that a server says of a workspace at one moment, as text by what was asked. */
export async function answersOf(
  { client, files, shown }: Editor,
  places: readonly Place[],
): Promise<ReadonlyMap<string, string>> {
  const asked: [string, unknown][] = [
    ["charmMesh/graph", { options: GRAPH_OPTIONS }],
    ["charmMesh/graph inferred", { options: { ...GRAPH_OPTIONS, inferred: true } }],
    ["charmMesh/policies", { options: GRAPH_OPTIONS, format: "yaml" }],
    ["workspace/symbol", { query: "" }],
    ...places.flatMap(({ path, offset }): [string, unknown][] => {
      const textDocument = { uri: uriOf(path) };
      const position = positionOf(files.text(path) ?? "", offset);
      const range = { start: position, end: position };
      return [
        ["textDocument/hover", { textDocument, position }],
        ["textDocument/definition", { textDocument, position }],
        ["textDocument/references", { textDocument, position, context: { includeDeclaration: true } }],
        ["textDocument/completion", { textDocument, position }],
        ["textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } }],
        ["textDocument/documentSymbol", { textDocument }],
        ["textDocument/codeLens", { textDocument }],
        ["textDocument/inlayHint", { textDocument, range: { start: { line: 0, character: 0 }, end: position } }],
      ];
    }),
  ];
  const answers = await Promise.all(
    asked.map(async ([name, params]): Promise<[string, string]> => {
      const answer = await client.connection.sendRequest(name.split(" ")[0] ?? name, params);
      return [`${name} ${JSON.stringify(params)}`, JSON.stringify(answer)];
    }),
  );
  const diagnostics = [...shown()].map(([path, own]) => [`diagnostics of ${path}`, JSON.stringify(own)] as const);
  return new Map([...answers, ...diagnostics]);
}

/** What two servers say differently, one line each. */
export function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((key) => a.get(key) !== b.get(key))
    .map((key) => {
      const [one, other] = [a.get(key) ?? "nothing", b.get(key) ?? "nothing"];
      let at = 0;
      while (at < one.length && one[at] === other[at]) at++;
      const from = Math.max(0, at - 200);
      return `${key}:\n  incremental …${one.slice(from, at + 300)}\n  fresh       …${other.slice(from, at + 300)}`;
    });
}
