/**
 * `juju status --format json` of the sample workspace in the model `obs`, with the addresses that waypoints' lines are resolved by.
 * @returns the text of the file
 */
export function sampleStatus(): string {
  const charms: Record<string, string> = {
    quarry: "quarry-coordinator-k8s",
    "quarry-ingest": "quarry-ingest-worker-k8s",
    "quarry-query": "quarry-query-worker-k8s",
    storefront: "storefront-k8s",
    "catalog-web": "catalog-web-k8s",
    loki: "loki-k8s",
    prometheus: "prometheus-k8s",
    grafana: "grafana-k8s",
    backup: "backup-k8s",
    ingress: "istio-ingress-k8s",
    beacon: "istio-beacon-k8s",
  };
  const pairs: readonly [string, string, string, string, string][] = [
    ["quarry", "quarry-cluster", "quarry-ingest", "quarry-cluster", "quarry_cluster"],
    ["quarry", "quarry-cluster", "quarry-query", "quarry-cluster", "quarry_cluster"],
    ["quarry", "metrics-endpoint", "prometheus", "metrics-endpoint", "prometheus_scrape"],
    ["quarry", "logging", "loki", "logging", "loki_push_api"],
    ["quarry", "grafana-source", "grafana", "grafana-source", "grafana_datasource"],
    ["quarry", "quarry-api", "storefront", "quarry-api", "quarry_api"],
    ["storefront", "storefront", "catalog-web", "storefront", "http"],
    ["storefront", "metrics-endpoint", "prometheus", "metrics-endpoint", "prometheus_scrape"],
    ...["quarry", "storefront", "catalog-web", "loki", "prometheus", "grafana"].map(
      (name): [string, string, string, string, string] => [
        name,
        "service-mesh",
        "beacon",
        "service-mesh",
        "service_mesh",
      ],
    ),
  ];
  const relations = new Map<string, Record<string, { "related-application": string; interface: string }[]>>();
  const relate = (own: string, endpoint: string, other: string, name: string): void => {
    const all = relations.get(own) ?? {};
    all[endpoint] = [...(all[endpoint] ?? []), { "related-application": other, interface: name }];
    relations.set(own, all);
  };
  for (const [one, endpoint, other, farEndpoint, name] of pairs) {
    relate(one, endpoint, other, name);
    relate(other, farEndpoint, one, name);
  }
  const applications = Object.entries(charms).map(([name, charm], index) => [
    name,
    {
      charm,
      "charm-name": charm,
      scale: 1,
      address: `10.152.183.${index + 10}`,
      relations: relations.get(name) ?? {},
      units: { [`${name}/0`]: { address: `10.1.0.${index + 10}` } },
    },
  ]);
  return JSON.stringify({ model: { name: "obs", type: "caas" }, applications: Object.fromEntries(applications) });
}

/** The pod address that the status gives to the only unit of an application. */
export function podAddress(application: string): string {
  return addressIn(application, (one) => one.units[`${application}/0`]?.address);
}

/** The address of an application's Service in the status. */
export function serviceAddress(application: string): string {
  return addressIn(application, (one) => one.address);
}

interface StatusApplication {
  readonly address: string;
  readonly units: Readonly<Record<string, { readonly address: string }>>;
}

function addressIn(application: string, pick: (one: StatusApplication) => string | undefined): string {
  const { applications } = JSON.parse(sampleStatus()) as { applications: Record<string, StatusApplication> };
  const found = applications[application];
  const address = found && pick(found);
  if (address === undefined) throw new Error(`the sample has no ${application}`);
  return address;
}
