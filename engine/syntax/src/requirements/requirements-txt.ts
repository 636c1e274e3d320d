import { memo } from "../memo.ts";
import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { Requirement } from "./requirement.ts";
import type { RequirementsFile, RequirementsInclude } from "./requirements-file.ts";
import { specificationOf } from "./specification.ts";

/**
 * A requirements.txt: names with extras, constraints, markers and URLs; comments, continued lines, `--hash` and other options
 * are understood, `-r` and `-c` lines are listed. A line that is no requirement is a problem. Cached by the file.
 * (https://pip.pypa.io/en/stable/reference/requirements-file-format/)
 */
export const parseRequirementsTxt = memo((file: SourceFile): RequirementsFile => {
  const requirements: Requirement[] = [];
  const includes: RequirementsInclude[] = [];
  const problems: SyntaxProblem[] = [];
  for (const { text, start, end } of logicalLines(file.text)) {
    const span = { start, end };
    const option = /^(-r|-c|--requirement|--constraint)(?:[ \t=]+|(?<=-[rc]))(\S+)/.exec(text);
    if (option) {
      const [, flag = "", path = ""] = option;
      includes.push({ kind: flag.includes("c") ? "constraints" : "requirements", path, span });
      continue;
    }
    const editable = /^(?:-e|--editable)[ \t=]+(.*)/.exec(text)?.[1];
    if (text.startsWith("-") && editable === undefined) continue;
    const written = (editable ?? text).replace(/(?<!\s)\s+--[a-z-]+[ =]\S.*$/s, "").trimEnd();
    const direct = directName(written);
    if (direct === "") continue;
    const found = specificationOf(direct ?? written);
    if (!found) {
      problems.push({ span, message: `\`${written}\` is no requirement: it does not start with a package's name.` });
      continue;
    }
    if (!found.readable) problems.push({ span, message: `The version constraint of \`${found.name}\` can't be read.` });
    const { name, specifier, marker, extras, elsewhere } = found;
    const location = { file, span: { start, end: start + written.length } };
    requirements.push({ name, specifier, group: null, marker, extras, elsewhere, location });
  }
  return { requirements, includes, problems };
});

/** The name of what is given as an address or a path alone: its `#egg=`, "" where it has none. Null for anything else. */
function directName(text: string): string | null {
  if (/^[A-Za-z0-9._-]+\s*(?:\[[^\]]*\]\s*)?@/.test(text)) return null;
  if (!/^(?:[a-z+]+:\/\/|git\+|\.{0,2}\/|\.$|[A-Za-z]:\\)/i.test(text) && !/\.(?:whl|zip|tar\.gz)$/.test(text))
    return null;
  return /^[^#]*#(?:.*&)?egg=([A-Za-z0-9._-]+)/.exec(text)?.[1] ?? "";
}

interface LogicalLine {
  /** Comments cut off; where lines are continued, the backslash and the line end are blanks, so that offsets stay. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function logicalLines(text: string): LogicalLine[] {
  const found: LogicalLine[] = [];
  const joined = text.replace(/\\[ \t]*(\r\n|\n|\r)/g, (whole) => " ".repeat(whole.length));
  for (const line of joined.matchAll(/[^\r\n]+/g)) {
    const bare = line[0].replace(/(^|\s)#.*$/s, "");
    const trimmed = bare.trim().replace(/^\uFEFF/, "");
    if (trimmed === "") continue;
    const start = line.index + bare.indexOf(trimmed);
    found.push({ text: trimmed, start, end: start + trimmed.length });
  }
  return found;
}
