import { describe, expect, it } from "vitest";
import type { Location } from "#syntax";
import { charmMetadata } from "../../engine/charm/src/metadata/charm-metadata.ts";
import { charmFilesOf } from "../support/charm-fixture.ts";

const textAt = ({ file, span }: Location) => file.text.slice(span.start, span.end);

function metadataOf(yaml: string) {
  return charmMetadata(charmFilesOf(`//- charmcraft.yaml\n${yaml}`));
}

describe("relations", () => {
  it("are read with all their fields and the places of key, block and value", () => {
    const { relations, name, file } = metadataOf(`name: mini
requires:
  service-mesh:
    interface: service_mesh
    limit: 1
    optional: true
    scope: global
    description: |
      Joins the mesh.
`);
    expect(name).toBe("mini");
    expect(file?.path).toBe("charmcraft.yaml");
    const [mesh] = relations;
    expect(mesh).toMatchObject({
      endpoint: "service-mesh",
      side: "requires",
      interface: "service_mesh",
      limit: 1,
      optional: true,
      scope: "global",
      description: "Joins the mesh.\n",
    });
    if (!mesh) return;
    expect(textAt(mesh.key)).toBe("service-mesh");
    expect(textAt(mesh.block).startsWith("service-mesh:\n    interface")).toBe(true);
    const limit = mesh.fields.get("limit");
    expect(limit?.value && textAt(limit.value)).toBe("1");
  });

  it("keep fields that are not set as null", () => {
    const [relation] = metadataOf("provides:\n  website:\n    interface: http\n").relations;
    expect(relation).toMatchObject({ limit: null, optional: null, scope: null, description: null });
  });

  it("take the booleans of YAML 1.1, which charmcraft's reader knows", () => {
    const { relations, problems } = metadataOf("peers:\n  a:\n    interface: x\n    optional: yes\n");
    expect(relations[0]?.optional).toBe(true);
    expect(problems).toEqual([]);
  });

  it("see through anchors and merge keys", () => {
    const { relations, problems } = metadataOf(`x-mesh: &mesh
  interface: cross_model_mesh
  optional: true
requires:
  require-cmr-mesh: *mesh
provides:
  provide-cmr-mesh:
    <<: *mesh
    optional: false
`);
    expect(problems).toEqual([]);
    expect(relations.map((each) => [each.endpoint, each.interface, each.optional])).toEqual([
      ["provide-cmr-mesh", "cross_model_mesh", false],
      ["require-cmr-mesh", "cross_model_mesh", true],
    ]);
  });
});

describe("blocks that break the schema", () => {
  it.each([
    ["a list in the place of a section", "provides: [a]", "[a]"],
    ["no mapping", "provides:\n  website: http", "http"],
    ["no interface", "provides:\n  website:\n    limit: 1", "website"],
    ["an interface that is no text", "provides:\n  website:\n    interface: 1", "1"],
    ["a limit of zero", "requires:\n  a:\n    interface: x\n    limit: 0", "0"],
    ["a negative limit", "requires:\n  a:\n    interface: x\n    limit: -1", "-1"],
    ["a limit in quotes", 'requires:\n  a:\n    interface: x\n    limit: "1"', '"1"'],
    ["a limit that is true", "requires:\n  a:\n    interface: x\n    limit: true", "true"],
    ["an optional in quotes", 'requires:\n  a:\n    interface: x\n    optional: "true"', '"true"'],
    ["an optional number", "requires:\n  a:\n    interface: x\n    optional: 1", "1"],
  ])("%s", (_, yaml, at) => {
    const { problems } = metadataOf(yaml);
    expect(problems.map((each) => [each.code, textAt(each.location)])).toEqual([["invalid-relation-block", at]]);
  });

  it("are silent about a value that is not typed yet", () => {
    expect(metadataOf("provides:\n").problems).toEqual([]);
    expect(metadataOf("requires:\n  a:\n    interface: x\n    limit:\n    optional:\n").problems).toEqual([]);
  });

  it("point at both places of a name that stands twice", () => {
    const { problems } = metadataOf("provides:\n  a: {interface: x}\nrequires:\n  a: {interface: y}\n");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: "duplicate-endpoint-name" });
    expect(problems[0]?.location.span.start).toBe(42);
    expect(problems[0]?.related[0]?.location.span.start).toBe(12);
  });
});

describe("other parts of charmcraft.yaml", () => {
  const metadata = metadataOf(`name: mini
containers:
  nginx:
    resource: image
  exporter: {}
config:
  options:
    port:
      type: int
      default: 8080
    log-level:
      type: string
      default: "0x1"
    secret: {type: secret}
charm-libs:
  - lib: istio-beacon-k8s.service_mesh
    version: 0.10
  - lib: grafana_k8s.grafana_source
    version: "1"
  - version: "0"
parts:
  charm:
    plugin: uv
  cos-tool:
    plugin: dump
  reactive: {}
`);

  it("gives containers in order", () => {
    expect(metadata.containers.map((each) => each.name)).toEqual(["nginx", "exporter"]);
  });

  it("gives options with type and default", () => {
    const options = [...metadata.config.values()].map((each) => [each.name, each.type, each.default]);
    expect(options).toEqual([
      ["port", "int", 8080],
      ["log-level", "string", "0x1"],
      ["secret", "secret", null],
    ]);
  });

  it("keeps a library's version as it is written", () => {
    expect(metadata.charmLibs.map((each) => [each.lib, each.version])).toEqual([
      ["istio-beacon-k8s.service_mesh", "0.10"],
      ["grafana_k8s.grafana_source", "1"],
    ]);
  });

  it("gives each part's plugin, by default the one of the part's own name", () => {
    expect([...metadata.partPlugins]).toEqual([
      ["charm", "uv"],
      ["cos-tool", "dump"],
      ["reactive", "reactive"],
    ]);
  });

  it("takes a charm without parts as built by the charm plugin", () => {
    expect([...metadataOf("name: x").partPlugins]).toEqual([["charm", "charm"]]);
  });
});

describe("files", () => {
  it("reads the older metadata.yaml and config.yaml beside a charmcraft.yaml that only builds", () => {
    const metadata = charmMetadata(
      charmFilesOf(`//- charmcraft.yaml
type: charm
parts:
  charm:
    plugin: charm
charm-libs:
  - lib: istio_beacon_k8s.service_mesh
    version: "0.20"
//- metadata.yaml
name: old
requires:
  service-mesh:
    interface: service_mesh
//- config.yaml
options:
  port:
    type: int
    default: 80
`),
    );
    expect(metadata.name).toBe("old");
    expect(metadata.file?.path).toBe("metadata.yaml");
    expect(metadata.relations.map((each) => each.endpoint)).toEqual(["service-mesh"]);
    expect(metadata.relations[0]?.key.file.path).toBe("metadata.yaml");
    expect(metadata.config.get("port")?.default).toBe(80);
    expect(metadata.sections.get("charm-libs")?.key.file.path).toBe("charmcraft.yaml");
    expect(metadata.sections.get("requires")?.key.file.path).toBe("metadata.yaml");
    expect(metadata.relationsComplete).toBe(true);
  });

  it("calls nothing complete that is damaged, extended or absent", () => {
    expect(metadataOf("name: x\n").relationsComplete).toBe(true);
    expect(metadataOf("name: x\nprovides:\n  a: [\n").relationsComplete).toBe(false);
    expect(metadataOf("name: x\nextensions: [flask-framework]\n").relationsComplete).toBe(false);
    expect(metadataOf("extensions: [flask-framework]\n").extensions.map((each) => each.name)).toEqual([
      "flask-framework",
    ]);
    expect(charmMetadata(charmFilesOf("")).relationsComplete).toBe(false);
    expect(charmMetadata(charmFilesOf("")).file).toBeNull();
  });

  it("keeps what stands around a break in the YAML", () => {
    const metadata = metadataOf(`name: x
requires:
  a:
    interface: one
  b:
    interface: "two
  c:
    interface: three
`);
    expect(metadata.relations.map((each) => each.endpoint)).toContain("a");
    expect(metadata.syntaxProblems.length).toBeGreaterThan(0);
  });
});
