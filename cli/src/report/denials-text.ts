import type { DenialLog, ExplainedDenial } from "#mesh";
import { denialHeadline, denialLogSummary, requestWords } from "#picture";
import type { Paint, Style } from "../terminal.ts";
import { placeText } from "./diagnostics-text.ts";

const STYLE: Readonly<Record<ExplainedDenial["expected"], Style>> = {
  denied: "red",
  allowed: "yellow",
  unknown: "gray",
};

const EXPECTED: Readonly<Record<ExplainedDenial["expected"], string>> = {
  denied: "the sources deny it too",
  allowed: "the sources allow it",
  unknown: "the sources do not decide",
};

/** The explanation for a terminal: each refused flow with its reason, the line that decides, the fix and the commands; then a summary. */
export function denialsText(denials: readonly ExplainedDenial[], log: DenialLog, paint: Paint): readonly string[] {
  return [
    ...denials.flatMap((denial) => [...denialLines(denial, paint), ""]),
    ...denialLogSummary(denials, log).map(printable),
  ];
}

function denialLines(denial: ExplainedDenial, paint: Paint): readonly string[] {
  const request = requestWords(denial);
  const place = denial.because.find((reason) => reason.location !== null)?.location;
  return [
    `${paint("bold", printable(denialHeadline(denial)))}${request === "" ? "" : ` ${printable(request)}`} ${paint("gray", `×${denial.count} at the ${denial.at}:`)} ${paint(STYLE[denial.expected], EXPECTED[denial.expected])}`,
    `  ${printable(denial.reason)}`,
    ...(place ? [`  ${paint("bold", "line:")} ${printable(placeText(place))}`] : []),
    ...(denial.fix === null ? [] : [`  ${paint("bold", "fix:")} ${printable(denial.fix)}`]),
    ...denial.checks.flatMap(({ text, command }) => [
      `  ${paint("bold", "look:")} ${printable(text)}`,
      `    ${printable(command)}`,
    ]),
  ];
}

/** A text from a log for a terminal: control characters, which could move the cursor or colour what follows, are blanks. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, " ");
}
