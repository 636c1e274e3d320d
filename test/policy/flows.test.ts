import { describe, expect, test } from "vitest";
import { ACROSS, type Ask, INGRESSED, ONE, TWO_BEACONS, verdictIn } from "./flows.ts";

/*
 * Flows with the answer that these sources give: istio 86c9f01 (pilot/pkg/serviceregistry/ambient, pilot/pkg/security/authz,
 * pilot/pkg/networking/core), ztunnel 62d8265 (src/proxy, src/state.rs, src/rbac.rs), and for the charms canonical/service-mesh ba7356f.
 */

type Row = readonly [why: string, ask: Ask, verdict: "allowed" | "denied" | "unknown"];

const GET = { method: "GET" };
const HARDENED = { mesh: { hardened: true } };
const BY_HAND = { mesh: { autoAllowWaypoint: false } };

const rows = (list: readonly Row[], where: string) =>
  test.each(list)("%s", (_, ask, verdict) => expect(verdictIn(where, ask).verdict).toBe(verdict));

describe("at the waypoint", () => {
  rows(
    [
      ["an exact path", { from: "buyer", to: "shop", ...GET, path: "/health" }, "allowed"],
      ["another method", { from: "buyer", to: "shop", method: "POST", path: "/health" }, "denied"],
      [
        "methods are compared as they are given",
        { from: "buyer", to: "shop", method: "get", path: "/health" },
        "denied",
      ],
      ["{*} is one segment", { from: "buyer", to: "shop", ...GET, path: "/basket/7/items" }, "allowed"],
      ["and not two", { from: "buyer", to: "shop", ...GET, path: "/basket/7/8/items" }, "denied"],
      ["nor none", { from: "buyer", to: "shop", ...GET, path: "/basket//items" }, "denied"],
      ["{**} is any number of them", { from: "buyer", to: "shop", ...GET, path: "/docs/a/b" }, "allowed"],
      ["another port", { from: "buyer", to: "shop", port: 9090, ...GET, path: "/health" }, "denied"],
      ["paths are compared with case", { from: "buyer", to: "shop", ...GET, path: "/HEALTH" }, "denied"],
      ["dot segments are resolved first", { from: "buyer", to: "shop", ...GET, path: "/x/../health" }, "allowed"],
      ["also where they are encoded", { from: "buyer", to: "shop", ...GET, path: "/x/%2E%2e/health" }, "allowed"],
      ["so that they lead out of a prefix", { from: "buyer", to: "shop", ...GET, path: "/static/../secret" }, "denied"],
      ["a backslash is a slash", { from: "buyer", to: "shop", ...GET, path: "\\health" }, "allowed"],
      ["slashes are not merged", { from: "buyer", to: "shop", ...GET, path: "//health" }, "denied"],
      ["a query is no part of the path", { from: "buyer", to: "shop", ...GET, path: "/health?a=/b" }, "allowed"],
      ["hardened", { from: "buyer", to: "shop", ...GET, path: "/health", ...HARDENED }, "allowed"],
      ["the Host header", { from: "buyer", to: "hosted", host: "hosted.m.svc.cluster.local" }, "allowed"],
      ["in any case", { from: "buyer", to: "hosted", host: "HOSTED.m.svc.cluster.local" }, "allowed"],
      ["with its port", { from: "buyer", to: "hosted", host: "hosted.m.svc.cluster.local:8080" }, "denied"],
      ["without a policy all on the mesh pass", { from: "scraper", to: "quiet" }, "allowed"],
      ["a policy for pods restricts nothing here", { from: "buyer", to: "podded" }, "allowed"],
      ["for anyone on the mesh", { from: "scraper", to: "podded" }, "allowed"],
      ["hardened, without a policy", { from: "scraper", to: "quiet", ...HARDENED }, "denied"],
      ["the own Service is no exception", { from: "shop", to: "shop" }, "denied"],
      ["a policy for another sender denies", { from: "scraper", to: "shop", port: 9090 }, "denied"],
    ],
    ONE,
  );
});

describe("at ztunnel", () => {
  rows(
    [
      ["a policy for pods", { from: "scraper", to: "shop", port: 9090, via: "unit" }, "allowed"],
      [
        "one for the Service is not seen",
        { from: "buyer", to: "shop", via: "unit", ...GET, path: "/health" },
        "denied",
      ],
      ["Istio's own ALLOW restricts", { from: "scraper", to: "quiet", via: "unit" }, "denied"],
      ["for another sender", { from: "scraper", to: "podded", via: "unit" }, "denied"],
      ["the own pods are no exception", { from: "shop", to: "shop", port: 9090, via: "unit" }, "denied"],
      ["the beacon is on the mesh itself", { from: "scraper", to: "beacon", port: 15090, via: "unit" }, "denied"],
      ["hardened", { from: "buyer", to: "podded", via: "unit", ...HARDENED }, "allowed"],
      [
        "without Istio's own ALLOW a unit policy keeps the waypoint out",
        { from: "buyer", to: "shop", ...GET, path: "/health", ...BY_HAND },
        "denied",
      ],
    ],
    ONE,
  );
});

describe("a sender that is not on the mesh meets no waypoint, and has no identity", () => {
  rows(
    [
      ["Service", { from: "off", to: "quiet" }, "denied"],
      ["pod", { from: "off", to: "quiet", via: "unit" }, "denied"],
      ["hardened", { from: "off", to: "quiet", ...HARDENED }, "denied"],
      [
        "past a policy of the waypoint where nothing holds at the pods",
        { from: "off", to: "hosted", ...GET, path: "/", ...BY_HAND },
        "allowed",
      ],
      ["not past one of the pods", { from: "off", to: "podded", via: "unit", ...BY_HAND }, "denied"],
      [
        "with its model on the mesh it is one like others",
        { from: "off", to: "shop", mesh: { modelOnMesh: true } },
        "denied",
      ],
    ],
    ONE,
  );

  test("and the steps say so", () => {
    const { steps } = verdictIn(ONE, { from: "off", to: "hosted", ...BY_HAND });
    expect(steps.map(({ at, verdict, text }) => `${at} ${verdict}: ${text}`)).toEqual([
      "waypoint skip: off is not on the mesh, so its traffic never meets the waypoint.",
      "ztunnel skip: No policy restricts the pods of hosted: ztunnel lets everything through.",
    ]);
  });
});

describe("without managed policies", () => {
  const mesh = { managed: false };
  rows(
    [
      ["the waypoint is still there, and restricts nothing", { from: "buyer", to: "shop", mesh }, "allowed"],
      ["Istio's own ALLOW is too", { from: "scraper", to: "shop", port: 9090, via: "unit", mesh }, "denied"],
    ],
    ONE,
  );
});

describe("another Service of the application", () => {
  rows(
    [
      ["its policy does not concern the application's own", { from: "buyer", to: "aside" }, "allowed"],
      [
        "it is behind no waypoint, so that only ztunnel decides",
        { from: "buyer", to: "aside", service: "aside-extra" },
        "denied",
      ],
      [
        "unless the model is on the mesh",
        { from: "buyer", to: "aside", service: "aside-extra", mesh: { modelOnMesh: true } },
        "allowed",
      ],
      [
        "then its policy is enforced",
        { from: "scraper", to: "aside", service: "aside-extra", mesh: { modelOnMesh: true } },
        "denied",
      ],
    ],
    ONE,
  );
});

describe("without HTTP", () => {
  rows(
    [
      ["a rule that asks for it never matches", { from: "buyer", to: "shop", http: false }, "denied"],
      [
        "one that asks for ports only does",
        { from: "buyer", to: "aside", service: "aside-extra", http: false, mesh: { modelOnMesh: true } },
        "allowed",
      ],
      ["ztunnel never saw any", { from: "scraper", to: "shop", port: 9090, via: "unit", http: false }, "allowed"],
    ],
    ONE,
  );
});

describe("between models", () => {
  rows(
    [
      ["with mesh data", { from: "buyer@n", to: "shop", ...GET, path: "/health" }, "allowed"],
      ["hardened", { from: "buyer@n", to: "shop", ...GET, path: "/health", ...HARDENED }, "allowed"],
      ["without", { from: "scraper@n", to: "shop", port: 9090, via: "unit" }, "denied"],
      ["off the mesh", { from: "lone@n", to: "beacon" }, "denied"],
    ],
    ACROSS,
  );
});

describe("a beacon's switches", () => {
  rows(
    [
      ["are not those of another beacon", { from: "buyer@a", to: "shop@a", method: "POST", path: "/health" }, "denied"],
      ["so its model is not on the mesh", { from: "buyer@a", to: "quiet@b", via: "unit" }, "denied"],
      [
        "given for all, they are all's",
        { from: "buyer@a", to: "shop@a", method: "POST", mesh: { managed: false } },
        "allowed",
      ],
    ],
    TWO_BEACONS,
  );
});

describe("behind an ingress", () => {
  rows([["a scraper off the mesh has no identity", { from: "watcher", to: "hosted" }, "denied"]], INGRESSED);
});
