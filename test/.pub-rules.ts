import { readFile } from "node:fs/promises";
import { charmModel } from "#model";
import { createPythonParser } from "#syntax";
import { readWorkspace } from "#disk";
const root="/work/main/";
const parser = await createPythonParser({ runtime: await readFile(root+"node_modules/web-tree-sitter/web-tree-sitter.wasm"), grammar: await readFile(root+"node_modules/tree-sitter-python/tree-sitter-python.wasm")});
for (const folder of process.argv.slice(2)) {
  const ws = await readWorkspace([folder], { base: "/work/real" });
  for (const c of ws.charms) { const m = charmModel(c, parser); if (m.test) continue;
    const txt=(l:any)=> l? l.file.path.split("/").slice(-1)[0]+": "+l.file.text.slice(l.span.start,l.span.end).replace(/\s+/g," ").slice(0,70):null;
    console.log("##", c.root, m.kind);
    console.log(" opened", JSON.stringify({...m.openedPorts,because:undefined}), m.openedPortPlaces.map(txt));
    for (const p of m.published) console.log(" ", p.relation, JSON.stringify({...p.address,because:undefined}), JSON.stringify({...p.port,because:undefined}), "@", txt(p.location), "\n      port because:", p.port.because.map(b=>b.text+" | "+txt(b.location)).join(" ;; "));
  }
}
