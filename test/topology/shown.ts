import type { Topology } from "#mesh";
import { positionAt } from "#syntax";

/** Relations in one line each: `provider:endpoint - requirer:endpoint interface`. */
export function shownRelations(topology: Topology): readonly string[] {
  const one = topology.models.filter((name) => name !== "elsewhere").length === 1;
  const end = (e: { model: string; application: string; endpoint: string | null }): string =>
    `${one && e.model !== "elsewhere" ? "" : `${e.model}.`}${e.application}:${e.endpoint ?? "?"}`;
  return topology.relations.map((relation) => {
    const cross = relation.crossModel;
    const how = cross
      ? ` [offer ${cross.offer} by ${cross.offering} as ${cross.alias} saas ${cross.saas}${cross.meshData ? " mesh-data" : ""}]`
      : "";
    const peer = relation.peer ? " peer" : "";
    return `${end(relation.provider)} - ${end(relation.requirer)} ${relation.interface ?? "?"}${peer}${how}`;
  });
}

/** Problems as `line:character code message`, from 0. */
export function shownProblems(topology: Topology): readonly string[] {
  return topology.problems.map(({ code, message, location }) => {
    const { line, character } = positionAt(location.file, location.span.start);
    return `${line}:${character} ${code} ${message}`;
  });
}

/** Applications as `model/name charm ×units kind`. */
export function shownApplications(topology: Topology): readonly string[] {
  return topology.applications.map(
    (one) =>
      `${one.model}/${one.name} ${one.charm ?? "?"} ×${one.units}${one.kind === "deployed" ? "" : ` ${one.kind}`}${one.role ? ` role ${one.role}` : ""}`,
  );
}
