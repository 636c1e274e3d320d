import { Command } from "commander";
import { afterEach, expect, test, vi } from "vitest";
import type { CharmFiles } from "#charm";
import { RULES } from "#ide";
import { addCheck } from "../../cli/src/commands/check.ts";
import type { Terminal } from "../../cli/src/terminal.ts";
import { bundle } from "../../engine/mesh/src/topology/sources/bundle.ts";
import { lspClient } from "../support/lsp-client.ts";
import { withFolder } from "./folder.ts";

/** The reader of charms throws for those whose Python holds this text. */
const EVIL = "# the reader throws here";

vi.mock("../../engine/charm/src/charm-of.ts", async (original) => {
  const { charmModel, ...rest } = await original<typeof import("../../engine/charm/src/charm-of.ts")>();
  return {
    ...rest,
    charmModel: (charm: CharmFiles) => {
      if (charm.files.get("src/charm.py")?.text.includes(EVIL))
        throw new RangeError("Maximum call stack size exceeded");
      return charmModel(charm);
    },
  };
});
afterEach(() => vi.restoreAllMocks());

/** A charm with one finding (a policy for a relation that is not declared). */
function charm(name: string, remark = ""): Record<string, string> {
  return {
    [`${name}/charmcraft.yaml`]: `name: ${name}\ntype: charm\nrequires:\n  service-mesh:\n    interface: service_mesh\n    limit: 1\n  require-cmr-mesh:\n    interface: cross_model_mesh\nprovides:\n  provide-cmr-mesh:\n    interface: cross_model_mesh\n`,
    [`${name}/src/charm.py`]: `import ops\nfrom charms.istio_beacon_k8s.v0.service_mesh import ServiceMeshConsumer, UnitPolicy\n${remark}\n\nclass C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n        self.mesh = ServiceMeshConsumer(self, policies=[UnitPolicy(relation="absent", ports=[80])])\n`,
  };
}

const FILES = {
  ...charm("bad", EVIL),
  ...charm("good"),
  "bundle.yaml": "bundle: kubernetes\napplications:\n  good: {charm: good}\n",
};
const FINDING = "undeclared-policy-relation";
const FAILED = "unreadable-file";

interface Checked {
  readonly code: number;
  /** `path code message` of each finding. */
  readonly findings: readonly string[];
  readonly err: string;
}

/** What `check --format json` reports, run in this process. */
async function check(folder: string): Promise<Checked> {
  let [out, err, code] = ["", "", -1];
  const terminal: Terminal = {
    out: (lines) => {
      out += lines.join("\n");
    },
    markup: (text) => {
      out += text;
    },
    document: (text) => {
      out += text;
    },
    patch: () => undefined,
    err: (text) => {
      err += text;
    },
    paint: (_, text) => text,
    paintError: (_, text) => text,
    columns: null,
    progress: () => undefined,
  };
  const program = new Command();
  addCheck(program, terminal, (given) => {
    code = given;
  });
  await program.parseAsync(["check", folder, "--format", "json"], { from: "user" });
  const { diagnostics } = JSON.parse(out) as { diagnostics: { path: string; code: string; message: string }[] };
  return { code, err, findings: diagnostics.map(({ path, code, message }) => `${path} ${code} ${message}`) };
}

/** The failed rule or reader is reported once, at one file; the other findings are there. */
function expectContained({ code, findings, err }: Checked, failed: RegExp, rest: readonly RegExp[]): void {
  expect(findings.filter((each) => failed.test(each))).toHaveLength(1);
  for (const each of rest) expect(findings.filter((finding) => each.test(finding))).toHaveLength(1);
  expect(err).toBe("");
  expect(code).toBe(1);
}

test("a charm whose reading throws is one finding; every other charm is checked by the command line", async () => {
  await withFolder(FILES, async (folder) => {
    expectContained(await check(folder), /bad\/charmcraft\.yaml unreadable-file .*failed on it \(Maximum call stack/, [
      /good\/src\/charm\.py undeclared-policy-relation/,
    ]);
  });
});

test("… and by the server, which still answers", async () => {
  const client = await lspClient({ files: FILES });
  await client.settled(() => client.open("good/src/charm.py"));
  expect(client.codes("good/src/charm.py")).toContain(FINDING);
  expect(client.codes("bad/charmcraft.yaml")).toEqual([FAILED]);
  const textDocument = { uri: client.uri("bad/src/charm.py") };
  await client.settled(() => client.open("bad/src/charm.py"));
  expect(
    await client.connection.sendRequest("textDocument/hover", { textDocument, position: { line: 0, character: 0 } }),
  ).toBeNull();
  // Without the text that the reader failed on, the charm is checked again.
  await client.settled(() => client.change("bad/src/charm.py", charm("bad")["bad/src/charm.py"] ?? ""));
  expect(client.codes("bad/src/charm.py")).toContain(FINDING);
  expect(client.codes("bad/charmcraft.yaml")).toEqual([]);
  client.dispose();
});

test.each(RULES.filter(({ scope }) => scope === "charm").map((rule) => [rule.name, rule] as const))(
  "the rule %s may throw: all others are checked",
  async (name, rule) => {
    vi.spyOn(rule, "findings").mockImplementation(() => {
      throw new Error("a bug");
    });
    const client = await lspClient({ files: charm("good") });
    await client.settled(() => client.open("good/src/charm.py"));
    const failed = client.published("good/charmcraft.yaml")?.diagnostics ?? [];
    expect(failed.map(({ message }) => message)).toEqual([
      expect.stringContaining(`The rule ${name} is not checked here`),
    ]);
    if (name !== FINDING) expect(client.codes("good/src/charm.py")).toContain(FINDING);
    client.dispose();
  },
);

test("a deployment whose reading throws is one finding in the command line and in the server", async () => {
  vi.spyOn(bundle, "read").mockImplementation(() => {
    throw new Error("a bug");
  });
  const files = { ...charm("good"), "bundle.yaml": FILES["bundle.yaml"] };
  await withFolder(files, async (folder) => {
    expectContained(await check(folder), /bundle\.yaml unreadable-file .*a bug/, [
      /good\/src\/charm\.py undeclared-policy-relation/,
    ]);
  });
  const client = await lspClient({ files });
  await client.settled(() => client.open("good/src/charm.py"));
  expect(client.codes("bundle.yaml")).toEqual([FAILED]);
  expect(client.codes("good/src/charm.py")).toContain(FINDING);
  client.dispose();
});
