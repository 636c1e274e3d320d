import { describe, expect, test } from "vitest";
import { hover } from "#ide";
import { MINI_CONSUMER, MINI_COORDINATOR } from "../support/minicharms.ts";
import { placed, sceneAt } from "./scene.ts";

async function said(fixture: string, path: string, text: string, within = 1): Promise<string> {
  const at = await sceneAt(fixture, path, text, within);
  return hover(at.analysis, at.path, at.offset)?.markdown ?? "";
}

describe("hover", () => {
  test("on an endpoint key: what it is for, what it maps to, whether the mesh needs it", async () => {
    const text = await said(MINI_COORDINATOR, "src/charm.py", '"service-mesh-provide-cmr-mesh"', 3);
    expect(text).toContain("optional · provides `cross_model_mesh`");
    expect(text).toContain("set together or not at all");
    expect(text).toContain("Maps to `provide-cmr-mesh`");
  });

  test("on a relation: who calls whom, what lets them in, what is denied", async () => {
    const text = await said(MINI_COORDINATOR, "charmcraft.yaml", "metrics-endpoint:");
    expect(text).toContain("The requirer connects to the provider.");
    expect(text).toContain("Allowed by:");
    expect(text).toContain("port 9113");
    expect(text).toContain("`/proxy/worker/{*}/metrics` port 3300");
    expect(text).toContain("In hardened mode, all other traffic over this relation is denied.");
  });

  test("on a mesh relation: the guide's step", async () => {
    expect(await said(MINI_COORDINATOR, "charmcraft.yaml", "service-mesh:")).toContain("`limit: 1`");
    expect(await said(MINI_COORDINATOR, "charmcraft.yaml", "provide-cmr-mesh:")).toContain("matches nobody");
  });

  test("on a policy: words, and the manifest it becomes", async () => {
    const text = await said(MINI_COORDINATOR, "src/charm.py", "AppPolicy(relation");
    expect(text).toContain("**this charm's Service**: port 3200");
    expect(text).toContain("kind: AuthorizationPolicy");
    expect(text).toContain("principals:");
  });

  test("on ports: the number and the chain to it", async () => {
    const text = await said(MINI_COORDINATOR, "src/charm.py", "ports=[Mini.http_port]", 9);
    expect(text).toContain("Ports: **3200**");
    expect(text).toContain("src/mini.py:2");
  });

  test("on the proxy's port: the paths that workers send to", async () => {
    const text = await said(MINI_COORDINATOR, "src/charm.py", "http_port=PROXY_PORT", 12);
    expect(text).toContain("port **3300**");
    expect(text).toContain("`/proxy/loki/{unit}/push`");
  });

  test("on the consumer and on interfaces", async () => {
    expect(await said(MINI_CONSUMER, "src/charm.py", "ServiceMeshConsumer(")).toContain(
      "mesh relation: `service-mesh`",
    );
    expect(await said(MINI_CONSUMER, "charmcraft.yaml", "prometheus_scrape", 2)).toContain("scrapes");
  });

  test("covers exactly the token", async () => {
    const at = await sceneAt(MINI_COORDINATOR, "src/charm.py", '"mini-api"', 4);
    const found = hover(at.analysis, at.path, at.offset);
    expect(found && placed(found.location)).toBe('src/charm.py:55 "mini-api"');
  });

  test("is silent where nothing of ours is", async () => {
    expect(await said(MINI_COORDINATOR, "src/charm.py", "import ops", 8)).toBe("");
    expect(await said(MINI_COORDINATOR, "charmcraft.yaml", "containers:", 2)).toBe("");
  });

  test("names that are markup stay text", async () => {
    const hostile = MINI_CONSUMER.replace("interface: http", "interface: '<img src=x onerror=alert(1)>[a](b)'");
    const all = await said(hostile, "charmcraft.yaml", "'<img", 3);
    // Inside a span of code Markdown takes nothing for markup.
    const text = all.replace(/`[^`]*`/g, "");
    expect(text).not.toMatch(/(?<!\\)<img/);
    expect(text).not.toMatch(/(?<!\\)\[a\]/);
  });
});
