import { describe, expect, it } from "vitest";
import {
  analysis,
  baselineOf,
  DEFAULT_SETTINGS,
  type Diagnostic,
  editedWorkspace,
  readBaseline,
  type Workspace,
  withoutBaseline,
} from "#ide";
import { sourceFile } from "#syntax";
import { clustersOf } from "../../engine/ide/src/analysis/clusters.ts";
import { miniConsumer, miniCoordinator, miniWorker } from "../support/minicharms.ts";

function workspace(): Workspace {
  return {
    charms: [miniCoordinator(), miniWorker(), miniConsumer("", "shop")],
    topologies: [
      sourceFile(
        "mesh-topology.yaml",
        "models:\n  m:\n    applications:\n      a: {charm: mini-coordinator-k8s, trust: false}\n    relations: []\n",
      ),
    ],
    settings: DEFAULT_SETTINGS,
  };
}

/** One file's text with a change at its end. */
function typed(before: Workspace, path: string, text: string): Workspace {
  const file = before.charms.flatMap((each) => [...each.files.values()]).find((each) => each.path === path);
  const at = file?.text.length ?? 0;
  return editedWorkspace(before, [{ path, create: false, edits: [{ span: { start: at, end: at }, newText: text }] }]);
}

describe("the analysis of a snapshot", () => {
  it("knows charms, clusters, topologies, and whose a file is", () => {
    const found = analysis(workspace());
    expect(found.charms.map((each) => each.metadata.name)).toEqual([
      "mini-coordinator-k8s",
      "mini-worker-k8s",
      "mini-k8s",
    ]);
    expect(found.clusters.map(({ coordinator, worker }) => [coordinator.metadata.name, worker.metadata.name])).toEqual([
      ["mini-coordinator-k8s", "mini-worker-k8s"],
    ]);
    expect(found.topologies.map((each) => each.source)).toEqual(["file"]);
    expect(found.charmOf("worker/src/charm.py")?.metadata.name).toBe("mini-worker-k8s");
    expect(found.charmOf("nowhere.py")).toBeNull();
  });

  it("leaves out a folder that describes a bundle, or nothing at all", () => {
    const bundle = {
      root: "b",
      files: new Map([["charmcraft.yaml", sourceFile("b/charmcraft.yaml", "type: bundle\nname: x\n")]]),
      unreadable: new Map(),
    };
    const empty = {
      root: "e",
      files: new Map([["charmcraft.yaml", sourceFile("e/charmcraft.yaml", "")]]),
      unreadable: new Map(),
    };
    const started = {
      root: "s",
      files: new Map([["charmcraft.yaml", sourceFile("s/charmcraft.yaml", "name: new\n")]]),
      unreadable: new Map(),
    };
    const found = analysis({ charms: [bundle, empty, started], topologies: [], settings: DEFAULT_SETTINGS });
    expect(found.charms.map((each) => each.metadata.name)).toEqual(["new"]);
  });

  it("orders findings by path and place, and groups them by path", () => {
    const found = analysis(typed(workspace(), "worker/charmcraft.yaml", "provides:\n  x:\n    limit: -1\n"));
    const all = found.diagnostics();
    const places = all.map((each) => `${each.location.file.path} ${String(each.location.span.start).padStart(6, "0")}`);
    expect(places).toEqual([...places].sort());
    const byPath = found.diagnosticsByPath();
    expect([...byPath.values()].flat()).toEqual(all);
    for (const [path, each] of byPath) expect(each.every((one) => one.location.file.path === path)).toBe(true);
  });

  it("works out again only what an edit touches: the rest are the very same findings", () => {
    const before = workspace();
    const first = analysis(before);
    const said = (found: readonly Diagnostic[], part: string) =>
      found.filter((each) => each.location.file.path.startsWith(part));
    const old = first.diagnostics();
    expect(said(old, "shop/").length).toBeGreaterThan(0);
    expect(said(old, "mesh-topology").map((each) => each.code)).toEqual(["missing-worker", "untrusted-application"]);
    const second = analysis(typed(before, "worker/src/charm.py", "\n# a comment\n"));
    const fresh = second.diagnostics();
    for (const part of ["shop/", "coordinator/", "mesh-topology"])
      said(fresh, part).forEach((each, at) => {
        expect(each).toBe(said(old, part)[at]);
      });
    expect(second.charms[0]).toBe(first.charms[0]);
    expect(second.charms[1]).not.toBe(first.charms[1]);
    expect(second.topologies).toBe(first.topologies);
  });

  it("looks at a deployment again when a charm in it changes", () => {
    const before = workspace();
    expect(
      analysis(before)
        .diagnostics()
        .map((each) => each.code),
    ).toContain("untrusted-application");
    const file = before.charms[0]?.files.get("src/charm.py");
    const made = file?.text.indexOf("self.coordinator = Coordinator(") ?? 0;
    const after = editedWorkspace(before, [
      {
        path: "coordinator/src/charm.py",
        create: false,
        edits: [{ span: { start: made, end: made + 31 }, newText: "self.coordinator = dict(" }],
      },
    ]);
    expect(
      analysis(after)
        .diagnostics()
        .map((each) => each.code),
    ).not.toContain("untrusted-application");
  });
});

describe("clusters", () => {
  it("are found by names, then by folders, and never guessed", () => {
    const pairs = (...roots: readonly (readonly [name: string, root: string])[]) => {
      const charms = roots.map(([name, root]) =>
        (name.includes("coordinator") ? miniCoordinator : miniWorker)("", root),
      );
      const renamed = charms.map((charm, at) => {
        const file = charm.files.get("charmcraft.yaml");
        const [name] = roots[at] ?? [""];
        return {
          ...charm,
          files: new Map([
            ...charm.files,
            [
              "charmcraft.yaml",
              sourceFile(`${charm.root}/charmcraft.yaml`, file?.text.replace(/^name: .*$/m, `name: ${name}`) ?? ""),
            ] as const,
          ]),
        };
      });
      const models = analysis({ charms: renamed, topologies: [], settings: DEFAULT_SETTINGS }).charms;
      return clustersOf(models).map(
        ({ coordinator, worker }) => `${coordinator.metadata.name} ${worker.metadata.name}`,
      );
    };
    expect(pairs(["a-coordinator-k8s", "x/c"], ["b-coordinator-k8s", "y/c"], ["b-worker-k8s", "z/w"])).toEqual([
      "b-coordinator-k8s b-worker-k8s",
    ]);
    expect(pairs(["a-coordinator-k8s", "x/c"], ["reader-k8s", "x/w"])).toEqual(["a-coordinator-k8s reader-k8s"]);
    expect(pairs(["a-coordinator-k8s", "x/c"], ["b-coordinator-k8s", "x/d"], ["reader-k8s", "x/w"])).toEqual([]);
    expect(pairs(["a-coordinator-k8s", "x/c"], ["reader-k8s", "y/w"])).toEqual([]);
  });
});

describe("a baseline", () => {
  it("keeps today's findings out, though lines move, and lets new ones through", () => {
    const before = typed(workspace(), "shop/src/charm.py", "");
    const old = analysis(before).diagnostics();
    const baseline = baselineOf(old);
    expect(withoutBaseline(old, baseline)).toEqual([]);
    const moved = editedWorkspace(before, [
      { path: "shop/src/charm.py", create: false, edits: [{ span: { start: 0, end: 0 }, newText: "# moved\n\n" }] },
      {
        path: "shop/charmcraft.yaml",
        create: false,
        edits: [
          {
            span: { start: 0, end: 0 },
            newText: 'charm-libs:\n  - lib: istio_beacon_k8s.service_mesh\n    version: "0.5"\n',
          },
        ],
      },
    ]);
    expect(withoutBaseline(analysis(moved).diagnostics(), baseline).map((each) => each.code)).toEqual([
      "outdated-mesh-library",
    ]);
    expect(readBaseline(sourceFile("b.json", JSON.stringify(baseline)))).toEqual(baseline);
    expect(readBaseline(sourceFile("b.json", "{"))).toHaveProperty("problem");
    expect(readBaseline(sourceFile("b.json", "{}"))).toHaveProperty("problem");
  });
});
