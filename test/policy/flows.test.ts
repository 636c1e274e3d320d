import { describe, expect, test } from "vitest";
import { effectivePolicies } from "#mesh";
import { deployment } from "./deployment.ts";
import { ACROSS, type Ask, CHARMS, charm, INGRESSED, ONE, TWO_BEACONS, verdictIn } from "./flows.ts";

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

test("the nearest policy names the Service that is not behind the waypoint once", () => {
  const { nearest } = verdictIn(ONE, { from: "buyer", to: "aside", service: "aside-extra" });
  expect(nearest?.text).toBe(
    "The nearest policy applies to the Service aside-extra, and this request reaches its pods, past the waypoint.",
  );
});

describe("behind an ingress", () => {
  rows(
    [
      ["a scraper off the mesh has no identity", { from: "watcher", to: "hosted" }, "denied"],
      [
        "the gateway goes straight to the pods, where the ingress's own policy lets it in",
        { from: "gate", to: "hosted", ...GET, path: "/" },
        "allowed",
      ],
      ["to a port that the application opens", { from: "gate", to: "quiet", port: 9090 }, "allowed"],
      ["and to no other", { from: "gate", to: "quiet", port: 7070 }, "denied"],
      [
        "its policy keeps the waypoint out where Istio adds none for it",
        { from: "buyer", to: "quiet", ...BY_HAND },
        "denied",
      ],
      ["the waypoint is let in else", { from: "buyer", to: "quiet" }, "allowed"],
      ["others stay out of the pods", { from: "buyer", to: "quiet", via: "unit" }, "denied"],
      ["hardened", { from: "gate", to: "quiet", ...HARDENED }, "allowed"],
    ],
    INGRESSED,
  );

  test("its policies and hardened mode's are in the effective set", () => {
    const topology = deployment(INGRESSED, CHARMS);
    const mode = { ...topology.mode, hardened: true };
    const { policies } = effectivePolicies(CHARMS, topology, { mode });
    expect(policies.filter(({ origin }) => origin === "ingress" || origin === "istio").map((one) => one.id)).toEqual([
      "istio-m-policy-global-allow-nothing-ztunnel",
      "istio-m-policy-global-allow-nothing-waypoint",
      "istio_allow_waypoint_m_m-beacon-waypoint",
      "gate-m-external-traffic",
      "hosted-gate-m-l4",
      "quiet-gate-m-l4",
    ]);
    const backend = policies.find(({ id }) => id === "quiet-gate-m-l4");
    expect(backend?.resource?.spec).toEqual({
      selector: { matchLabels: { "app.kubernetes.io/name": "quiet" } },
      action: "ALLOW",
      rules: [
        {
          from: [{ source: { principals: ["cluster.local/ns/m/sa/gate-istio"] } }],
          to: [{ operation: { ports: ["8080", "9090"] } }],
        },
      ],
    });
    expect(backend?.resource?.metadata.labels).toEqual({
      "app.kubernetes.io/instance": "m-gate",
      "kubernetes-resource-handler-scope": "istio-ingress-authorization-policy",
    });
  });

  test("the port is the one that the charm asks the ingress for", () => {
    const asking = charm("asking", "", {
      body: `        self.ingress = IngressPerAppRequirer(self, port=8443, scheme="https")`,
      imports: "from charms.traefik_k8s.v2.ingress import IngressPerAppRequirer",
    });
    const where = INGRESSED.replace("quiet: { charm: quiet }", "quiet: { charm: asking }");
    const ask = (port: number) => verdictIn(where, { from: "gate", to: "quiet", port }, [...CHARMS, asking]).verdict;
    expect([ask(8443), ask(8080)]).toEqual(["allowed", "denied"]);
  });
});

describe("TLS of the application", () => {
  const secure = charm(
    "secure",
    'AppPolicy(relation="api", endpoints=[Endpoint(ports=[8443, 8080], paths=["/x"]), Endpoint(ports=[9000])])',
    {
      metadata: "  certificates: { interface: tls-certificates }",
      imports: "from charms.traefik_k8s.v2.ingress import IngressPerAppRequirer",
      body: `        self.ingress = IngressPerAppRequirer(self, port=8443, scheme="https")`,
    },
  );
  const DEPLOYED = `
models:
  m:
    applications:
      secure: { charm: secure }
      buyer: { charm: quiet }
      ca: { charm: self-signed-certificates }
      beacon: { charm: istio-beacon-k8s }
    relations:
      - [secure:api, buyer:shop]
      - [secure:service-mesh, beacon:service-mesh]
      - [buyer:service-mesh, beacon:service-mesh]
`;
  const CERTIFIED = `${DEPLOYED}      - [secure:certificates, ca:certificates]\n`;
  const ask = (where: string, port: number, more: Partial<Ask> = {}) =>
    verdictIn(where, { from: "buyer", to: "secure", port, ...GET, path: "/x", ...more }, [...CHARMS, secure]);

  test("where the charm says that its server speaks it, a rule that asks for HTTP never matches, nor does what stands beside it in the rule", () => {
    expect(ask(DEPLOYED, 8443)).toMatchObject({ verdict: "denied", nearest: { field: "path" } });
    expect(ask(DEPLOYED, 8080).verdict).toBe("allowed");
    expect(ask(DEPLOYED, 9000).verdict).toBe("allowed");
    // istio 86c9f01, pilot/pkg/security/authz/model/model.go: Generate fails for the whole rule.
    expect(ask(DEPLOYED, 9000, { http: false }).verdict).toBe("denied");
  });

  test("where a certificate may be used on any port, the verdict is not known", () => {
    expect(ask(CERTIFIED, 8080)).toMatchObject({ verdict: "unknown", unknown: expect.stringMatching(/speaks TLS/) });
    expect(ask(CERTIFIED, 8080, { tls: false }).verdict).toBe("allowed");
    expect(ask(CERTIFIED, 8443).verdict).toBe("denied");
    // Without HTTP it would be the same.
    expect(ask(CERTIFIED, 7000).verdict).toBe("denied");
  });
});
