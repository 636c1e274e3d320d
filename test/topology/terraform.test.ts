import { describe, expect, it } from "vitest";
import { type Topology, topologiesOf } from "#mesh";
import { sourceFile } from "#syntax";
import { shownApplications, shownProblems, shownRelations } from "./shown.ts";

function read(plan: object): Topology {
  const [topology] = topologiesOf([sourceFile("plan.json", JSON.stringify(plan, null, 2))], []);
  if (!topology) throw new Error("not recognised");
  return topology;
}

const resource = (address: string, values: object) => {
  const plain = address.replace(/\[[^\]]*\]/g, "").split(".");
  return { address, mode: "managed", type: plain.at(-2), name: plain.at(-1), values };
};
const refs = (...references: string[]) => ({ references });

describe("terraform show -json", () => {
  it("flattens modules and reads applications, integrations and offers of a state", () => {
    const topology = read({
      format_version: "1.0",
      values: {
        root_module: {
          resources: [
            resource("juju_model.cos", { name: "cos", uuid: "u-1" }),
            resource("juju_integration.scrape", {
              model: "cos",
              application: [
                { name: "prom", endpoint: "metrics-endpoint", offer_url: "" },
                { name: "tempo", endpoint: "metrics-endpoint", offer_url: "" },
              ],
            }),
            resource("juju_integration.logs", {
              model: "cos",
              application: [
                { name: "tempo", endpoint: "logging" },
                { name: "", endpoint: "", offer_url: "admin/logs.loki-logging" },
              ],
            }),
            { address: "random_id.x", mode: "managed", type: "random_id", name: "x", values: {} },
          ],
          child_modules: [
            {
              address: 'module.tempo["a"]',
              resources: [
                resource('module.tempo["a"].juju_application.this', {
                  name: "tempo",
                  model_uuid: "u-1",
                  charm: [{ name: "tempo-coordinator-k8s", channel: "2/edge" }],
                  units: 1,
                  trust: true,
                }),
              ],
              child_modules: [
                {
                  address: 'module.tempo["a"].module.deep',
                  resources: [
                    resource('module.tempo["a"].module.deep.juju_application.prom', {
                      name: "prom",
                      model: "cos",
                      charm: [{ name: "prometheus-k8s" }],
                      units: 2,
                    }),
                    resource('module.tempo["a"].module.deep.juju_offer.o', {
                      name: "rw",
                      model: "cos",
                      application_name: "prom",
                      endpoint: "receive-remote-write",
                    }),
                  ],
                },
              ],
            },
          ],
        },
      },
    });
    expect(shownApplications(topology)).toEqual([
      "cos/tempo tempo-coordinator-k8s ×1",
      "cos/prom prometheus-k8s ×2",
      "logs/loki-logging ? ×1 saas",
    ]);
    expect(shownRelations(topology)).toEqual([
      "cos.tempo:metrics-endpoint - cos.prom:metrics-endpoint prometheus_scrape",
      "logs.loki-logging:? - cos.tempo:logging loki_push_api [offer loki-logging by provider as remote-tempo saas loki-logging]",
    ]);
    expect(topology.offers.map((one) => [one.name, one.application, one.endpoints])).toEqual([
      ["rw", "prom", ["receive-remote-write"]],
    ]);
    expect(shownProblems(topology)).toEqual([]);
  });

  it("follows references through variables and outputs for what a plan does not know yet", () => {
    const topology = read({
      format_version: "1.2",
      planned_values: {
        root_module: {
          resources: [
            resource("juju_model.m", { name: "observe" }),
            resource("juju_offer.metrics", { endpoints: ["metrics-endpoint"] }),
            resource("juju_integration.i", { application: [{ endpoint: "metrics-endpoint" }, {}] }),
          ],
          child_modules: [
            {
              address: "module.t",
              resources: [resource("module.t.juju_application.app", { charm: [{ name: "tempo-coordinator-k8s" }] })],
            },
            {
              address: "module.p",
              resources: [
                resource("module.p.juju_application.app", { name: "prom", charm: [{ name: "prometheus-k8s" }] }),
              ],
            },
          ],
        },
      },
      configuration: {
        root_module: {
          resources: [
            {
              address: "juju_offer.metrics",
              mode: "managed",
              type: "juju_offer",
              name: "metrics",
              expressions: {
                application_name: refs("module.t.name", "module.t"),
                model_uuid: refs("juju_model.m.uuid", "juju_model.m"),
              },
            },
            {
              address: "juju_integration.i",
              mode: "managed",
              type: "juju_integration",
              name: "i",
              expressions: {
                model_uuid: refs("juju_model.m.uuid", "juju_model.m"),
                application: [
                  { name: refs("module.p.name", "module.p"), endpoint: { constant_value: "metrics-endpoint" } },
                  { offer_url: refs("juju_offer.metrics.url", "juju_offer.metrics") },
                ],
              },
            },
          ],
          module_calls: {
            t: {
              expressions: { model_uuid: refs("juju_model.m.uuid", "juju_model.m") },
              module: {
                outputs: { name: { expression: refs("juju_application.app.name", "juju_application.app") } },
                resources: [
                  {
                    mode: "managed",
                    type: "juju_application",
                    name: "app",
                    expressions: { model_uuid: refs("var.model_uuid") },
                  },
                ],
              },
            },
            p: {
              module: {
                outputs: { name: { expression: refs("juju_application.app.name", "juju_application.app") } },
                resources: [{ mode: "managed", type: "juju_application", name: "app", expressions: {} }],
              },
            },
          },
        },
      },
    });
    expect(shownApplications(topology)).toEqual([
      "observe/tempo-coordinator-k8s tempo-coordinator-k8s ×1",
      "observe/prom prometheus-k8s ×1",
    ]);
    expect(shownRelations(topology)).toEqual([
      "tempo-coordinator-k8s:metrics-endpoint - prom:metrics-endpoint prometheus_scrape [offer tempo-coordinator-k8s by provider as remote-prom saas tempo-coordinator-k8s]",
    ]);
    expect(shownProblems(topology)).toEqual([]);
  });

  it("takes the mesh's switches from the configuration of its charms", () => {
    const istio = { name: "istio", charm: [{ name: "istio-k8s" }], config: { "hardened-mode": "true" } };
    const topology = read({
      format_version: "1.0",
      values: { root_module: { resources: [resource("juju_application.istio", istio)] } },
    });
    expect(topology.mode.hardened).toBe(true);
  });

  it("reports what is known only after apply, at the resource", () => {
    const topology = read({
      format_version: "1.2",
      planned_values: { root_module: { resources: [resource("juju_integration.i", { application: [{}, {}] })] } },
    });
    expect(shownProblems(topology)).toEqual([
      "6:21 unreadable-topology juju_integration.i: Which two applications it joins is known only after apply.",
    ]);
  });

  it("does not follow circles", () => {
    const loop = { expressions: { x: refs("module.a.x") }, module: { outputs: { x: { expression: refs("var.x") } } } };
    const topology = read({
      format_version: "1.2",
      planned_values: { root_module: { resources: [resource("juju_offer.o", {})] } },
      configuration: {
        root_module: {
          resources: [
            { mode: "managed", type: "juju_offer", name: "o", expressions: { application_name: refs("module.a.x") } },
          ],
          module_calls: { a: loop },
        },
      },
    });
    expect(shownProblems(topology)).toHaveLength(1);
  });

  it("leaves plans without the Juju provider, and other formats, alone", () => {
    const other = { format_version: "1.0", planned_values: { root_module: {} } };
    expect(topologiesOf([sourceFile("plan.json", JSON.stringify(other))], [])).toEqual([]);
    expect(topologiesOf([sourceFile("plan.json", '{"plan": "juju_application"}')], [])).toEqual([]);
  });
});

/* As terraform 1.11 prints it: data sources that were read stand in prior_state; provider 2.2.0, docs/resources and docs/data-sources. */
describe("a plan of provider 2.x", () => {
  const data = (address: string, values: object) => ({ ...resource(address, values), mode: "data" });
  const application = (name: string, more: object) =>
    resource(`juju_application.${name}`, { name, model_uuid: "u-cos", trust: true, ...more });
  const plan = (more: { prior?: readonly object[]; configured?: readonly object[]; resources?: readonly object[] }) =>
    read({
      format_version: "1.2",
      planned_values: {
        root_module: { resources: more.resources ?? [application("shop", { charm: [{ name: "shop-k8s" }] })] },
      },
      ...(more.prior
        ? { prior_state: { format_version: "1.0", values: { root_module: { resources: more.prior } } } }
        : {}),
      ...(more.configured ? { configuration: { root_module: { resources: more.configured } } } : {}),
    });

  it("names a model that was looked up", () => {
    const topology = plan({ prior: [data("data.juju_model.cos", { name: "cos", uuid: "u-cos", owner: "admin" })] });
    expect(topology.applications.map((one) => `${one.name}@${one.model}`)).toEqual(["shop@cos"]);
    expect(topology.problems).toEqual([]);
  });

  it("names one that is looked up later by what the configuration states", () => {
    const configured = [
      { type: "juju_model", name: "cos", mode: "data", expressions: { name: { constant_value: "admin/cos" } } },
      {
        type: "juju_application",
        name: "shop",
        mode: "managed",
        expressions: { model_uuid: refs("data.juju_model.cos.uuid", "data.juju_model.cos") },
      },
    ];
    const shop = resource("juju_application.shop", { name: "shop", charm: [{ name: "shop-k8s" }] });
    expect(plan({ configured, resources: [shop] }).applications.map((one) => one.model)).toEqual(["cos"]);
  });

  it("never takes a uuid for a namespace, and says what is missing", () => {
    const other = application("other", { model_uuid: "u-other" });
    const again = application("again", {});
    const topology = plan({
      resources: [application("shop", {}), other, again, resource("juju_model.own", { name: "own" })],
    });
    expect(topology.applications.map((one) => one.model)).toEqual([
      "unknown-model",
      "unknown-model-2",
      "unknown-model",
    ]);
    expect(shownProblems(topology)).toHaveLength(2);
    expect(topology.problems[0]?.message).toMatch(/u-cos are unknown.*called “unknown-model”/);
  });

  it("reads local charms and numbers of units", () => {
    const local = application("shop", {
      local_charm: [{ name: "shop-k8s", path: "./shop.charm" }],
      unit_numbers: ["0", "3"],
    });
    const [shop] = plan({ resources: [local] }).applications;
    expect(shop).toMatchObject({ charm: "shop-k8s", units: 2, unitNames: ["shop/0", "shop/3"] });
  });

  it("joins an offer that was looked up, and takes no own offer for one of another controller", () => {
    const joined = (block: object) =>
      plan({
        prior: [
          data("data.juju_model.cos", { name: "cos", uuid: "u-cos" }),
          data("data.juju_offer.logs", {
            url: "admin/logs.sink",
            application_name: "loki",
            endpoints: ["logging"],
            name: "sink",
          }),
        ],
        configured: [
          {
            type: "juju_integration",
            name: "logs",
            mode: "managed",
            expressions: {
              application: [
                { name: { constant_value: "shop" }, endpoint: { constant_value: "logging" } },
                { offer_url: refs("data.juju_offer.logs.url", "data.juju_offer.logs") },
              ],
            },
          },
        ],
        resources: [
          application("shop", { charm: [{ name: "shop-k8s" }] }),
          application("sink", { charm: [{ name: "sink-k8s" }] }),
          resource("juju_offer.sink", {
            name: "sink",
            application_name: "sink",
            model_uuid: "u-cos",
            endpoints: ["logging"],
          }),
          resource("juju_integration.logs", {
            model_uuid: "u-cos",
            application: [{ name: "shop", endpoint: "logging" }, block],
          }),
        ],
      }).relations[0];
    const looked = joined({});
    expect([looked?.provider, looked?.requirer]).toContainEqual({
      model: "logs",
      application: "loki",
      endpoint: "logging",
    });
    const here = joined({ name: "", offer_url: "admin/cos.sink" });
    expect([here?.provider, here?.requirer].map((end) => end?.application).sort()).toEqual(["shop", "sink"]);
    const far = joined({ name: "", offer_url: "admin/cos.sink", offering_controller: "far" });
    expect(far?.crossModel?.offer).toBe("sink");
  });
});
