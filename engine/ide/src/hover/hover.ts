import { endpointKey, METHOD_MEMBERS, PROXY_PATHS } from "#charm";
import { conditionText } from "#python";
import type { Location } from "#syntax";
import { deploymentOf, policiesOpening } from "../analysis/deployment.ts";
import type { Analysis } from "../analysis/snapshot.ts";
import {
  answered,
  type ByKind,
  type EndpointKeyTarget,
  type PolicyTarget,
  type PortsTarget,
} from "../cursor/target.ts";
import { targetAt } from "../cursor/target-at.ts";
import { relationNamed } from "../cursor/targets-of.ts";
import { becomesWords, inWords } from "./deployment-words.ts";
import { code, factWords, paragraphs, plain, portWords, reasonList } from "./markdown.ts";
import { declaredPolicyWords } from "./policy-words.ts";
import { interfaceWords, relationHover } from "./relation-hover.ts";

/** The hover of a place: Markdown, and the exact text that it explains. */
export interface Hover {
  readonly location: Location;
  readonly markdown: string;
}

const HOVERS: ByKind<[Analysis], string> = {
  relation: (target, analysis) => relationHover(target.charm, target.relation, analysis),
  interface: (target) => paragraphs(`**${plain(target.name)}**`, interfaceWords(target.name)),
  "relation-use": (target, analysis) =>
    target.relation
      ? relationHover(target.charm, target.relation, analysis)
      : `${code(target.endpoint)} is no relation of this charm.`,
  "deployed-endpoint": (target, analysis) =>
    target.relation
      ? paragraphs(
          `${code(target.application)} is ${code(target.charm.metadata.name ?? target.charm.charm.root)}.`,
          relationHover(target.charm, target.relation, analysis),
        )
      : `${code(target.charm.metadata.name ?? target.charm.charm.root)} declares no endpoint ${code(target.endpoint)}.`,
  "endpoint-key": endpointKeyHover,
  policy: policyHover,
  ports: portsHover,
  method: (target) => {
    const sent = METHOD_MEMBERS.value.get(target.name);
    return sent === undefined
      ? `${code(`Method.${target.name}`)} does not exist; the members are lower case: ${[...METHOD_MEMBERS.value.keys()].map(code).join(", ")}.`
      : paragraphs(
          `**Method.${plain(target.name)}** · HTTP ${code(sent)}`,
          "Methods are checked at the waypoint, on the way through a Service; a UnitPolicy has none.",
        );
  },
  coordinator: (target, analysis) => {
    const found = deploymentOf(analysis, target.charm);
    const own = policiesOpening(found, target.charm);
    const internal = own.filter((policy) => policy.origin === "cluster-internal").length;
    return paragraphs(
      `**${plain(target.coordinator.className)}** · coordinator of a cluster`,
      `${internal} cluster-internal and ${own.length - internal} external policies ${inWords(found)}.`,
      proxyWords(
        target.coordinator.telemetryProxy.kind === "known" && target.coordinator.telemetryProxy.value !== null,
      ),
      reasonList(target.coordinator.because),
    );
  },
  worker: (target) =>
    paragraphs(
      `**${plain(target.worker.className)}** · worker of a cluster`,
      "Its coordinator tells it what to run, labels its pods, and passes its telemetry on. It declares no mesh relations of its own.",
      reasonList(target.worker.because),
    ),
  consumer: (target) =>
    paragraphs(
      "**ServiceMeshConsumer** · this charm asks for its policies itself",
      [
        `- mesh relation: ${factWords(target.consumer.meshRelationName, code)}`,
        `- learns callers of other models over: ${factWords(target.consumer.crossModelMeshProvidesName, code)}`,
        `- tells other models who it is over: ${factWords(target.consumer.crossModelMeshRequiresName, code)}`,
        `- joins the mesh by itself: ${factWords(target.consumer.autoJoin, (on) => (on ? "yes" : "no"))}`,
      ].join("\n"),
      target.consumer.condition ? `Made only where ${code(conditionText(target.consumer.condition))}.` : null,
    ),
  "proxy-port": (target) => {
    const fact = target.scheme === "http" ? target.proxy.httpPort : target.proxy.httpsPort;
    return paragraphs(
      `Telemetry proxy, ${target.scheme}: port **${factWords(fact, String)}**`,
      proxyWords(true),
      "The port must be open on the Service: workers send to it by the coordinator's Service address.",
      reasonList(fact.because),
    );
  },
  "charm-lib": (target) => {
    const name = target.lib.lib.split(".")[1] ?? target.lib.lib;
    const library = target.charm.libraries.find((each) => each.name.endsWith(`.${name}`));
    return paragraphs(
      `**${plain(target.lib.lib)}**${target.lib.version ? ` · version ${code(target.lib.version)}` : ""}`,
      library?.vendored
        ? `Vendored: ${code(library.name)}${library.patch === null ? "" : `, LIBPATCH ${library.patch}`}.`
        : "Fetched by charmcraft when the charm is packed.",
    );
  },
};

/** The explanation of the target under a cursor; null where there is no target. */
export function hover(analysis: Analysis, path: string, offset: number): Hover | null {
  const target = targetAt(analysis, path, offset);
  return target ? { location: target.location, markdown: answered(HOVERS, target, analysis) } : null;
}

function endpointKeyHover(target: EndpointKeyTarget, analysis: Analysis): string {
  const { entry, charm } = target;
  const knowledge = target.of === "coordinator" ? endpointKey(entry.key) : null;
  const mapped =
    entry.value.kind === "known" && entry.value.value !== null ? relationNamed(charm, entry.value.value) : null;
  const mesh = entry.key.startsWith("service-mesh") ? "The three mesh keys are set together or not at all." : null;
  return paragraphs(
    `**${plain(entry.key)}**${knowledge ? ` · ${knowledge.required ? "mandatory" : "optional"} · ${knowledge.side} ${code(knowledge.interface)}` : ""}`,
    knowledge
      ? knowledge.about
      : target.of === "worker"
        ? "The relation to this worker's coordinator."
        : "Coordinator does not read this key.",
    mesh,
    `Maps to ${factWords(entry.value, (value) => (value === null ? "nothing (`None`)" : code(value)))}.`,
    mapped ? relationHover(charm, mapped, analysis) : null,
    entry.value.because.length > 1 ? reasonList(entry.value.because) : null,
    knowledge ? `_${plain(knowledge.citation)}_` : null,
  );
}

function policyHover(target: PolicyTarget, analysis: Analysis): string {
  const { policy, charm } = target;
  return paragraphs(
    `**${policy.kind}**${policy.condition ? ` · only where ${code(conditionText(policy.condition))}` : ""}`,
    declaredPolicyWords(policy),
    ...becomesWords(policy, charm, analysis),
  );
}

function portsHover(target: PortsTarget): string {
  const fact = target.endpoint?.ports ?? target.policy.ports;
  return paragraphs(`Ports: **${factWords(fact, portWords)}**`, reasonList(fact.because));
}

function proxyWords(on: boolean): string {
  if (!on) return "Worker telemetry is not proxied.";
  const paths = Object.entries(PROXY_PATHS.value).map(([what, path]) => `- ${what}: ${code(path)}`);
  return `All worker telemetry goes through it:\n${paths.join("\n")}`;
}
