import type { Command } from "commander";
import {
  type Baseline,
  baselineOf,
  type Diagnostic,
  fixedAll,
  readBaseline,
  type Severity,
  withoutBaseline,
} from "#ide";
import type { FileEdit } from "#syntax";
import { EXIT, Failure } from "../failure.ts";
import { patchText, writeFiles } from "../file-edits.ts";
import { choice, collected, jsonText } from "../output.ts";
import { diagnosticsGithub } from "../report/diagnostics-github.ts";
import { checkReport } from "../report/diagnostics-json.ts";
import { diagnosticsJunit } from "../report/diagnostics-junit.ts";
import { diagnosticsSarif } from "../report/diagnostics-sarif.ts";
import { diagnosticsText, summaryText } from "../report/diagnostics-text.ts";
import { counted } from "../report/plural.ts";
import { namedFile, openedSession, type Session } from "../session.ts";
import { commandLineSettings } from "../settings.ts";
import type { Terminal } from "../terminal.ts";
import { VERSION } from "../version.ts";
import { writeNamed } from "../written-file.ts";

const FORMATS = ["text", "json", "sarif", "github", "junit"] as const;
const SEVERITIES = ["error", "warning", "information", "hint"] as const;

interface CheckOptions {
  readonly format: (typeof FORMATS)[number];
  readonly failOn: Severity;
  readonly rule?: readonly string[];
  readonly exclude?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
  readonly diff?: boolean;
}

/** Adds `check`: every finding of every charm below the paths. */
export function addCheck(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command("check [paths...]")
    .description("report problems in the mesh configuration of the charms below PATHS")
    .option("-f, --format <format>", `${FORMATS.join(", ")}`, choice("--format", FORMATS), "text")
    .option("--fail-on <severity>", "exit with 1 from this severity on", choice("--fail-on", SEVERITIES), "error")
    .option("--rule <name=severity>", "severity of one rule, or off (again for more)", collected)
    .option("--exclude <path>", "leave out what lies at or below this path (again for more)", collected)
    .option("--baseline <file>", "report only what this baseline file does not hold")
    .option("--write-baseline <file>", "write today's findings to a baseline file and exit with 0")
    .option("--fix", "mend what can be mended in the files, then report what is left")
    .option("--diff", "show as a patch what --fix would change, and change nothing")
    .addHelpText(
      "after",
      "\nExamples:\n  charm-mesh check\n  charm-mesh check coordinator worker --fail-on warning\n  charm-mesh check --format sarif > charm-mesh.sarif\n  charm-mesh check --diff > mend.patch\n  charm-mesh check --fix",
    )
    .action(async (paths: string[], options: CheckOptions) => {
      const settings = commandLineSettings(options.rule ?? []);
      if (options.fix && options.diff) throw new Failure("--fix and --diff exclude each other.");
      if (options.diff && options.format !== "text") throw new Failure("--diff prints a patch: it takes no --format.");
      const opened = () => openedSession(paths, { settings, exclude: options.exclude ?? [], findings: true }, terminal);
      let session = await opened();
      if (options.diff) {
        terminal.patch(patchText(session, mending(session)));
        return finish(EXIT.fine);
      }
      if (options.fix && (await mended(session, terminal))) session = await opened();
      const all = session.analysis.diagnostics();
      if (options.writeBaseline !== undefined) {
        await writeNamed(options.writeBaseline, jsonText(baselineOf(all)));
        terminal.err(`${options.writeBaseline}: ${counted(all.length, "finding")} written.`);
        // A machine-readable format always gets a document: the findings that are now in the baseline.
        if (options.format !== "text" && options.format !== "github")
          terminal.document(document(session, all, options.format, () => false));
        return finish(EXIT.fine);
      }
      const shown = options.baseline === undefined ? all : withoutBaseline(all, await namedBaseline(options.baseline));
      const failing = (one: Diagnostic): boolean =>
        SEVERITIES.indexOf(one.severity) <= SEVERITIES.indexOf(options.failOn);
      if (options.format === "text") terminal.out(lines(session, shown, terminal));
      else terminal.document(document(session, shown, options.format, failing));
      finish(shown.some(failing) ? EXIT.findings : EXIT.fine);
    });
}

function lines(session: Session, diagnostics: readonly Diagnostic[], { paint }: Terminal): readonly string[] {
  return [...diagnosticsText(diagnostics, paint), summaryText(diagnostics, session.analysis.charms.length, paint)];
}

function document(
  session: Session,
  diagnostics: readonly Diagnostic[],
  format: Exclude<CheckOptions["format"], "text">,
  failing: (one: Diagnostic) => boolean,
): string {
  const charms = session.analysis.charms;
  switch (format) {
    case "json":
      return jsonText(checkReport(charms, diagnostics));
    case "sarif":
      return jsonText(diagnosticsSarif(diagnostics, VERSION, session.fileOf));
    case "github":
      return diagnosticsGithub(diagnostics);
    case "junit":
      return diagnosticsJunit(charms, diagnostics, failing);
  }
}

function mending({ analysis: { workspace } }: Session): readonly FileEdit[] {
  return fixedAll(workspace).filter((edit) => edit.edits.length > 0);
}

/** Writes what "fix all" changes; false where it changes nothing. */
async function mended(session: Session, terminal: Terminal): Promise<boolean> {
  const edits = mending(session);
  if (edits.length === 0) return false;
  await writeFiles(session, edits, terminal);
  return true;
}

async function namedBaseline(name: string): Promise<Baseline> {
  const baseline = readBaseline(await namedFile(name));
  if ("problem" in baseline) throw new Failure(`${name} ${baseline.problem}`);
  return baseline;
}
