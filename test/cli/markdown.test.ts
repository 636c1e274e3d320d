import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM, CHROMIUM_ARGUMENTS, HAS_CHROMIUM } from "../webview/support/chromium.ts";
import { charmMesh, inFolder } from "./command-line.ts";

/** GitHub's longest comment; https://github.com/orgs/community/discussions/27190. */
const COMMENT = 65_536;

const HOSTILE = [
  "end",
  "click n0 href javascript:alert(1)",
  '"]; click n0 call alert() //',
  "<img src=x onerror=alert(1)>",
  "%%{init: {'securityLevel':'loose'}}%%",
  "a|b`c`@everyone",
  "x".repeat(3000),
];

/** A charm with one policy for each of some relations, whose names and paths are given. */
function charm(relations: readonly string[], paths: readonly string[] = ["/"]): Record<string, string> {
  const text = (value: string): string => JSON.stringify(value);
  const policies = relations.map(
    (name) =>
      `AppPolicy(relation=${text(name)}, endpoints=[Endpoint(ports=[8080], paths=[${paths.map(text).join(", ")}])])`,
  );
  const mesh = `${text("service-mesh")}: {interface: service_mesh, limit: 1}`;
  return {
    "charmcraft.yaml": `name: shop\ntype: charm\nrequires:\n  ${mesh}\nprovides:\n${relations.map((name) => `  ${text(name)}: {interface: http}\n`).join("")}`,
    "src/charm.py": `from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer
import ops


class Shop(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self._mesh = ServiceMeshConsumer(self, policies=[${policies.join(", ")}])
`,
  };
}

/** The report on a charm that had no policies before. */
function report(after: Readonly<Record<string, string>>, odd = "after"): string {
  const under = (folder: string, files: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]);
  const files = Object.fromEntries([...under("before", charm([])), ...under(odd, after)]);
  return inFolder(
    files,
    (folder) => charmMesh(["diff", "--folder", "before", odd, "--format", "markdown"], folder).out,
  );
}

const pictureOf = (markdown: string): string => /```mermaid\n([\s\S]*?)\n```/.exec(markdown)?.[1] ?? "";
const rowsOf = (markdown: string): readonly string[] => markdown.split("\n").filter((line) => line.startsWith("|"));

test("flows that are widened come first, in a table with a row for each", () => {
  const markdown = charmMesh(["diff", "./observability", "./faulty", "--format", "markdown"]).out;
  const changes = JSON.parse(charmMesh(["diff", "./observability", "./faulty", "--format", "json"]).out).changes;
  const kinds = rowsOf(markdown)
    .slice(2)
    .map((row) => row.split("|")[1]?.replaceAll("*", "").trim());
  expect(kinds).toEqual(changes.map(({ kind }: { kind: string }) => kind));
  expect(kinds[0]).toBe("widened");
});

test("names with markup in them are text, and each row has its four cells", () => {
  const markdown = report(charm(HOSTILE), "a`|<b>");
  expect(rowsOf(markdown).length).toBe(HOSTILE.length + 2);
  for (const row of rowsOf(markdown)) expect(row.match(/\|/g), row).toHaveLength(5);
  const text = markdown.replace(/```mermaid[\s\S]*?```/, "");
  expect(text).not.toMatch(/@everyone|<img|<b>|`/);
  expect(text.match(/<[^>]*>/g)?.filter((tag) => !/^<\/?(?:br|code|details|summary)(?: open)?>$/.test(tag))).toEqual(
    [],
  );
});

test("a report is never longer than a comment may be, and says what it leaves out", () => {
  const many = Array.from({ length: 400 }, (_, at) => `relation-${at}-${"y".repeat(120)}`);
  const markdown = report(charm(many));
  expect(markdown.length).toBeLessThan(COMMENT);
  const left = Number(/^And (\d+) more, /m.exec(markdown)?.[1]);
  expect(rowsOf(markdown).length - 2 + left).toBe(400);
  expect(markdown).toContain("No picture: ");
  const paths = report(
    charm(
      ["web"],
      Array.from({ length: 500 }, (_, at) => `/${at}/${"*".repeat(150)}`),
    ),
  );
  expect(paths.length).toBeLessThan(COMMENT);
  expect(paths).toContain("**+** 488 more");
});

describe.runIf(HAS_CHROMIUM)("the picture, drawn by Mermaid itself as GitHub sets it up", () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
    page = await browser.newPage();
    await page.addScriptTag({ path: "node_modules/mermaid/dist/mermaid.min.js" });
  }, 60_000);
  afterAll(() => browser.close());

  /** What stands in the drawn picture; `error` is Mermaid's own word where it draws none. */
  async function drawn(text: string): Promise<{ error: string; labels: readonly string[]; active: number }> {
    return await page.evaluate(async (flowchart) => {
      type Mermaid = {
        initialize(options: object): void;
        render(id: string, text: string): Promise<{ svg: string }>;
      };
      const mermaid = (globalThis as unknown as { mermaid: Mermaid }).mermaid;
      mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });
      try {
        const { svg } = await mermaid.render("picture", flowchart);
        document.body.innerHTML = svg;
        const all = [...document.body.querySelectorAll("*")];
        return {
          error: "",
          labels: [...document.body.querySelectorAll(".nodeLabel, .edgeLabel")].map((one) => one.textContent ?? ""),
          active: all.filter((one) =>
            [...one.attributes].some(
              ({ name, value }) =>
                name.startsWith("on") || /^\s*javascript:/i.test(value) || one.matches("script,img,a"),
            ),
          ).length,
        };
      } catch (error) {
        return { error: String(error), labels: [], active: 0 };
      }
    }, text);
  }

  test("shows what changed in the sample", async () => {
    const text = pictureOf(charmMesh(["diff", "./observability", "./faulty", "--format", "markdown"]).out);
    const { error, labels } = await drawn(text);
    expect(error).toBe("");
    for (const word of ["storefront", "prometheus", "WIDENED", "CLOSED"])
      expect(
        labels.some((label) => label.includes(word)),
        word,
      ).toBe(true);
  });

  test("shows hostile names as text", async () => {
    const { error, labels, active } = await drawn(pictureOf(report(charm(HOSTILE))));
    expect([error, active]).toEqual(["", 0]);
    expect(labels.join(" ")).toContain("click n0 href");
    expect(labels.join(" ")).toContain("<img src=x onerror=alert(1)>");
  });

  test("is not drawn where the text is no flowchart: the measure is one", async () => {
    expect((await drawn("flowchart LR\n  a[b --> c")).error).not.toBe("");
  });
});
