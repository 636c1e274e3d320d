import type { CharmFiles, CharmModel } from "#charm";
import type { Fact } from "#python";
import type { Location } from "#syntax";
import { charmModel } from "../../engine/charm/src/charm-of.ts";
import { charmFilesOf } from "./charm-fixture.ts";

/** The model of a charm, or of a fixture's one charm. */
export function modelOf(charm: CharmFiles | string): CharmModel {
  return charmModel(typeof charm === "string" ? charmFilesOf(charm) : charm);
}

/** The model of a charm that is one src/charm.py, beside a charmcraft.yaml if one is given. */
export function modelOfPython(source: string, charmcraft = "name: x\n"): CharmModel {
  return modelOf(`//- charmcraft.yaml\n${charmcraft}\n//- src/charm.py\n${source}`);
}

/** A fact without its reasons, short enough to compare: the value itself, or what stands in its place. */
export function bare(fact: Fact<unknown>): unknown {
  switch (fact.kind) {
    case "known":
      return fact.value;
    case "oneOf":
      return { oneOf: fact.options };
    case "subsetOf":
      return { possible: fact.possible, always: fact.always, open: fact.open };
    case "template":
      return { template: fact.text };
    case "unknown":
      return "unknown";
  }
}

/** What stands at a place. */
export function textAt({ file, span }: Location): string {
  return file.text.slice(span.start, span.end);
}
