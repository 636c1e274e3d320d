import type { CharmModel } from "#charm";
import type { FileEdit, SourceFile, TextEdit } from "#syntax";
import { editsOf, merged } from "../edits/fix.ts";
import type { PythonSources } from "../facts/charm-facts.ts";
import { addedImport } from "./import-edits.ts";
import { openedPortEdits } from "./opened-port-edits.ts";
import { addedBehind, addedBelowImports, addedMember, appendedItem, bracketsOf } from "./python-edits.ts";
import { callAt, classAround, nodesAround } from "./python-tree.ts";

type Facts = Pick<CharmModel, "coordinator" | "openedPorts" | "openedPortPlaces"> & { readonly python: PythonSources };

const CONSTANT = "TELEMETRY_PROXY_PORT";
const PROPERTY = "_worker_telemetry_proxy_config";

/**
 * The guide's steps 4 and 5: a constant for the port, a property with WorkerTelemetryProxyConfig, the argument, and the opened
 * port; only the argument where the class has such a property already. null where the call is not in a method of a class, or
 * where a name is taken otherwise.
 */
export function telemetryProxyEdits(port: number, facts: Facts): FileEdit[] | null {
  const { coordinator, python } = facts;
  if (!coordinator) return null;
  const { file, span } = coordinator.call;
  const module = python.module(file);
  const call = callAt(module, coordinator.call);
  const owner = classAround(module, span);
  const brackets = call && bracketsOf(file, call);
  if (!call || !owner || !brackets) return null;
  const place = coordinator.arguments.get("worker_telemetry_proxy_config");
  const argument: TextEdit[] = place
    ? [{ span: place.span, newText: `self.${PROPERTY}` }]
    : appendedItem(file, brackets, `worker_telemetry_proxy_config=self.${PROPERTY}`);
  const present = owner.body.some((each) => each.kind === "function" && each.name.text === PROPERTY);
  if (present) return [editsOf(file, argument)];
  if (file.text.includes(PROPERTY) || file.text.includes(CONSTANT)) return null;
  const edits = [
    ...addedImport(file, module, "coordinated_workers.worker_telemetry", "WorkerTelemetryProxyConfig"),
    ...addedBelowImports(file, module, [`${CONSTANT} = ${port}`]),
    ...argument,
    ...addedMember(file, owner, [
      "@property",
      `def ${PROPERTY}(self) -> WorkerTelemetryProxyConfig:`,
      '    """Ports on which this coordinator takes and passes on its workers\' telemetry."""',
      "    return WorkerTelemetryProxyConfig(",
      `        http_port=${CONSTANT},`,
      `        https_port=${CONSTANT},`,
      "    )",
    ]),
  ];
  return merged([editsOf(file, edits), ...openingEdits(port, file, facts)]);
}

/** Where the charm opens no port yet, one statement behind the coordinator opens this one. */
function openingEdits(port: number, own: SourceFile, facts: Facts): FileEdit[] {
  const { coordinator, openedPortPlaces, python } = facts;
  const present = openedPortEdits(facts, python, (place) => (place.file === own ? CONSTANT : String(port)));
  if (present.length > 0 || openedPortPlaces.length > 0 || !coordinator) return present;
  const { file, span } = coordinator.call;
  const statement = nodesAround(python.module(file), span).findLast((node) =>
    ["assign", "annotated-assign", "expression"].includes(node.kind),
  );
  return statement ? [editsOf(file, addedBehind(file, statement, [`self.unit.open_port("tcp", ${CONSTANT})`]))] : [];
}
