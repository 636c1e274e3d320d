import { readFile } from "node:fs/promises";
import { analysis, DEFAULT_SETTINGS } from "#ide";
import { createPythonParser, positionAt } from "#syntax";
import { readWorkspace } from "#disk";
const root="/work/main/";
const parser = await createPythonParser({ runtime: await readFile(root+"node_modules/web-tree-sitter/web-tree-sitter.wasm"), grammar: await readFile(root+"node_modules/tree-sitter-python/tree-sitter-python.wasm")});
const only = process.env.SEV?.split(",");
const codes = process.env.CODES?.split(",");
for (const folder of process.argv.slice(2)) {
  const t0=performance.now();
  const ws = await readWorkspace([folder], { base: "/work/real" });
  const t1=performance.now();
  const a = analysis({ charms: ws.charms, topologies: ws.topologies, settings: DEFAULT_SETTINGS, settingsFiles: ws.settings }, parser);
  const d = a.diagnostics();
  const t2=performance.now();
  console.log(`## ${folder}: ${a.charms.map(c=>`${c.metadata.name}(${c.kind}${c.test?",test":""})`).join(" ")} | read ${Math.round(t1-t0)} ms, check ${Math.round(t2-t1)} ms`);
  for (const x of d) {
    if (only && !only.includes(x.severity)) continue;
    if (codes && !codes.includes(x.code)) continue;
    const p = positionAt(x.location.file, x.location.span.start);
    console.log(`${x.severity[0].toUpperCase()} ${x.location.file.path}:${p.line+1}:${p.character+1} [${x.code}] ${x.message}${x.fixes.length?`  {${x.fixes.map(f=>f.title).join(" | ")}}`:""}`);
  }
}
