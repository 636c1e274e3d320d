import { describe, expect, it } from "vitest";
import * as z from "zod";
import { charmMesh } from "./command-line.ts";
import { xmlElements } from "./xml-elements.ts";

const rectangle = { x: z.number(), y: z.number(), width: z.number(), height: z.number() };
const layoutSchema = z.object({
  width: z.number(),
  height: z.number(),
  nodes: z.array(z.strictObject({ id: z.string(), ...rectangle })),
  edges: z.array(
    z.strictObject({
      id: z.string(),
      points: z.array(z.tuple([z.number(), z.number()])).min(2),
      label: z.nullable(z.strictObject({ ...rectangle, text: z.string() })),
    }),
  ),
  boxes: z.array(z.strictObject({ id: z.string(), ...rectangle })),
});

describe("graph as a picture", () => {
  it("--format svg writes one file that needs nothing else", () => {
    const { code, out, err } = charmMesh(["graph", "observability", "--format", "svg"]);
    expect(code, err).toBe(0);
    expect(xmlElements(out)[0]?.name).toBe("svg");
    expect(out).toContain(">storefront<");
  });

  it("--layout adds places for all nodes, boxes and lines of the JSON", () => {
    const { code, out, err } = charmMesh(["graph", "observability", "--format", "json", "--layout"]);
    expect(code, err).toBe(0);
    const graph = JSON.parse(out);
    const layout = layoutSchema.parse(graph.layout);
    const ids = (list: readonly { readonly id: string }[]) => list.map((one) => one.id).sort();
    expect(ids(layout.nodes)).toEqual(ids(graph.nodes));
    expect(ids(layout.boxes)).toEqual(ids(graph.boxes));
    const drawn = graph.edges.filter((edge: { interface: string }) => edge.interface !== "service_mesh");
    expect(ids(layout.edges)).toEqual(ids(drawn));
  });

  it("--layout without JSON is wrong use", () => {
    const { code, err } = charmMesh(["graph", "observability", "--layout"]);
    expect([code, err]).toEqual([2, expect.stringContaining("--format json")]);
  });
});
