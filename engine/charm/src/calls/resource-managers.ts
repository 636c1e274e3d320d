import {
  type Argument,
  argumentValue,
  asDict,
  asString,
  type CallSite,
  callsNamed,
  evaluate,
  type Fact,
  known,
  knownValue,
  namedArguments,
  oneOf,
  optionsOfValue,
  type Program,
  type PyValue,
  unknown,
  whyNot,
} from "#python";
import type { Location } from "#syntax";
import type { ReconcileCall, ResourceManagerCall } from "../declared-policy.ts";
import {
  callsOf,
  givenFact,
  isMadeBy,
  type LibraryArguments,
  libraryArguments,
  placeOfArgument,
} from "./library-calls.ts";
import { isUncalledMeshType } from "./mesh-type-uses.ts";
import { plainData } from "./plain-data.ts";
import { listOfArgument, type PolicyList } from "./policy-lists.ts";

/** Parameters of PolicyResourceManager.reconcile (charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20; canonical-service-mesh 0.1.0). */
const RECONCILE = ["policies", "mesh_type", "raw_policies", "force", "ignore_missing"];

export interface ResourceManagersRead {
  readonly managers: readonly ResourceManagerCall[];
  /** The lists that `reconcile` is given. */
  readonly lists: readonly PolicyList[];
}

/** The PolicyResourceManagers that the charm makes, and the lists that it hands to their `reconcile`. */
export function resourceManagers(program: Program): ResourceManagersRead {
  const sites = callsOf(program, "PolicyResourceManager");
  if (sites.length === 0) return { managers: [], lists: [] };
  const reconciles = callsNamed(program, ["reconcile"]).flatMap((site) => {
    const manager = managerOf(program, site);
    return manager ? [{ site, manager, args: namedArguments(site.arguments, RECONCILE) }] : [];
  });
  const managers = sites.map((site) =>
    resourceManager(
      program,
      site,
      reconciles
        .filter((each) => samePlace(each.manager, site.call))
        .map((each) => reconcileCall(program, each.site, each.args)),
    ),
  );
  const lists = reconciles.map(({ site, args }): PolicyList => {
    const given = args.get("policies");
    if (given) return listOfArgument(program, given, "resource-manager");
    return { entries: [], complete: site.arguments.open === null };
  });
  return { managers, lists };
}

/** The call that made the manager on which `reconcile` is called; null where it is called on anything else. */
function managerOf(program: Program, site: CallSite): Location | null {
  const callee = site.expression.callee;
  if (callee.kind !== "attribute") return null;
  for (const option of optionsOfValue(evaluate(program, callee.object, site.frame))) {
    if (isMadeBy(option, "PolicyResourceManager") && option.call) return option.call;
  }
  return null;
}

function samePlace(a: Location, b: Location): boolean {
  return a.file === b.file && a.span.start === b.span.start;
}

function resourceManager(program: Program, site: CallSite, reconciles: readonly ReconcileCall[]): ResourceManagerCall {
  const args = libraryArguments("PolicyResourceManager", site.arguments);
  const labels = args.byName.get("labels");
  return {
    call: site.call,
    callee: site.callee,
    labels: labelsOf(program, labels, args),
    labelsText: labels ? textAt(labels.at) : null,
    fieldManager: fieldManager(program, args),
    clientLocation: placeOfArgument(args, "lightkube_client"),
    reconciles,
    because: site.because,
  };
}

function textAt(location: Location): string {
  return location.file.text.slice(location.span.start, location.span.end);
}

function labelsOf(
  program: Program,
  given: Argument | undefined,
  args: LibraryArguments,
): Fact<ReadonlyMap<string, string>> {
  if (!given) return args.open === null ? known(new Map()) : unknown(args.open);
  const value = argumentValue(program, given);
  const dict = asDict(value);
  if (!dict || dict.open !== null) return unknown(dict?.open ?? whyNot(value, "a dict"), value.because);
  const labels = new Map<string, string>();
  for (const entry of dict.entries) {
    const key = knownValue(asString(entry.key));
    if (key === undefined || entry.condition !== null) return unknown("not all labels can be read", value.because);
    labels.set(key, labelText(program, entry.value, entry.at));
  }
  return known(labels, value.because);
}

/**
 * A label's value. `{app}` and `{model}` represent the application's and the model's name; braces enclose the source text of
 * an unreadable part.
 */
function labelText(program: Program, value: PyValue, at: Location): string {
  const fact = plainData(program, value);
  if (fact.kind === "known" && typeof fact.value === "string") return fact.value;
  if (fact.kind === "template") return fact.text;
  const written = asString(value);
  return written.kind === "template" ? written.text : `{${textAt(at)}}`;
}

/** Whether the client is made with a `field_manager`; a client from elsewhere is unknown. A client made on first use counts as made. */
function fieldManager(program: Program, args: LibraryArguments): Fact<"given" | "absent"> {
  const given = args.byName.get("lightkube_client");
  if (!given) return unknown(args.open ?? "`lightkube_client` is not given");
  const value = argumentValue(program, given);
  const clients = optionsOfValue(value).filter((option) => option.kind !== "none");
  const facts = clients.map((client): Fact<"given" | "absent"> => {
    if (!isMadeBy(client, "Client") || client.arguments === null) {
      return unknown(client.kind === "unknown" ? client.why : "the client is made elsewhere", value.because);
    }
    return givenFact(program, libraryArguments("Client", client.arguments), "field_manager");
  });
  const [first] = facts;
  if (!first) return unknown("the client can't be read", value.because);
  const same = facts.every((each) => each.kind === "known" && knownValue(each) === knownValue(first));
  return same ? first : (facts.find((each) => each.kind === "unknown") ?? oneOf(["given", "absent"], value.because));
}

function reconcileCall(program: Program, site: CallSite, args: ReadonlyMap<string, Argument>): ReconcileCall {
  const given = args.get("mesh_type");
  const value = given ? argumentValue(program, given) : null;
  return {
    call: site.call,
    meshType: given && value ? { location: given.at, uncalled: isUncalled(value) } : null,
    policies: policiesGiven(program, args.get("policies"), site),
  };
}

/** A method or function where a MeshType is wanted. */
function isUncalled(value: PyValue): boolean {
  return value.kind === "function" || isUncalledMeshType(value);
}

function policiesGiven(program: Program, given: Argument | undefined, site: CallSite): ReconcileCall["policies"] {
  if (!given) return site.arguments.open === null ? "none" : "unknown";
  const { entries, complete } = listOfArgument(program, given, "resource-manager");
  if (entries.some((each) => each.condition === null)) return "some";
  return complete && entries.length === 0 ? "none" : "unknown";
}
