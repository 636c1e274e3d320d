import { asBool, asString, type CallSite, type Program } from "#python";
import { CONSUMER_DEFAULTS } from "../catalog/library-defaults.ts";
import type { ConsumerCall } from "../library-call.ts";
import { type Damage, hiddenArguments } from "../source/damage.ts";
import {
  argumentFact,
  argumentPlaces,
  callsOf,
  defaultFact,
  type LibraryArguments,
  libraryArguments,
} from "./library-calls.ts";

/** Calls that make a ServiceMeshConsumer, in the charm's class, a component class or a function of any of its files. */
export function consumerSites(program: Program): readonly CallSite[] {
  return callsOf(program, "ServiceMeshConsumer");
}

/** The arguments of one of them. */
export function consumerArguments(site: CallSite, damage: Damage): LibraryArguments {
  return libraryArguments("ServiceMeshConsumer", site.arguments, hiddenArguments(damage, site.call, site.arguments));
}

/** What one ServiceMeshConsumer is given; a name that is not given is the library's default. */
export function consumerCall(program: Program, site: CallSite, damage: Damage): ConsumerCall {
  const args = consumerArguments(site, damage);
  const name = (parameter: string, fallback: { readonly value: string; readonly citation: string }) =>
    argumentFact<string>(program, args, parameter, asString, () => defaultFact(parameter, fallback));
  return {
    callee: site.callee,
    call: site.call,
    meshRelationName: name("mesh_relation_name", CONSUMER_DEFAULTS.meshRelationName),
    crossModelMeshRequiresName: name("cross_model_mesh_requires_name", CONSUMER_DEFAULTS.crossModelMeshRequiresName),
    crossModelMeshProvidesName: name("cross_model_mesh_provides_name", CONSUMER_DEFAULTS.crossModelMeshProvidesName),
    autoJoin: argumentFact<boolean>(program, args, "auto_join", asBool, () =>
      defaultFact("auto_join", CONSUMER_DEFAULTS.autoJoin),
    ),
    arguments: argumentPlaces(args),
    argumentsOpen: args.open !== null,
    condition: site.condition,
    because: site.because,
  };
}
