import type { CharmModel } from "#charm";
import type { Diagnostic } from "#ide";
import { LOG_COMMAND, visibleText } from "#syntax";
import { placeText } from "./diagnostics-text.ts";

/** JUnit XML: one suite a charm, one test case a finding (failed from `failing` on), one passing case where there is none. */
export function diagnosticsJunit(
  charms: readonly CharmModel[],
  diagnostics: readonly Diagnostic[],
  failing: (diagnostic: Diagnostic) => boolean,
): string {
  const left = new Set(diagnostics);
  const suites = charms.map((charm) => {
    const { root } = charm.charm;
    const own = diagnostics.filter((one) => left.has(one) && belongs(one, root, charms));
    for (const one of own) left.delete(one);
    return suite(charm.metadata.name ?? root, own, failing);
  });
  if (left.size > 0) suites.push(suite("deployment", [...left], failing));
  const failures = diagnostics.filter(failing).length;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="charm-mesh" tests="${Math.max(diagnostics.length, charms.length)}" failures="${failures}">\n${suites.join("")}</testsuites>\n`;
}

function belongs(one: Diagnostic, root: string, charms: readonly CharmModel[]): boolean {
  const inside = (folder: string): boolean => folder === "" || one.location.file.path.startsWith(`${folder}/`);
  if (!inside(root)) return false;
  return !charms.some(({ charm }) => charm.root.length > root.length && inside(charm.root));
}

function suite(name: string, own: readonly Diagnostic[], failing: (diagnostic: Diagnostic) => boolean): string {
  const cases = own.map((one) => {
    const head = `    <testcase classname="${xml(name)}" name="${xml(`${one.code} ${placeText(one.location)}`)}" file="${xml(one.location.file.path)}"`;
    if (!failing(one)) return `${head}><system-out>${xml(`${one.severity}: ${one.message}`)}</system-out></testcase>\n`;
    return `${head}><failure type="${xml(one.severity)}" message="${xml(one.message)}"/></testcase>\n`;
  });
  if (cases.length === 0) cases.push(`    <testcase classname="${xml(name)}" name="no findings"/>\n`);
  const failures = own.filter(failing).length;
  return `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}">\n${cases.join("")}  </testsuite>\n`;
}

/** Text for XML 1.0: markup is escaped, invisible characters become visible escapes, and characters that XML forbids are left out. */
function xml(text: string): string {
  return visibleText(text)
    .replace(/[\ufffe\uffff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(LOG_COMMAND, "##&#91;");
}
