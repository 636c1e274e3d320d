import { readFile } from "node:fs/promises";
import { analysis, DEFAULT_SETTINGS, RULES } from "#ide";
import { charmModel, topologiesOf } from "#model";
import { createPythonParser } from "#syntax";
import { readWorkspace } from "#disk";
const root="/work/main/";
const parser = await createPythonParser({ runtime: await readFile(root+"node_modules/web-tree-sitter/web-tree-sitter.wasm"), grammar: await readFile(root+"node_modules/tree-sitter-python/tree-sitter-python.wasm")});
for (const folder of process.argv.slice(2)) {
  const ws = await readWorkspace([folder], { base: "/work/real" });
  const t0=performance.now();
  for (const c of ws.charms) { const t=performance.now(); charmModel(c, parser); const d=performance.now()-t; if (d>50) console.log("model", c.root, Math.round(d)); }
  const t1=performance.now();
  topologiesOf(ws.topologies, ws.charms.map(c=>charmModel(c,parser)));
  const t2=performance.now();
  const a = analysis({ charms: ws.charms, topologies: ws.topologies, settings: DEFAULT_SETTINGS, settingsFiles: ws.settings }, parser);
  a.diagnostics();
  const t3=performance.now();
  console.log(folder, "models", Math.round(t1-t0), "topologies", Math.round(t2-t1), ws.topologies.map(t=>t.path), "rules", Math.round(t3-t2));
}
