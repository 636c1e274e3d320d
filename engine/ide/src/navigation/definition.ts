import type { Library } from "#charm";
import type { Fact } from "#python";
import type { Location } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { relationOf } from "../cursor/naming.ts";
import { answered, type ByKind, type Target } from "../cursor/target.ts";
import { targetAt } from "../cursor/target-at.ts";

/** The definition of the target under a cursor, with the target's place; null where there is no definition. */
export interface Definition {
  readonly origin: Location;
  readonly places: readonly Location[];
}

const DEFINITIONS: ByKind<[], readonly Location[]> = {
  relation: (target) => [target.location],
  interface: (target) => [target.relation.key],
  "relation-use": declared,
  "deployed-endpoint": declared,
  "endpoint-key": declared,
  // The class of a call is the Python server's to find: two answers open a list where one jumps.
  policy: () => [],
  ports: (target) => origins(target.endpoint?.ports ?? target.policy.ports),
  method: () => [],
  coordinator: () => [],
  worker: () => [],
  consumer: () => [],
  "proxy-port": (target) => origins(target.scheme === "http" ? target.proxy.httpPort : target.proxy.httpsPort),
  "charm-lib": (target) => vendored(target.charm.libraries, target.lib.lib),
};

/** Goes from a use to what it names: from a map value or `relation="…"` to charmcraft.yaml, from a port to its literal. */
export function definition(analysis: Analysis, path: string, offset: number): Definition | null {
  const target = targetAt(analysis, path, offset);
  if (!target) return null;
  const places = answered(DEFINITIONS, target).filter((place) => place.span.end > place.span.start);
  return places.length > 0 ? { origin: target.location, places } : null;
}

function declared(target: Target): readonly Location[] {
  const named = relationOf(target);
  return named?.relation ? [named.relation.key] : [];
}

/** The last hop of each value's chain: the literal, or the last place that could be read. */
function origins(fact: Fact<unknown>): readonly Location[] {
  const places = fact.because.flatMap((reason) => reason.location ?? []);
  const last = places.at(-1);
  return last ? [bindingOf(last)] : [];
}

/** Of an assignment the name that it binds, as a Python server answers, so that editors take both answers for one. */
function bindingOf(location: Location): Location {
  const { file, span } = location;
  const bound = /^((?:\w+\.)*)([A-Za-z_]\w*)\s*(?::[^=\n]{1,200})?=(?!=)/.exec(file.text.slice(span.start, span.end));
  if (!bound) return location;
  const start = span.start + (bound[1]?.length ?? 0);
  return { file, span: { start, end: start + (bound[2]?.length ?? 0) } };
}

/** charm-libs writes `istio_beacon_k8s.service_mesh`, the library is `charms.istio_beacon_k8s.v0.service_mesh`. */
function vendored(libraries: readonly Library[], lib: string): readonly Location[] {
  const [charm = "", name = ""] = lib.split(".");
  const found = libraries.find(
    (each) => each.file && each.name.startsWith(`charms.${charm}.`) && each.name.endsWith(`.${name}`),
  );
  return found?.file ? [{ file: found.file, span: { start: 0, end: Math.min(1, found.file.text.length) } }] : [];
}
