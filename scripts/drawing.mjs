// The panel's drawing script: mermaid's flowchart with dagre and nothing else, on a plain DOM of our own. It is carried inside
// dist/webview.js as the text of one function (`import script from "./drawing/main.ts?script"`), which the panel starts in a worker.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

/** The parts of mermaid that a flowchart with dagre loads on demand; every other part is left out of the bundle. */
const KEPT = /\/(flowDiagram|dagre)-[A-Z0-9]+\.mjs$/;

/**
 * What dagre gets for lodash: a drop-in replacement that mermaid brings anyway. It is smaller and has less to compile, so that ten nodes are
 * drawn for the first time in nine tenths of the time.
 */
const INSTEAD_OF_LODASH = "es-toolkit/compat";

/** Packages whose place a small module of ours takes; each says why. */
const REPLACED = {
  dompurify: "sanitize-nothing.ts",
  roughjs: "exact-rough.ts",
  marked: "no-markdown.ts",
  dayjs: "no-clock.ts",
};

/**
 * Files of packages, by where they lie and how the others there name them, in whose place a module of ours stands: dagre's graph, and of
 * what stands for lodash that which dagre calls again and again. The build fails where one of them is not asked for.
 */
const REPLACED_FILES = [
  { of: "dagre-d3-es/src/graphlib/", wanted: "./graph.js", by: "own-graph.ts" },
  ...["keys", "values", "forEach", "sortBy"].map((name) => ({
    of: "es-toolkit/dist/compat/",
    wanted: new RegExp(`/${name}\\.mjs$`),
    by: `own-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`,
  })),
];

/** A package of which only what is never called is used. */
const LEFT_OUT = /^@iconify\/utils$/;

/** Places in the text of mermaid and dagre that are changed. The build fails where one of them is not found exactly once. */
const CHANGES = [
  {
    // mermaid copies its whole configuration (about 600 values) at each look at it, which was a third of the time of a drawing.
    // Nothing writes to the copies, so one copy per configuration does.
    from: "return assignWithDepth_default({}, currentConfig);",
    to: `if (currentConfig !== copiedConfig) {
      copiedConfig = currentConfig;
      configCopy = assignWithDepth_default({}, currentConfig);
    }
    return configCopy;`,
    after: "var copiedConfig, configCopy;",
  },
  {
    // Settings of other diagrams, which are copied with each change of one.
    from: "Object.freeze(defaultConfig_default)",
    to: "Object.freeze(withoutOtherDiagrams(defaultConfig_default))",
    after: `function withoutOtherDiagrams(all) {
      const isOther = ([name, value]) => name !== "flowchart" && value !== null && typeof value === "object" && "useMaxWidth" in value;
      return Object.fromEntries(Object.entries(all).map((entry) => (isOther(entry) ? [entry[0], {}] : entry)));
    }`,
  },
  {
    // A style sheet is worked out for each picture; ours are styled by the panel's own.
    from: "const rules = createUserStyles(config, diagramType, diagramClassDefs, idSelector);",
    to: 'const rules = "";',
    after: "",
  },
  {
    // Lines stand almost as far from each other as applications. Labels of one line each are told apart in less, and a picture of many
    // lines is a fifth less high. The page that the tests compare with does the same (test/webview/support/harness.ts).
    from: "marginx: 8,\n    marginy: 8",
    to: "marginx: 8,\n    marginy: 8,\n    edgesep: 14",
    after: "",
  },
  {
    // Of the patterns that the parser tries at each place of the text only those that may match there are tried.
    from: "var rules = this._currentRules();",
    to: "var rules = possibleRules(this._currentRules(), this.rules, this._input);",
    after: 'import { possibleRules } from "charm-mesh:first-letters";',
  },
  {
    // An error that is made while the script loads: where developer tools listen, the browser parses all of the script again for its stack.
    from: "CycleException.prototype = new Error();",
    to: "CycleException.prototype = Object.create(Error.prototype);",
    after: "",
  },
];

const leftOut = (name) => `function ${name}() { throw new Error("${name} is left out"); }`;

/** Of mermaid's shapes, which stand in the order of the alphabet, those between ours; `labelRect` is for edges of a node to itself. */
const OTHER_SHAPES = [
  ["shapes/bowTieRect.ts", "shapes/insertPolygonShape.ts"],
  ["shapes/blockArrow.ts", "shapes/cylinder.ts"],
  ["shapes/datastore.ts", "shapes/hexagon.ts"],
  ["shapes/hourglass.ts", "shapes/labelRect.ts"],
  ["shapes/leanLeft.ts", "shapes/rectLeftInvArrow.ts"],
  ["shapes/rectWithTitle.ts", "shapes/roundedRect.ts"],
  ["shapes/shadedProcess.ts", "shapes/squareRect.ts"],
  ["shapes/state.ts", "shapes/subroutine.ts"],
  ["shapes/taggedRect.ts", "shapes/trapezoid.ts"],
  ["shapes/trapezoidalPentagon.ts", "shapes.ts"],
];

/**
 * Stretches of mermaid's text that no picture of ours needs: from one file of its source on, up to another. What the rest still names
 * of one is declared by `instead`. What is not there need not be compiled: that is a part of a first picture's time.
 */
const CUTS = [
  {
    // All themes: some three hundred colours each, which are worked out and copied over and over. The panel's own style sheet has the colours.
    from: "// src/themes/theme-base.js",
    to: "// src/themes/index.js",
    instead: (name) => `function ${name}() { return {}; }`,
  },
  {
    // A flowchart's style sheet, likewise.
    from: "// src/diagrams/flowchart/styles.ts",
    to: "// src/diagrams/flowchart/flowDiagram.ts",
    instead: leftOut,
  },
  {
    // YAML, for front matter and `@{…}`, neither of which we write.
    from: "// ../../node_modules/.pnpm/js-yaml@4.3.2/node_modules/js-yaml/dist/js-yaml.mjs",
    to: "export {",
    instead: leftOut,
    besides: ["JSON_SCHEMA", "load"],
  },
  {
    // Edges that light up one after another. No edge of ours has a step.
    from: "// src/rendering-util/rendering-elements/edgeStepAnimation.ts",
    to: "// src/rendering-util/rendering-elements/edges.js",
    instead: (name) => `function ${name}() { return false; }`,
  },
  {
    // Swim lanes, in which no box of ours is drawn.
    from: "// src/rendering-util/rendering-elements/clusters/swimlane.js",
    to: "// src/rendering-util/rendering-elements/clusters.js",
    instead: leftOut,
  },
  ...OTHER_SHAPES.map(([from, to]) => ({
    from: `// src/rendering-util/rendering-elements/${from}`,
    to: `// src/rendering-util/rendering-elements/${to}`,
    instead: leftOut,
  })),
];

/** A text without one of the stretches; what the rest still names of it is declared by `instead`. null: it is not there. */
function withoutStretch(text, { from, to, instead, besides = [] }) {
  const start = text.indexOf(`${from}\n`);
  const end = text.indexOf(`${to}\n`, start);
  if (start < 0 || end < start) return null;
  const before = text.slice(0, start);
  const cut = text.slice(start, end);
  const after = text.slice(end);
  const names = [...cut.matchAll(/^(?:(?:async )?function|var|let|const|class) ([\w$]+)/gm)].map(([, name]) => name);
  const words = new Set(`${before}${after}`.match(/[\w$]+/g));
  const stillNamed = [...names, ...besides].filter((name) => words.has(name));
  const imports = cut.match(/^import [^;]+;$/gm) ?? [];
  return [before, ...imports, ...stillNamed.map(instead), after].join("\n");
}

/**
 * One of mermaid's files with what it loads on demand either there from the start or not at all. Imports on demand would make
 * esbuild keep everything that is exported anywhere (all of d3), since a script can't load more of itself later.
 */
function withoutDemands(source) {
  const imports = [];
  const text = source.replaceAll(/\bimport\("([^"]+)"\)/g, (_whole, from) => {
    if (!KEPT.test(from)) return `Promise.reject(new Error(${JSON.stringify(`${from} is left out`)}))`;
    imports.push(`import * as kept${imports.length} from ${JSON.stringify(from)};`);
    return `Promise.resolve(kept${imports.length - 1})`;
  });
  return { text: `${imports.join("\n")}\n${text}`, kept: imports.length };
}

function leanMermaid(root) {
  return {
    name: "lean-mermaid",
    setup({ resolve, onResolve, onLoad, onEnd }) {
      const found = CHANGES.map(() => 0);
      const cuts = CUTS.map(() => 0);
      const replaced = new Set();
      let kept = 0;
      onResolve({ filter: /^[@\w]/ }, ({ path: wanted, importer, kind, resolveDir }) => {
        if (!importer.includes("node_modules")) return undefined;
        if (wanted === "charm-mesh:first-letters")
          return { path: path.join(root, "webview/src/drawing/first-letters.ts") };
        const instead = REPLACED[wanted];
        if (instead) return { path: path.join(root, "webview/src/drawing", instead) };
        if (wanted === "lodash-es") return resolve(INSTEAD_OF_LODASH, { kind, resolveDir });
        return LEFT_OUT.test(wanted) ? { path: wanted, namespace: "left-out" } : undefined;
      });
      onResolve({ filter: /^\./ }, ({ path: wanted, importer }) => {
        const from = importer.replaceAll("\\", "/");
        const at = REPLACED_FILES.findIndex(
          (file) => from.includes(`/node_modules/${file.of}`) && (wanted === file.wanted || wanted.match(file.wanted)),
        );
        if (at < 0) return undefined;
        replaced.add(at);
        return { path: path.join(root, "webview/src/drawing", REPLACED_FILES[at].by) };
      });
      onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "module.exports = {};", loader: "js" }));
      onLoad({ filter: /(mermaid[\\/]dist[\\/].*\.mjs|graphlib[\\/]alg[\\/]topsort\.js)$/ }, async ({ path: file }) => {
        let { text, kept: here } = withoutDemands(await readFile(file, "utf8"));
        kept += here;
        for (const [at, { from, to, after }] of CHANGES.entries()) {
          if (!text.includes(from)) continue;
          found[at] += text.split(from).length - 1;
          text = `${text.replace(from, to)}\n${after}`;
        }
        for (const [at, cut] of CUTS.entries()) {
          const rest = withoutStretch(text, cut);
          if (rest === null) continue;
          cuts[at] += 1;
          text = rest;
        }
        return { contents: text, loader: "js" };
      });
      onEnd(() => {
        const errors = CHANGES.filter((_, at) => found[at] !== 1).map(({ from }) => ({
          text: `not found exactly once in mermaid or dagre: ${from}`,
        }));
        for (const [at, { from }] of CUTS.entries())
          if (cuts[at] !== 1) errors.push({ text: `not found exactly once in mermaid or dagre: ${from}` });
        for (const [at, { of, wanted }] of REPLACED_FILES.entries())
          if (!replaced.has(at)) errors.push({ text: `nothing asks for ${wanted} of ${of}` });
        if (kept < 2)
          errors.push({ text: `mermaid's flowchart and dagre were found ${kept} times, expected at least twice` });
        return { errors };
      });
    },
  };
}

/** The drawing script's bundle as text, and esbuild's account of what is in it. */
export async function drawingBundle(root, entry, minify) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    outfile: "drawing.js",
    platform: "browser",
    format: "iife",
    target: "es2022",
    minify,
    legalComments: "none",
    logLevel: "warning",
    mainFields: ["browser", "module", "main"],
    inject: [path.join(root, "webview/src/drawing/dom/globals.ts")],
    plugins: [leanMermaid(root)],
  });
  return { text: outputFiles[0].text, metafile };
}

/** An esbuild plugin: `import script from "….ts?script"` gives the text of a function of its port, which is that entry's bundle. */
export function drawingScript(root, { minify = true } = {}) {
  return {
    name: "drawing-script",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\?script$/ }, ({ path: file, resolveDir }) => ({
        // Named from the repository on, so that the source map is the same wherever that lies.
        path: path.relative(root, path.resolve(resolveDir, file.replace(/\?script$/, ""))).replaceAll("\\", "/"),
        namespace: "script",
      }));
      onLoad({ filter: /.*/, namespace: "script" }, async ({ path: file }) => ({
        contents: `function (drawingPort) {\n${(await drawingBundle(root, path.join(root, file), minify)).text}\n}`,
        loader: "text",
        watchFiles: [path.join(root, file)],
      }));
    },
  };
}
