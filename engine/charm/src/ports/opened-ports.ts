import {
  type Argument,
  argumentValue,
  asInt,
  asIntList,
  type CallSite,
  type Condition,
  callsNamed,
  type Element,
  evaluate,
  type Fact,
  iterated,
  optionsOfValue,
  type Program,
  type PyValue,
  reasonAt,
  unknown,
} from "#python";
import type { Location } from "#syntax";
import { callsOf, isMadeBy, libraryArguments } from "../calls/library-calls.ts";
import type { ImportRecord, WrittenPort } from "../charm-model.ts";
import { dottedText } from "../source/syntax-walk.ts";
import { manifestsWithServices } from "./manifest-services.ts";
import { serviceAround } from "./other-services.ts";
import { unitedPorts } from "./united-ports.ts";

export interface OpenedPorts {
  readonly ports: Fact<readonly number[]>;
  /** Every call that opens ports. */
  readonly places: readonly Location[];
  readonly written: readonly WrittenPort[];
}

interface PortPlace {
  readonly call: Location;
  readonly ports: Fact<readonly number[]>;
  readonly written?: readonly WrittenPort[];
}

/**
 * The ports that a charm opens on its Service, over all places that do: `set_ports`, `open_port` (ops.Unit, each shape),
 * KubernetesServicePatch and ServicePort objects (lightkube), which Charm components hand to a Service patch of their own.
 * Where it applies manifests of its own, the list stays open. Guards around the calls don't count: a port that is opened on the leader only is open on the Service.
 */
export function openedPorts(program: Program, imports: readonly ImportRecord[]): OpenedPorts {
  const places: PortPlace[] = [
    ...callsNamed(program, ["set_ports"])
      .filter((site) => isOnUnit(program, site))
      .map((site) => setPorts(program, site)),
    ...callsNamed(program, ["open_port"])
      .filter((site) => isOnUnit(program, site))
      .map((site) => openPort(program, site)),
    ...callsOf(program, "ServicePort")
      .filter((site) => serviceAround(program, site) !== "other")
      .map((site) => servicePort(program, site)),
    ...callsOf(program, "KubernetesServicePatch").flatMap((site) => servicePatch(program, site)),
  ];
  const facts = places.map((place) => place.ports);
  const manifests = manifestsWithServices(program, imports);
  if (manifests) {
    const why = "the charm applies Kubernetes manifests of its own, which may open ports";
    facts.push(unknown(why, [reasonAt(manifests, why)]));
  }
  return {
    ports: unitedPorts(facts),
    places: places.map((place) => place.call),
    written: places.flatMap((place) => place.written ?? []),
  };
}

/** `set_ports` of `ops.Unit`: on something that is called a unit, or that leads to ops. A method of the charm's own is not. */
function isOnUnit(program: Program, site: CallSite): boolean {
  const callee = site.expression.callee;
  if (callee.kind !== "attribute") return false;
  const text = dottedText(callee.object);
  if (text !== null && /(?:^|[._])unit$/.test(text)) return true;
  const value = evaluate(program, callee.object, site.frame);
  return value.kind === "external" && /(?:^|\.)(?:unit|Unit)$/.test(value.name);
}

/** `set_ports(*ports)`: the order has no meaning, so an unreadable starred part hides none of the others. */
function setPorts(program: Program, site: CallSite): PortPlace {
  const elements: Element[] = [];
  const written: WrittenPort[] = [];
  let open: string | null = null;
  for (const argument of site.expression.args) {
    const value = evaluate(program, argument.value, site.frame);
    const at = { file: site.module.file, span: argument.value.span };
    if (argument.kind === "positional") {
      const port = portNumber(program, value);
      elements.push({ value: port, condition: null, at });
      written.push({ location: at, port: asInt(port) });
    } else if (argument.kind === "star") {
      const options = optionsOfValue(value).map((option) => iterated(program, option));
      const condition: Condition | null = options.length > 1 ? [{ kind: "choice", of: "lists" }] : null;
      for (const list of options) {
        open ??= list ? list.open : "a starred argument can't be read";
        for (const each of list?.elements ?? []) {
          elements.push({ ...each, value: portNumber(program, each.value), condition: each.condition ?? condition });
        }
      }
    }
  }
  return { call: site.call, ports: portsOf(elements, open, site.call), written };
}

function portElement(program: Program, argument: Argument): Element {
  return {
    value: portNumber(program, argumentValue(program, argument)),
    condition: argument.condition,
    at: argument.at,
  };
}

/** `Port("tcp", 80)` and `OpenedPort(...)` by their `port`, numbers and digits as they are; what a one-of holds, one by one. */
function portNumber(program: Program, value: PyValue): PyValue {
  if (value.kind === "string" && /^\d+$/.test(value.value))
    return { ...value, kind: "int", value: Number(value.value) };
  if (value.kind === "one-of") {
    return { ...value, options: value.options.map((each) => portNumber(program, each)) };
  }
  for (const concept of ["Port", "OpenedPort"] as const) {
    if (!isMadeBy(value, concept)) continue;
    const port = libraryArguments(concept, value.arguments).byName.get("port");
    if (port) return portNumber(program, argumentValue(program, port));
  }
  return value;
}

/** `open_port(protocol, port=None)`; without a port (icmp) it opens none (https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.Unit.open_port). */
function openPort(program: Program, site: CallSite): PortPlace {
  const given = site.arguments.keywords.get("port") ?? site.arguments.positional[1];
  const options = given ? optionsOfValue(argumentValue(program, given)).filter((each) => each.kind !== "none") : [];
  const elements = options.map(
    (value): Element => ({ value: portNumber(program, value), condition: null, at: given?.at ?? site.call }),
  );
  return { call: site.call, ports: portsOf(elements, site.arguments.open, site.call) };
}

function servicePort(program: Program, site: CallSite): PortPlace {
  if (serviceAround(program, site) === "unknown") {
    const why = "the charm makes a Service whose name can't be read";
    return { call: site.call, ports: unknown(why, [reasonAt(site.call, why)]) };
  }
  const port = libraryArguments("ServicePort", site.arguments).byName.get("port");
  const elements = port ? [portElement(program, port)] : [];
  return { call: site.call, ports: portsOf(elements, port ? null : site.arguments.open, site.call) };
}

/** The older KubernetesServicePatch takes tuples `(name, port, …)`; ServicePort objects are counted where they are made. */
function servicePatch(program: Program, site: CallSite): readonly PortPlace[] {
  const given = libraryArguments("KubernetesServicePatch", site.arguments).byName.get("ports");
  const list = given ? iterated(program, argumentValue(program, given)) : null;
  if (!list)
    return [{ call: site.call, ports: portsOf([], "the ports of the Service patch can't be read", site.call) }];
  const elements = list.elements.flatMap((element): Element[] => {
    const options = optionsOfValue(element.value).filter((option) => !isMadeBy(option, "ServicePort"));
    return options.map((option) => {
      const port = option.kind === "sequence" ? option.elements[1]?.value : undefined;
      return { ...element, value: portNumber(program, port ?? option) };
    });
  });
  return [{ call: site.call, ports: portsOf(elements, list.open, site.call) }];
}

/** The elements as one list, so that conditions, one-ofs and unread parts mean what they mean in any list of the charm. */
function portsOf(elements: readonly Element[], open: string | null, at: Location): Fact<readonly number[]> {
  const [first] = elements;
  if (elements.length === 1 && first && open === null && first.condition === null) {
    const port = asInt(first.value);
    if (port.kind === "known") return { ...port, value: [port.value] };
    if (port.kind === "oneOf") return { ...port, options: port.options.map((each) => [each]) };
  }
  return asIntList({
    kind: "sequence",
    type: "list",
    elements,
    open,
    lineage: at,
    unordered: false,
    loose: false,
    because: [],
    configurable: [],
  });
}
