import { expect, test } from "vitest";
import { askable, commandFor, fieldsFor, reachQuery } from "../../webview/src/reach/reach-query.ts";
import { deployment, everyKind } from "./support/deployments.ts";

const FIELDS = {
  from: "app:cos/grafana",
  to: "app:cos/tempo",
  via: "service",
  port: " 3200 ",
  method: "GET",
  path: "/api",
} as const;

test("fields become a question; HTTP is left out where only ports count", () => {
  const graph = everyKind();
  expect(reachQuery(FIELDS, graph)).toEqual({
    ok: true,
    query: {
      from: { application: "grafana", model: "cos" },
      to: { application: "tempo", model: "cos" },
      via: "service",
      port: 3200,
      method: "GET",
      path: "/api",
    },
  });
  expect(reachQuery({ ...FIELDS, via: "unit" }, graph)).toMatchObject({
    ok: true,
    query: { method: null, path: null },
  });
});

test.each([
  [{ from: "app:cos/nobody" }, "from"],
  [{ to: "" }, "to"],
  [{ port: "" }, "port"],
  [{ port: "0" }, "port"],
  [{ port: "65536" }, "port"],
  [{ port: "80.5" }, "port"],
  [{ port: "http" }, "port"],
  [{ path: "api" }, "path"],
])("%j is refused at the field %s", (change, field) => {
  expect(reachQuery({ ...FIELDS, ...change }, everyKind())).toMatchObject({ ok: false, field });
});

test("the form starts from a flow between the two, as that flow is allowed", () => {
  const graph = everyKind();
  expect(fieldsFor(graph, "app:cos/prometheus", "app:cos/tempo")).toMatchObject({ port: "3300", method: "GET" });
  expect(fieldsFor(graph, "app:cos/grafana", "app:cos/tempo")).toMatchObject({
    via: "service",
    port: "3200",
    path: "/api/",
  });
  const any = fieldsFor(graph, null, null);
  expect(reachQuery(any, graph).ok).toBe(true);
  expect(fieldsFor(graph, null, "app:cos/loki").to).toBe("app:cos/loki");
});

test("groups can't be asked about", () => {
  const names = askable(deployment(30)).map((node) => node.application);
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
  expect(names).toHaveLength(30);
});

test("the command says the same, and quotes what a shell would read", () => {
  const read = reachQuery({ ...FIELDS, path: "/it's $HOME" }, everyKind());
  expect(read.ok && commandFor(read.query)).toBe(
    `charm-mesh can --from grafana@cos --to tempo@cos --via service --port 3200 --method GET --path '/it'\\''s $HOME' .`,
  );
});
