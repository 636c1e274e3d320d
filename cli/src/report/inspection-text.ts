import type { CharmModel, DeclaredPolicy } from "#charm";
import type { Fact } from "#python";
import { positionAt } from "#syntax";
import type { Paint } from "../terminal.ts";
import { counted } from "./plural.ts";

/** The facts from each charm, for people; an unreadable fact gives its reason. */
export function inspectionText(models: readonly CharmModel[], paint: Paint): readonly string[] {
  return models.flatMap((model, index) => [...(index > 0 ? [""] : []), ...charmLines(model, paint)]);
}

function charmLines(model: CharmModel, paint: Paint): string[] {
  const title = `${model.metadata.name ?? "(no name)"}, ${model.kind}${model.test ? ", of the tests" : ""}`;
  const lines = [`${paint("bold", title)} ${paint("gray", model.charm.root || ".")}`];
  const { coordinator, worker } = model;
  lines.push(`  relations: ${counted(model.metadata.relations.length, "relation")}`);
  for (const relation of model.metadata.relations.filter((one) => /mesh/.test(one.interface ?? ""))) {
    lines.push(
      `    ${relation.side} ${relation.endpoint}: ${relation.interface}${relation.limit === null ? "" : `, limit ${relation.limit}`}`,
    );
  }
  if (coordinator) {
    lines.push(`  coordinator: ${coordinator.className} at ${place(coordinator.call)}`);
    for (const entry of coordinator.endpoints.entries) lines.push(`    ${entry.key}: ${factText(entry.value, show)}`);
    lines.push(`  worker metrics port: ${factText(coordinator.workerMetricsPort, show)}`);
    lines.push(
      `  telemetry proxy: ${factText(coordinator.telemetryProxy, (proxy) => (proxy ? `http ${factText(proxy.httpPort, show)}, https ${factText(proxy.httpsPort, show)}` : "none"))}`,
    );
  }
  if (worker) {
    lines.push(`  worker: ${worker.className} at ${place(worker.call)}`);
    for (const entry of worker.endpoints.entries) lines.push(`    ${entry.key}: ${factText(entry.value, show)}`);
  }
  for (const consumer of model.consumers)
    lines.push(`  consumer at ${place(consumer.call)}: ${factText(consumer.meshRelationName, show)}`);
  if (model.policies.length > 0)
    lines.push("  policies:", ...model.policies.map((policy) => `    ${policyText(policy)}`));
  lines.push(`  opened ports: ${factText(model.openedPorts, show)}`);
  const libraries = model.libraries.filter((one) => one.vendored || one.charmLib !== null);
  if (libraries.length > 0)
    lines.push(
      "  libraries:",
      ...libraries.map(
        (one) => `    ${one.name}${one.patch === null ? "" : ` patch ${one.patch}`}${one.vendored ? "" : " (fetched)"}`,
      ),
    );
  for (const { file, problem } of model.problems)
    lines.push(paint("yellow", `  ${file.path}:${positionAt(file, problem.span.start).line + 1}: ${problem.message}`));
  return lines;
}

function policyText(policy: DeclaredPolicy): string {
  const target = policy.kind === "MeshPolicy" ? "" : ` for ${factText(policy.relation, show)}`;
  const grants =
    policy.kind === "UnitPolicy"
      ? `ports ${factText(policy.ports, show)}`
      : factText(policy.endpoints, (endpoints) =>
          endpoints.length === 0
            ? "everything"
            : endpoints
                .map((one) =>
                  [
                    `ports ${factText(one.ports, show)}`,
                    ...(isNull(one.methods) ? [] : [`methods ${factText(one.methods, show)}`]),
                    ...(isNull(one.paths) ? [] : [`paths ${factText(one.paths, show)}`]),
                  ].join(", "),
                )
                .join("; "),
        );
  return `${policy.kind}${target}: ${policy.kind === "MeshPolicy" ? "" : `${grants} `}at ${place(policy.call)}${policy.condition ? ` (${policy.condition})` : ""}`;
}

/** A fact in words; `one` writes a single value. */
function factText<T>(fact: Fact<T>, one: (value: T) => string): string {
  switch (fact.kind) {
    case "known":
      return one(fact.value);
    case "oneOf":
      return `one of ${fact.options.map(one).join(" or ")}`;
    case "subsetOf":
      return `some of ${one(fact.possible)}${fact.open ? " and others" : ""}`;
    case "template":
      return fact.text;
    case "unknown":
      return `unknown: ${fact.why}`;
  }
}

function show(value: unknown): string {
  if (value === null) return "none";
  return Array.isArray(value) ? value.join(", ") || "none" : String(value);
}

function isNull(fact: Fact<unknown>): boolean {
  return fact.kind === "known" && fact.value === null;
}

function place(location: { file: Parameters<typeof positionAt>[0]; span: { start: number } }): string {
  return `${location.file.path}:${positionAt(location.file, location.span.start).line + 1}`;
}
