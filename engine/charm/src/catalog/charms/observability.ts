import { type PublicCharm, publicCharm } from "./public-charm.ts";

/** Endpoints of public observability charms. Read from their charmcraft.yaml at the commits named. */
export const OBSERVABILITY_CHARMS: readonly PublicCharm[] = [
  publicCharm(
    "alertmanager-k8s",
    "canonical/alertmanager-k8s-operator@876ead46",
    "alerting=alertmanager_dispatch karma-dashboard=karma_dashboard self-metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard grafana-source=grafana_datasource provide-cmr-mesh=cross_model_mesh",
    "ingress=ingress remote-configuration=alertmanager_remote_configuration catalogue=catalogue certificates=tls-certificates tracing=tracing charm-tracing=tracing receive-ca-cert=certificate_transfer service-mesh=service_mesh logging=loki_push_api require-cmr-mesh=cross_model_mesh",
  ),
  publicCharm(
    "blackbox-exporter-k8s",
    "canonical/blackbox-exporter-k8s-operator@b34ec473",
    "self-metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard provide-cmr-mesh=cross_model_mesh",
    "logging=loki_push_api ingress=ingress catalogue=catalogue probes=blackbox_exporter_probes service-mesh=service_mesh require-cmr-mesh=cross_model_mesh charm-tracing=tracing receive-ca-cert=certificate_transfer",
  ),
  publicCharm(
    "catalogue-k8s",
    "canonical/catalogue-k8s-operator@430b1b3b",
    "catalogue=catalogue provide-cmr-mesh=cross_model_mesh",
    "catalogue-item=catalogue ingress=ingress certificates=tls-certificates tracing=tracing receive-ca-cert=certificate_transfer service-mesh=service_mesh logging=loki_push_api require-cmr-mesh=cross_model_mesh",
  ),
  publicCharm(
    "cos-configuration-k8s",
    "canonical/cos-configuration-k8s-operator@bc9f497c",
    "prometheus-config=prometheus_scrape grafana-dashboards=grafana_dashboard sloth=sloth",
    "loki-config=loki_push_api tracing=tracing charm-tracing=tracing receive-ca-cert=certificate_transfer send-remote-write=prometheus_remote_write",
  ),
  publicCharm(
    "grafana-agent-k8s",
    "canonical/grafana-agent-k8s-operator@98fdd078",
    "tracing-provider=tracing logging-provider=loki_push_api grafana-dashboards-provider=grafana_dashboard",
    "certificates=tls-certificates send-remote-write=prometheus_remote_write metrics-endpoint=prometheus_scrape logging-consumer=loki_push_api grafana-dashboards-consumer=grafana_dashboard grafana-cloud-config=grafana_cloud_config receive-ca-cert=certificate_transfer tracing=tracing",
  ),
  publicCharm(
    "grafana-k8s",
    "canonical/grafana-k8s-operator@382e4636",
    "profiling-endpoint=parca_scrape metrics-endpoint=prometheus_scrape grafana-metadata=grafana_metadata provide-cmr-mesh=cross_model_mesh",
    "grafana-source=grafana_datasource grafana-dashboard=grafana_dashboard grafana-auth=grafana_auth pgsql=postgresql_client catalogue=catalogue ingress=ingress certificates=tls-certificates receive-ca-cert=certificate_transfer oauth=oauth charm-tracing=tracing workload-tracing=tracing service-mesh=service_mesh require-cmr-mesh=cross_model_mesh",
  ),
  publicCharm(
    "kiali-k8s",
    "canonical/service-mesh@ba7356ff",
    "provide-cmr-mesh=cross_model_mesh metrics-endpoint=prometheus_scrape tempo-datasource-exchange=grafana_datasource_exchange",
    "grafana-metadata=grafana_metadata ingress=ingress istio-metadata=istio_metadata logging=loki_push_api prometheus-api=prometheus_api require-cmr-mesh=cross_model_mesh service-mesh=service_mesh tempo-api=tempo_api",
  ),
  publicCharm(
    "loki-coordinator-k8s",
    "canonical/loki-operators@65f46849",
    "logging=loki_push_api loki-cluster=loki_cluster receive-remote-write=prometheus_remote_write grafana-dashboards-provider=grafana_dashboard grafana-source=grafana_datasource self-metrics-endpoint=prometheus_scrape send-datasource=grafana_datasource_exchange provide-cmr-mesh=cross_model_mesh",
    "alertmanager=alertmanager_dispatch s3=s3 logging-consumer=loki_push_api ingress=ingress certificates=tls-certificates charm-tracing=tracing workload-tracing=tracing catalogue=catalogue service-mesh=service_mesh require-cmr-mesh=cross_model_mesh",
  ),
  publicCharm(
    "loki-k8s",
    "canonical/loki-k8s-operator@8bcecbf2",
    "logging=loki_push_api grafana-source=grafana_datasource metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard send-datasource=grafana_datasource_exchange",
    "alertmanager=alertmanager_dispatch ingress=ingress_per_unit certificates=tls-certificates catalogue=catalogue charm-tracing=tracing workload-tracing=tracing receive-ca-cert=certificate_transfer",
  ),
  publicCharm("loki-worker-k8s", "canonical/loki-operators@65f46849", "", "loki-cluster=loki_cluster"),
  publicCharm(
    "mimir-coordinator-k8s",
    "canonical/mimir-operators@4be8e9f2",
    "mimir-cluster=mimir_cluster receive-remote-write=prometheus_remote_write grafana-dashboards-provider=grafana_dashboard grafana-source=grafana_datasource self-metrics-endpoint=prometheus_scrape send-datasource=grafana_datasource_exchange prometheus-api=prometheus_api provide-cmr-mesh=cross_model_mesh",
    "s3=s3 logging-consumer=loki_push_api ingress=ingress certificates=tls-certificates charm-tracing=tracing workload-tracing=tracing alertmanager=alertmanager_dispatch catalogue=catalogue service-mesh=service_mesh require-cmr-mesh=cross_model_mesh",
  ),
  publicCharm("mimir-worker-k8s", "canonical/mimir-operators@4be8e9f2", "", "mimir-cluster=mimir_cluster"),
  publicCharm(
    "opentelemetry-collector-k8s",
    "canonical/opentelemetry-collector-k8s-operator@2a778670",
    "grafana-dashboards-provider=grafana_dashboard receive-loki-logs=loki_push_api receive-traces=tracing provide-cmr-mesh=cross_model_mesh receive-profiles=profiling receive-otlp=otlp",
    "send-profiles=profiling grafana-dashboards-consumer=grafana_dashboard metrics-endpoint=prometheus_scrape send-remote-write=prometheus_remote_write send-loki-logs=loki_push_api receive-ca-cert=certificate_transfer cloud-config=grafana_cloud_config receive-server-cert=tls-certificates send-traces=tracing service-mesh=service_mesh require-cmr-mesh=cross_model_mesh send-charm-traces=tracing external-config=external-config ingress=traefik_route istio-ingress=istio_ingress_route send-otlp=otlp",
  ),
  publicCharm(
    "parca-k8s",
    "canonical/parca-k8s-operator@745bf6f4",
    "grafana-dashboard=grafana_dashboard grafana-source=grafana_datasource metrics-endpoint=prometheus_scrape self-profiling-endpoint=parca_scrape parca-store-endpoint=parca_store slos=sloth provide-cmr-mesh=cross_model_mesh",
    "catalogue=catalogue s3=s3 profiling-endpoint=parca_scrape ingress=traefik_route external-parca-store-endpoint=parca_store charm-tracing=tracing workload-tracing=tracing certificates=tls-certificates logging=loki_push_api istio-ingress=istio_ingress_route service-mesh=service_mesh require-cmr-mesh=cross_model_mesh",
  ),
  publicCharm(
    "prometheus-k8s",
    "canonical/prometheus-k8s-operator@432c227d",
    "self-metrics-endpoint=prometheus_scrape grafana-source=grafana_datasource grafana-dashboard=grafana_dashboard receive-remote-write=prometheus_remote_write send-datasource=grafana_datasource_exchange prometheus-api=prometheus_api",
    "metrics-endpoint=prometheus_scrape alertmanager=alertmanager_dispatch ingress=ingress_per_unit catalogue=catalogue certificates=tls-certificates charm-tracing=tracing workload-tracing=tracing receive-ca-cert=certificate_transfer logging=loki_push_api",
  ),
  publicCharm(
    "pyroscope-coordinator-k8s",
    "canonical/pyroscope-operators@4cf22942",
    "pyroscope-cluster=pyroscope_cluster grafana-dashboard=grafana_dashboard grafana-source=grafana_datasource metrics-endpoint=prometheus_scrape send-datasource=grafana_datasource_exchange profiling=profiling",
    "s3=s3 charm-tracing=tracing workload-tracing=tracing logging=loki_push_api certificates=tls-certificates catalogue=catalogue ingress=traefik_route",
  ),
  publicCharm(
    "pyroscope-worker-k8s",
    "canonical/pyroscope-operators@4cf22942",
    "",
    "pyroscope-cluster=pyroscope_cluster",
  ),
  publicCharm(
    "tempo-coordinator-k8s",
    "canonical/tempo-operators@85a88dee",
    "tempo-cluster=tempo_cluster grafana-dashboard=grafana_dashboard grafana-source=grafana_datasource metrics-endpoint=prometheus_scrape tracing=tracing probes=blackbox_exporter_probes tempo-api=tempo_api provide-cmr-mesh=cross_model_mesh",
    "s3=s3 self-charm-tracing=tracing self-workload-tracing=tracing logging=loki_push_api ingress=traefik_route istio-ingress=istio_ingress_route certificates=tls-certificates send-remote-write=prometheus_remote_write receive-datasource=grafana_datasource_exchange catalogue=catalogue service-mesh=service_mesh require-cmr-mesh=cross_model_mesh",
  ),
  publicCharm("tempo-worker-k8s", "canonical/tempo-operators@85a88dee", "", "tempo-cluster=tempo_cluster"),
];
