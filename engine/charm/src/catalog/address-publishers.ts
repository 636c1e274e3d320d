/** Whose address a charm hands out: each pod's own, all pods' (headless Service), its Service's, an ingress's, or none. */
export type AddressKind = "unit" | "headless" | "application" | "external" | "none";

/** A call that hands an address over: a constructor, or a method of what it made. */
export interface PublishingCall {
  /** Parameters in order, `self` left out, as far as they may be given by position. */
  readonly parameters: readonly string[];
  /** Arguments that hold the address (a URL, a host, scrape jobs with targets, or a function that returns one). */
  readonly addresses: readonly string[];
}

/** A class of a charm library that writes an address of the charm into a relation's databag. */
export interface AddressPublisher {
  readonly name: string;
  readonly constructed: PublishingCall;
  /** Methods that hand over a later address. */
  readonly methods: ReadonlyMap<string, PublishingCall>;
  /** Attributes that hand over an address when they are assigned. */
  readonly setters: readonly string[];
  /** The parameter that names the relation, and its default. */
  readonly relation: { readonly parameter: string; readonly default: string | null };
  /** What it publishes where no address is given. */
  readonly otherwise: AddressKind;
  /** Flags that make it publish one more address when they are set. */
  readonly switches: ReadonlyMap<string, AddressKind>;
  /** The replacement for the wildcard host of a scrape target (`*:8080`). */
  readonly wildcard: AddressKind;
  readonly citation: string;
}

type Given = Pick<AddressPublisher, "name" | "constructed" | "relation" | "citation"> & Partial<AddressPublisher>;

function publisher(given: Given): AddressPublisher {
  return { methods: new Map(), setters: [], switches: new Map(), otherwise: "none", wildcard: "unit", ...given };
}

/** Libraries whose published address decides between AppPolicy and UnitPolicy, read from the libraries themselves. */
const PUBLISHERS: readonly AddressPublisher[] = [
  publisher({
    name: "charms.prometheus_k8s.v0.prometheus_scrape.MetricsEndpointProvider",
    constructed: { parameters: ["charm", "relation_name", "jobs"], addresses: ["jobs"] },
    methods: new Map([["update_scrape_job_spec", { parameters: ["jobs"], addresses: ["jobs"] }]]),
    relation: { parameter: "relation_name", default: "metrics-endpoint" },
    // Without jobs the library scrapes `*:80`, and `*` is each unit's own address.
    otherwise: "unit",
    citation: "charms.prometheus_k8s.v0.prometheus_scrape, LIBPATCH 50, MetricsEndpointProvider._set_unit_ip",
  }),
  publisher({
    name: "charms.parca_k8s.v0.parca_scrape.ProfilingEndpointProvider",
    constructed: { parameters: ["charm", "relation_name", "jobs"], addresses: ["jobs"] },
    relation: { parameter: "relation_name", default: "profiling-endpoint" },
    otherwise: "unit",
    citation: "charms.parca_k8s.v0.parca_scrape, LIBPATCH 6, ProfilingEndpointProvider",
  }),
  publisher({
    name: "charms.grafana_k8s.v0.grafana_source.GrafanaSourceProvider",
    constructed: {
      parameters: ["charm", "source_type", "source_port", "source_url", "refresh_event", "relation_name"],
      addresses: ["source_url"],
    },
    methods: new Map([["update_source", { parameters: ["source_url"], addresses: ["source_url"] }]]),
    relation: { parameter: "relation_name", default: "grafana-source" },
    otherwise: "unit",
    citation: "charms.grafana_k8s.v0.grafana_source, LIBPATCH 29, GrafanaSourceProvider._set_unit_details",
  }),
  publisher({
    name: "charms.grafana_k8s.v1.grafana_source.GrafanaSourceProvider",
    constructed: {
      parameters: ["charm", "source_type", "source_port", "refresh_event", "relation_name"],
      addresses: ["app_datasource_url", "unit_datasource_url"],
    },
    methods: new Map([
      ["update_app_source", { parameters: ["app_datasource_url"], addresses: ["app_datasource_url"] }],
      ["update_unit_source", { parameters: ["unit_datasource_url"], addresses: ["unit_datasource_url"] }],
    ]),
    relation: { parameter: "relation_name", default: "grafana-source" },
    otherwise: "application",
    switches: new Map([["unit_datasources", "unit"]]),
    citation: "charms.grafana_k8s.v1.grafana_source, LIBPATCH 0, GrafanaSourceProvider._set_host_details",
  }),
  publisher({
    name: "charms.prometheus_k8s.v1.prometheus_remote_write.PrometheusRemoteWriteProvider",
    constructed: { parameters: ["charm", "relation_name"], addresses: ["server_url_func"] },
    relation: { parameter: "relation_name", default: "receive-remote-write" },
    otherwise: "unit",
    citation: "charms.prometheus_k8s.v1.prometheus_remote_write, LIBPATCH 15, PrometheusRemoteWriteProvider.__init__",
  }),
  publisher({
    name: "charms.loki_k8s.v1.loki_push_api.LokiPushApiProvider",
    // `address` is kept but never used: the library publishes socket.getfqdn() until update_endpoint is given a URL.
    constructed: { parameters: ["charm", "relation_name"], addresses: [] },
    methods: new Map([["update_endpoint", { parameters: ["url", "relation"], addresses: ["url"] }]]),
    relation: { parameter: "relation_name", default: "logging" },
    otherwise: "unit",
    citation: "charms.loki_k8s.v1.loki_push_api, LIBPATCH 13, LokiPushApiProvider._url",
  }),
  publisher({
    name: "charms.tempo_coordinator_k8s.v0.tracing.TracingEndpointProvider",
    constructed: { parameters: ["charm", "external_url", "relation_name"], addresses: [] },
    methods: new Map([["publish_receivers", { parameters: ["receivers"], addresses: ["receivers"] }]]),
    relation: { parameter: "relation_name", default: "tracing" },
    citation: "charms.tempo_coordinator_k8s.v0.tracing, LIBPATCH 11, TracingEndpointProvider.publish_receivers",
  }),
  publisher({
    name: "charms.tempo_coordinator_k8s.v0.tempo_api.TempoApiProvider",
    constructed: { parameters: ["relation_mapping", "relation_name", "app"], addresses: [] },
    methods: new Map([
      [
        "publish",
        { parameters: ["direct_url_http", "direct_url_grpc"], addresses: ["direct_url_http", "direct_url_grpc"] },
      ],
    ]),
    relation: { parameter: "relation_name", default: null },
    citation: "charms.tempo_coordinator_k8s.v0.tempo_api, LIBPATCH 4, TempoApiProvider.publish",
  }),
  publisher({
    name: "charms.mimir_coordinator_k8s.v0.prometheus_api.PrometheusApiProvider",
    constructed: { parameters: ["relation_mapping", "app", "relation_name"], addresses: [] },
    methods: new Map([["publish", { parameters: ["direct_url"], addresses: ["direct_url"] }]]),
    relation: { parameter: "relation_name", default: "prometheus-api" },
    citation: "charms.mimir_coordinator_k8s.v0.prometheus_api, LIBPATCH 2, PrometheusApiProvider.publish",
  }),
  publisher({
    name: "charms.grafana_k8s.v0.grafana_metadata.GrafanaMetadataProvider",
    constructed: { parameters: ["relation_mapping", "app", "relation_name"], addresses: [] },
    methods: new Map([["publish", { parameters: ["grafana_uid", "direct_url"], addresses: ["direct_url"] }]]),
    relation: { parameter: "relation_name", default: "grafana-metadata" },
    citation: "charms.grafana_k8s.v0.grafana_metadata, LIBPATCH 3, GrafanaMetadataProvider.publish",
  }),
  publisher({
    name: "charms.blackbox_exporter_k8s.v0.blackbox_probes.BlackboxProbesProvider",
    constructed: {
      parameters: ["charm", "probes", "modules", "refresh_event", "relation_name"],
      addresses: ["probes"],
    },
    relation: { parameter: "relation_name", default: "probes" },
    citation: "charms.blackbox_exporter_k8s.v0.blackbox_probes, LIBPATCH 3, BlackboxProbesProvider",
  }),
  publisher({
    name: "charms.parca_k8s.v0.parca_store.ParcaStoreEndpointProvider",
    constructed: { parameters: ["charm", "port", "insecure", "external_url"], addresses: ["external_url"] },
    relation: { parameter: "relation_name", default: "parca-store-endpoint" },
    otherwise: "unit",
    citation: "charms.parca_k8s.v0.parca_store, LIBPATCH 4, set_remote_store_connection_data",
  }),
  publisher({
    name: "charms.pyroscope_coordinator_k8s.v0.profiling.ProfilingEndpointProvider",
    constructed: { parameters: ["relations", "app"], addresses: [] },
    methods: new Map([
      ["publish_endpoint", { parameters: ["otlp_grpc_endpoint", "insecure"], addresses: ["otlp_grpc_endpoint"] }],
    ]),
    relation: { parameter: "relations", default: null },
    citation: "charms.pyroscope_coordinator_k8s.v0.profiling, LIBPATCH 5, ProfilingEndpointProvider.publish_endpoint",
  }),
  publisher({
    name: "charms.alertmanager_k8s.v1.alertmanager_dispatch.AlertmanagerProvider",
    constructed: { parameters: ["charm"], addresses: ["external_url"] },
    methods: new Map([["update", { parameters: [], addresses: ["external_url"] }]]),
    relation: { parameter: "relation_name", default: "alerting" },
    otherwise: "unit",
    citation: "charms.alertmanager_k8s.v1.alertmanager_dispatch, LIBPATCH 2, AlertmanagerProvider",
  }),
  publisher({
    name: "charms.karma_k8s.v0.karma_dashboard.KarmaProvider",
    constructed: { parameters: ["charm", "relation_name"], addresses: [] },
    setters: ["target"],
    relation: { parameter: "relation_name", default: "dashboard" },
    citation: "charms.karma_k8s.v0.karma_dashboard, KarmaProvider.target (setter)",
  }),
  publisher({
    name: "charmlibs.interfaces.otlp.OtlpProvider",
    constructed: { parameters: ["charm", "relation_name"], addresses: [] },
    methods: new Map([
      ["add_endpoint", { parameters: ["protocol", "endpoint", "telemetries", "insecure"], addresses: ["endpoint"] }],
    ]),
    relation: { parameter: "relation_name", default: "receive-otlp" },
    citation: "charmlibs-interfaces-otlp, OtlpProvider.add_endpoint, which returns the provider itself",
  }),
  publisher({
    name: "charms.dex_auth.v0.dex_oidc_config.DexOidcConfigProvider",
    constructed: { parameters: ["charm", "issuer_url", "refresh_events", "relation_name"], addresses: ["issuer_url"] },
    relation: { parameter: "relation_name", default: "dex-oidc-config" },
    citation: "charms.dex_auth.v0.dex_oidc_config, LIBPATCH 1, DexOidcConfigProvider._send_data",
  }),
  publisher({
    name: "charms.mlops_libs.v0.k8s_service_info.KubernetesServiceInfoProvider",
    constructed: { parameters: ["charm", "name", "port", "refresh_event", "relation_name"], addresses: ["name"] },
    relation: { parameter: "relation_name", default: "k8s-service-info" },
    citation: "charms.mlops_libs.v0.k8s_service_info, KubernetesServiceInfoProvider.__init__",
  }),
];

const byName: ReadonlyMap<string, AddressPublisher> = new Map(PUBLISHERS.map((each) => [each.name, each]));

/** What is known about a library class that publishes an address, by its dotted name; null for any other. */
export function addressPublisher(name: string): AddressPublisher | null {
  return byName.get(name) ?? null;
}

/** Dotted names of all of them. */
export const ADDRESS_PUBLISHERS: readonly string[] = PUBLISHERS.map((each) => each.name);
