import {
  type Argument,
  argumentValue,
  type Condition,
  iterated,
  optionsOfValue,
  type Program,
  type PyValue,
  type SequenceValue,
} from "#python";
import type { PolicyHolder } from "../declared-policy.ts";
import { distinctOptions, type LibraryArguments } from "./library-calls.ts";

const ONE_OF_SEVERAL_LISTS: Condition = [{ kind: "choice", of: "lists" }];
const ONE_OF_SEVERAL_POLICIES: Condition = [{ kind: "choice", of: "policies" }];

/** One element of a list of policies. */
export interface PolicyListEntry {
  readonly value: PyValue;
  readonly holder: PolicyHolder;
  /** When the list holds it; null: always. */
  readonly condition: Condition | null;
}

export interface PolicyList {
  readonly entries: readonly PolicyListEntry[];
  /** Whether these are all, and every one of them could be read. */
  readonly complete: boolean;
}

/**
 * The policies that an argument hands over: a display, a property, a local variable with conditional appends. Where one of
 * several lists is taken, all of them count, each under a condition. An absent argument or `None` hands over none.
 */
export function policyList(program: Program, args: LibraryArguments, name: string, holder: PolicyHolder): PolicyList {
  const argument = args.byName.get(name);
  if (!argument) return { entries: [], complete: args.open === null };
  return listOfArgument(program, argument, holder);
}

/** The policies of one argument; see `policyList`. */
export function listOfArgument(program: Program, argument: Argument, holder: PolicyHolder): PolicyList {
  const options = optionsOfValue(argumentValue(program, argument));
  const alternative = options.length > 1 ? ONE_OF_SEVERAL_LISTS : null;
  const entries: PolicyListEntry[] = [];
  let complete = true;
  for (const option of options) {
    // `policies or []` in the libraries: None hands over nothing.
    if (option.kind === "none") continue;
    const list = iterated(program, option);
    if (!list || list.open !== null) complete = false;
    if (list) for (const each of entriesOfList(list, holder, argument.condition ?? alternative)) entries.push(each);
  }
  return { entries, complete };
}

function entriesOfList(list: SequenceValue, holder: PolicyHolder, outer: Condition | null): readonly PolicyListEntry[] {
  return list.elements.flatMap((element) => {
    const options = distinctOptions(element.value);
    const condition = element.condition ?? outer ?? (options.length > 1 ? ONE_OF_SEVERAL_POLICIES : null);
    return options.map((value) => ({ value, holder, condition }));
  });
}
