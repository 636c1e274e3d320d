import { visibleJson } from "#syntax";
import { Failure } from "./failure.ts";

/** JSON for machines: indented, so that people can read it too, and with visible escapes for invisible characters. */
export function jsonText(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}

/** Reads one of some words, which it carries for the completion of shells. */
export type Choice<T extends string> = ((given: string) => T) & { readonly allowed: readonly T[] };

/** One of some words, as commander hands it in; anything else ends the command with exit code 2. */
export function choice<const T extends string>(option: string, allowed: readonly T[]): Choice<T> {
  const read = (given: string): T => {
    const found = allowed.find((one) => one === given);
    if (found === undefined)
      throw new Failure(`${option} does not take “${given}”.`, `It takes ${allowed.join(", ")}.`);
    return found;
  };
  return Object.assign(read, { allowed });
}

/** Gathers an option that may be given several times. */
export function collected(given: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), given];
}
