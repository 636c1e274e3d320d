import type { CharmModel } from "#charm";
import { optionsOf } from "#python";
import type { FileEdit, Location, PyExpression } from "#syntax";
import { editsOf } from "../edits/fix.ts";
import type { PythonSources } from "../facts/charm-facts.ts";
import { addedBehind, appendedItem, bracketsOf } from "./python-edits.ts";
import { nodesAround } from "./python-tree.ts";

type Call = Extract<PyExpression, { kind: "call" }>;

/**
 * Opens one more port where the charm opens ports already: another argument of `set_ports`, another `open_port` behind the
 * one that is there. `expression` is Python text that means the port at that place. Nothing where ports are opened otherwise.
 */
export function openedPortEdits(
  { openedPortPlaces }: Pick<CharmModel, "openedPortPlaces">,
  python: PythonSources,
  expression: (place: Location) => string | null,
): FileEdit[] {
  for (const wanted of ["set_ports", "open_port"]) {
    for (const place of openedPortPlaces) {
      const text = expression(place);
      const edits = text === null ? null : openedAt(place, wanted, python, text);
      if (edits) return [edits];
    }
  }
  return [];
}

function openedAt(place: Location, method: string, python: PythonSources, text: string): FileEdit | null {
  const { file, span } = place;
  const around = nodesAround(python.module(file), span);
  const call = around.findLast((node) => node.kind === "call" && methodOf(node as unknown as Call) === method) as
    | Call
    | undefined;
  if (!call) return null;
  if (method === "set_ports") {
    const brackets = bracketsOf(file, call);
    return brackets && editsOf(file, appendedItem(file, brackets, text));
  }
  const statement = around.findLast((node) => node.kind === "expression" && node.span.start === call.span.start);
  const target = file.text.slice(call.callee.span.start, call.callee.span.end);
  return statement ? editsOf(file, addedBehind(file, statement, [`${target}("tcp", ${text})`])) : null;
}

function methodOf(call: Call): string | null {
  return call.callee.kind === "attribute" ? call.callee.name.text : null;
}

/**
 * Python text that means a port at another place: the same text where it is a name of the module, in the same file; else the
 * number itself.
 */
export function portExpression(port: number, source: Location | null, place: Location): string {
  if (!source || source.file !== place.file) return String(port);
  const written = source.file.text.slice(source.span.start, source.span.end);
  return /^[A-Z_][A-Z0-9_]*$/.test(written) ? written : String(port);
}

/**
 * Opens what an AppPolicy for these ports needs on the Service. An empty list where all of them are open or nothing can be
 * said, null where one is closed and can't be opened by an edit.
 */
export function neededPortEdits(
  ports: readonly number[],
  { openedPorts, openedPortPlaces }: Pick<CharmModel, "openedPorts" | "openedPortPlaces">,
  python: PythonSources,
  source: Location | null,
): FileEdit[] | null {
  const opened = optionsOf(openedPorts)?.flat();
  if (!opened) return [];
  const closed = ports.filter((port) => !opened.includes(port));
  if (closed.length === 0) return [];
  const [port, another] = closed;
  if (port === undefined || another !== undefined) return null;
  const edits = openedPortEdits({ openedPortPlaces }, python, (place) => portExpression(port, source, place));
  return edits.length > 0 ? edits : null;
}
