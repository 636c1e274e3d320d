import { describe, expect, test } from "vitest";
import { DEFAULT_MESH_MODE, meshMembership } from "#mesh";
import { application, relation, topologyOf } from "./deployment.ts";

describe("who is on the mesh", () => {
  const topology = topologyOf(
    [
      application("beacon", "m", { charm: "istio-beacon-k8s" }),
      application("related", "m"),
      application("worker", "m"),
      application("refusing", "m", { onMesh: false }),
      application("plain", "m"),
      application("placeholder", "m", { kind: "placeholder" }),
      application("saas", "m", { kind: "saas" }),
      application("stated", "n", { onMesh: true }),
      application("other", "n"),
    ],
    [
      relation("m", "beacon:service-mesh", "related:service-mesh", "service_mesh"),
      relation("m", "related:cluster", "worker:cluster", "tempo_cluster"),
      relation("m", "related:cluster", "refusing:cluster", "tempo_cluster"),
      relation("m", "related:db", "plain:db", "postgresql_client"),
    ],
  );
  const members = (modelOnMesh: boolean) =>
    Object.fromEntries(meshMembership(topology, { ...DEFAULT_MESH_MODE, modelOnMesh }));

  test("the beacon, who is related to it, and the workers of who is; what the source says goes first", () => {
    expect(members(false)).toEqual({
      "m/beacon": true,
      "m/related": true,
      "m/worker": true,
      "m/refusing": false,
      "m/plain": false,
      "m/placeholder": true,
      "n/stated": true,
      "n/other": false,
    });
  });

  test("with model-on-mesh all of the beacon's model, and of no other", () => {
    expect(members(true)).toMatchObject({ "m/plain": true, "m/saas": true, "m/refusing": false, "n/other": false });
  });

  test("with model-on-mesh and no beacon known, every model", () => {
    const bare = topologyOf([application("a", "m")]);
    expect([...meshMembership(bare, { ...DEFAULT_MESH_MODE, modelOnMesh: true })]).toEqual([["m/a", true]]);
    expect([...meshMembership(bare, DEFAULT_MESH_MODE)]).toEqual([["m/a", false]]);
  });

  test("a beacon is known by its charm even if no source gives the interface", () => {
    const silent = topologyOf(
      [application("beacon", "m", { charm: "istio-beacon-k8s" }), application("a", "m"), application("b", "m")],
      [
        relation("m", "a:service-mesh", "beacon:service-mesh", null),
        relation("m", "b:x", "beacon:metrics-endpoint", null),
      ],
    );
    expect(Object.fromEntries(meshMembership(silent, DEFAULT_MESH_MODE))).toMatchObject({ "m/a": true, "m/b": false });
  });
});
