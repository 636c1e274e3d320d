import { describe, expect, test } from "vitest";
import type { CharmFiles } from "#charm";
import {
  type Analysis,
  analysis,
  DEFAULT_SETTINGS,
  defaultDeployment,
  editedWorkspace,
  hover,
  inferredDeployment,
  type Workspace,
} from "#ide";
import { sourceFile } from "#syntax";
import { charmsIn } from "../support/charm-fixture.ts";
import { MINI_CONSUMER, miniCoordinator, miniWorker } from "../support/minicharms.ts";

const CONSUMER = charmsIn(MINI_CONSUMER.replaceAll("//- ", "//- consumer/"));
const START: Workspace = {
  charms: [miniCoordinator(), miniWorker(), ...CONSUMER],
  topologies: [],
  settings: DEFAULT_SETTINGS,
};

/** One text of a file in the place of another. */
type Step = readonly [path: string, before: string, after: string];

function stepped(workspace: Workspace, [path, before, after]: Step): Workspace {
  const file = workspace.charms.flatMap(({ files }) => [...files.values()]).find((one) => one.path === path);
  const start = file?.text.indexOf(before) ?? -1;
  if (start < 0) throw new Error(`${path} has no “${before}”`);
  const edits = [{ span: { start, end: start + before.length }, newText: after }];
  return editedWorkspace(workspace, [{ path, create: false, edits }]);
}

/** The same texts as objects that nothing was ever worked out for. */
function copied({ charms, ...more }: Workspace): Workspace {
  const copies = charms.map(
    (charm): CharmFiles => ({
      root: charm.root,
      unreadable: charm.unreadable,
      files: new Map([...charm.files].map(([path, file]) => [path, sourceFile(file.path, file.text)])),
    }),
  );
  return { ...more, charms: copies };
}

/** Topology, policies and all hovers as text, with files by their paths. */
function shown(found: Analysis): string {
  const { topology, policies } = inferredDeployment(found);
  const hovers = found.charms.flatMap(({ charm }) =>
    [...charm.files.values()]
      .filter(({ path }) => /(?:charmcraft\.yaml|src\/charm\.py)$/.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/^ {2}[\w-]+:|\b(?:App|Unit)Policy\(|Coordinator\(/gm)].map(
          (word) => hover(found, path, word.index + 3)?.markdown,
        ),
      ),
  );
  return JSON.stringify({ topology, policies, hovers }, (key, value) => (key === "file" ? value?.path : value), 1);
}

const PYTHON = "coordinator/src/charm.py";
const YAML = "coordinator/charmcraft.yaml";

const STEPS: Readonly<Record<string, Step>> = {
  "a relation is renamed": [YAML, "  logging:\n", "  loggings:\n"],
  "a relation gets the interface of another": [YAML, "interface: mini_api", "interface: loki_push_api"],
  "an interface is on both sides": ["consumer/charmcraft.yaml", "interface: http", "interface: s3"],
  "a charm is called as another": ["worker/charmcraft.yaml", "mini-worker-k8s", "mini-coordinator-k8s"],
  "a charm is called as a stand-in": ["consumer/charmcraft.yaml", "name: mini-k8s", "name: mini-api"],
  "a charm comes off the mesh": [PYTHON, '"service-mesh": "service-mesh",', '"service-mesh": None,'],
  "the cluster's relation is another": [PYTHON, '"cluster": "mini-cluster"', '"cluster": "mini-api"'],
  "the worker's cluster is not read": [
    "worker/src/charm.py",
    '"cluster": "mini-cluster"',
    '"clusters": "mini-cluster"',
  ],
  "a role more": [PYTHON, 'roles={"all", "read"}', 'roles={"all", "read", "write"}'],
  "a policy for another relation": [PYTHON, 'AppPolicy(relation="mini-api"', 'AppPolicy(relation="metrics-endpoint"'],
  "a port in another file": ["coordinator/src/mini.py", "http_port = 3200", "http_port = 3201"],
  "YAML is broken": [YAML, "requires:\n", "requires: [\n"],
};

describe("the deployment over edits", () => {
  test.each(Object.entries(STEPS))("is the one that a fresh look gives: %s, and back", (_, step) => {
    const before = analysis(START);
    const started = shown(before);
    const workspace = stepped(START, step);
    expect(shown(analysis(workspace))).toBe(shown(analysis(copied(workspace))));
    const [path, old, text] = step;
    const back = stepped(workspace, [path, text, old]);
    expect(shown(analysis(back))).toBe(started);
  });

  test("is so after one edit upon another", () => {
    let workspace = START;
    const apart = [
      "an interface is on both sides",
      "a charm is called as another",
      "a role more",
      "a relation is renamed",
    ];
    for (const name of [...apart, "a port in another file", "the worker's cluster is not read"]) {
      workspace = stepped(workspace, STEPS[name] as Step);
      expect(shown(analysis(workspace))).toBe(shown(analysis(copied(workspace))));
    }
  });

  test("keeps its topology over what no topology rests on, and changes it for what one does", () => {
    const start = copied(START);
    const { topology } = defaultDeployment(analysis(start));
    const changed = (name: string) => defaultDeployment(analysis(stepped(start, STEPS[name] as Step))).topology;
    expect(changed("a policy for another relation")).toBe(topology);
    expect(changed("a port in another file")).toBe(topology);
    const alone = { ...START, charms: [START.charms[0] as CharmFiles] };
    const roles = (workspace: Workspace) =>
      inferredDeployment(analysis(workspace)).topology.applications.map(({ role }) => role);
    expect(roles(alone)).not.toContain("write");
    expect(roles(stepped(alone, STEPS["a role more"] as Step))).toContain("write");
  });
});
