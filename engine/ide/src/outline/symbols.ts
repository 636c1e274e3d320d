import type { CharmModel } from "#charm";
import { conditionText, knownValue } from "#python";
import { type Location, memo } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";

export type SymbolKind = "relation" | "coordinator" | "worker" | "consumer" | "endpoint-key" | "policy";

/** One entry of an outline: its name, what it is, the whole of it and the part to put the cursor on. */
export interface OutlineSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly whole: Location;
  readonly selection: Location;
  readonly children: readonly OutlineSymbol[];
}

/** The outline of one file: relations in YAML; calls, endpoint keys and policies in Python. */
export function documentSymbols(analysis: Analysis, path: string): readonly OutlineSymbol[] {
  const charm = analysis.charmOf(path);
  if (!charm) return [];
  return symbolsOf(charm).filter((symbol) => symbol.whole.file.path === path);
}

/** Symbols of all charms whose name holds the letters of the query in order; the charm's name goes with each. */
export function workspaceSymbols(
  analysis: Analysis,
  query: string,
): readonly (OutlineSymbol & { readonly container: string })[] {
  return analysis.charms.flatMap((charm) =>
    symbolsOf(charm)
      .flatMap((symbol) => [symbol, ...symbol.children])
      .filter((symbol) => isSubsequence(query, symbol.name))
      .map((symbol) => ({ ...symbol, container: charm.metadata.name ?? charm.charm.root })),
  );
}

const symbolsOf = memo((charm: CharmModel): readonly OutlineSymbol[] => [
  ...relationSymbols(charm),
  ...pythonSymbols(charm),
]);

function relationSymbols(charm: CharmModel): OutlineSymbol[] {
  return charm.metadata.relations.map((relation) => ({
    name: relation.endpoint,
    detail: `${relation.side} ${relation.interface ?? ""}`,
    kind: "relation",
    whole: relation.block,
    selection: relation.key,
    children: [],
  }));
}

function pythonSymbols(charm: CharmModel): OutlineSymbol[] {
  const { coordinator, worker } = charm;
  const symbols: OutlineSymbol[] = [];
  for (const [call, kind] of [
    [coordinator, "coordinator"],
    [worker, "worker"],
  ] as const) {
    if (!call) continue;
    symbols.push({
      name: call.className,
      detail: kind,
      kind,
      whole: call.call,
      selection: call.callee,
      children: call.endpoints.entries
        .filter((entry) => entry.keyLocation.file === call.call.file)
        .map((entry) => ({
          name: entry.key,
          detail: entry.value.kind === "known" ? String(entry.value.value ?? "None") : "",
          kind: "endpoint-key",
          whole: spanning(entry.keyLocation, entry.valueLocation),
          selection: entry.keyLocation,
          children: [],
        })),
    });
  }
  for (const consumer of charm.consumers) {
    symbols.push({
      name: "ServiceMeshConsumer",
      detail: "consumer",
      kind: "consumer",
      whole: consumer.call,
      selection: consumer.callee,
      children: [],
    });
  }
  for (const policy of charm.policies) {
    symbols.push({
      name: `${policy.kind} ${knownValue(policy.relation) ?? ""}`.trim(),
      detail: policy.condition ? conditionText(policy.condition) : "",
      kind: "policy",
      whole: policy.call,
      selection: policy.callee,
      children: [],
    });
  }
  return symbols;
}

function spanning(first: Location, last: Location): Location {
  if (first.file !== last.file || last.span.end < first.span.start) return first;
  return { file: first.file, span: { start: first.span.start, end: last.span.end } };
}

function isSubsequence(query: string, name: string): boolean {
  let at = 0;
  for (const char of query.toLowerCase()) {
    at = name.toLowerCase().indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
