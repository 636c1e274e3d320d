import { type Argument, argumentValue, type CallSite, callsNamed, type Program } from "#python";
import { plainData } from "../calls/plain-data.ts";

/**
 * Whether a call is inside of `Service(metadata=ObjectMeta(name=…), …)` (lightkube.resources.core_v1), and whose Service
 * that is: `own` where there is no such Service, or its name is the application's; `other` where the name is a
 * literal; `unknown` where it can't be read.
 */
export function serviceAround(program: Program, site: CallSite): "own" | "other" | "unknown" {
  const { start, end } = site.call.span;
  const around = callsNamed(program, ["Service"]).find(
    ({ call }) => call.file === site.call.file && call.span.start < start && end < call.span.end,
  );
  if (!around) return "own";
  const named = nameOf(program, around);
  const text = named && plainData(program, argumentValue(program, named));
  if (text?.kind === "template" && text.text.startsWith("{app}")) return "own";
  return text?.kind === "known" ? "other" : "unknown";
}

function nameOf(program: Program, service: CallSite): Argument | undefined {
  const given = service.arguments.keywords.get("metadata");
  const value = given && argumentValue(program, given);
  return value?.kind === "instance" ? value.arguments?.keywords.get("name") : undefined;
}
