import { spawnSync } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { charmMesh, folderWith, removed } from "../cli/command-line.ts";
import { root } from "../tidy/source-tree.ts";
import { sampleStatus } from "./sample-deployment.ts";
import { type Envoy, envoyJson, envoyText, type Ztunnel, ztunnelJson, ztunnelText } from "./sample-lines.ts";

let folder = "";
beforeAll(() => {
  folder = folderWith({ "status.json": sampleStatus() });
  cpSync(path.join(root, "samples/observability"), path.join(folder, "charms"), { recursive: true });
});
afterAll(() => removed(folder));

interface Denial {
  readonly count: number;
  readonly source: string;
  readonly target: string;
  readonly port: number | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly at: string;
  readonly expected: string;
  readonly reason: string;
  readonly because: readonly { readonly path: string | null; readonly line: number | null }[];
  readonly nearest: { readonly field: string } | null;
  readonly fix: string | null;
  readonly checks: readonly { readonly text: string; readonly command: string }[];
}

interface Report {
  readonly denials: readonly Denial[];
  readonly lines: number;
  readonly other: number;
  readonly unread: number;
}

function explained(lines: readonly string[], ...options: string[]): { code: number | null; report: Report } {
  writeFileSync(path.join(folder, "denied.log"), `${lines.join("\n")}\n`);
  const run = charmMesh(["explain", "denied.log", "charms", "-t", "status.json", "-f", "json", ...options], folder);
  expect(run.err).toBe("");
  return { code: run.code, report: JSON.parse(run.out) as Report };
}

interface Case {
  readonly name: string;
  readonly lines: readonly string[];
  readonly expected: "denied" | "allowed" | "unknown";
  readonly source?: string;
  readonly target?: string;
  readonly reason?: RegExp;
  readonly fix?: RegExp;
  readonly command?: RegExp;
  readonly place?: string;
}

const zt = (given: Ztunnel): readonly string[] => [ztunnelText(given), ztunnelJson(given)];
const wp = (given: Envoy): readonly string[] => [envoyText(given), envoyJson(given)];

/** The same line with IPv6 addresses, as ztunnel and Envoy write them: in brackets, with the port behind. */
const overIpv6 = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replaceAll(/\b10\.(\d+)\.(\d+)\.(\d+):(\d+)/g, "[fd00::$1:$2:$3]:$4"));

/** Two lines each, text and JSON, of which both must be explained alike. */
const CASES: readonly Case[] = [
  {
    name: "a pod's port that the policy of the relation does not name",
    lines: zt({ from: "prometheus", to: "storefront", port: 9103 }),
    expected: "denied",
    source: "obs/prometheus",
    target: "obs/storefront",
    reason: /port 9102/,
    fix: /Add port 9103/,
    place: "charms/storefront/src/charm.py",
  },
  {
    name: "a pod's port that the policy names",
    lines: zt({ from: "prometheus", to: "storefront", port: 9102 }),
    expected: "allowed",
    command: /kubectl get authorizationpolicy beacon-obs-policy-prometheus-obs-storefront-\S+ -n obs -o yaml/,
  },
  {
    name: "an application that no policy names",
    lines: zt({ from: "backup", to: "quarry", port: 3900 }),
    expected: "denied",
    fix: /backup:service-mesh beacon/,
  },
  {
    name: "a caller that the deployment does not have",
    lines: zt({ from: "stranger", to: "quarry", port: 3900 }),
    expected: "denied",
    source: "obs/stranger",
    fix: /not in this deployment/,
  },
  {
    name: "a caller without identity that the sources put on the mesh",
    lines: zt({ from: null, pod: "prometheus-0", to: "storefront", port: 9102 }),
    expected: "allowed",
    source: "obs/prometheus",
    reason: /without an identity/,
    command: /kubectl get pods -n obs -l 'app.kubernetes.io\/name=prometheus' --show-labels/,
  },
  {
    name: "a caller without identity that is not on the mesh",
    lines: zt({ from: null, pod: "backup-0", to: "storefront", port: 9102 }),
    expected: "denied",
    source: "obs/backup",
    fix: /juju integrate backup:service-mesh beacon/,
  },
  {
    name: "a DENY policy that no charm makes",
    lines: zt({
      from: "prometheus",
      to: "storefront",
      port: 9102,
      error: "connection closed due to policy rejection: explicitly denied by: istio-system/lockdown",
    }),
    expected: "allowed",
    reason: /charms make no DENY/,
    command: /kubectl get authorizationpolicy lockdown -n istio-system -o yaml/,
  },
  {
    name: "a policy that came while the connection was open",
    lines: zt({ from: "prometheus", to: "storefront", port: 9103, error: "connection closed due to policy change" }),
    expected: "denied",
  },
  {
    name: "a workload that ztunnel does not know",
    lines: zt({
      from: "prometheus",
      to: "storefront",
      port: 9102,
      error: "connection closed due to policy rejection: workload not found",
    }),
    expected: "unknown",
    reason: /no policy was asked/,
  },
  {
    name: "the waypoint, refused by a pod",
    lines: zt({ from: "obs-beacon-waypoint", to: "quarry", port: 3900 }),
    expected: "allowed",
    source: "obs/beacon (waypoint)",
    reason: /auto-allow-waypoint/,
  },
  {
    name: "the sender's own line of a refusal at the far end",
    lines: zt({
      from: "prometheus",
      to: "storefront",
      port: 9103,
      direction: "outbound",
      error: "http status: 401 Unauthorized",
    }),
    expected: "denied",
  },
  {
    name: "a target whose charm is not among the sources",
    lines: zt({ from: "quarry", to: "loki", port: 3100 }),
    expected: "unknown",
    reason: /charm of loki is not among the sources/,
  },
  {
    name: "a request that no rule of the Service's policy matches",
    lines: wp({ from: "grafana", to: "quarry", port: 3900, request: "GET /api/v1/admin?token=1 HTTP/1.1" }),
    expected: "denied",
    source: "obs/grafana",
    target: "obs/quarry",
    reason: /path/,
    fix: /Add the path \/api\/v1\/admin/,
    place: "charms/coordinator/src/charm.py",
  },
  {
    name: "a method that the policy does not name",
    lines: wp({ from: "grafana", to: "quarry", port: 3900, request: "DELETE /api/v1/query HTTP/1.1" }),
    expected: "denied",
    fix: /Add the method DELETE/,
  },
  {
    name: "a request that a policy matches",
    lines: wp({ from: "grafana", to: "quarry", port: 3900, request: "GET /api/v1/query?query=up HTTP/1.1" }),
    expected: "allowed",
    command: /kubectl get service quarry -n obs --show-labels/,
  },
  {
    name: "a caller with an unknown address",
    lines: wp({ from: "10.9.9.9", to: "quarry", port: 3900 }),
    expected: "unknown",
    source: "10.9.9.9",
    reason: /juju status --format json/,
  },
  {
    name: "a TCP connection at a waypoint",
    lines: wp({
      from: "storefront",
      to: "quarry",
      port: 5432,
      request: "- - -",
      code: 0,
      details: "-",
      termination: "rbac_access_denied_matched_policy[none]",
      cluster: "inbound-vip|5432|tcp|quarry.obs.svc.cluster.local",
    }),
    expected: "denied",
    source: "obs/storefront",
  },
  {
    name: "a TCP connection whose cluster the line does not name",
    lines: wp({
      from: "storefront",
      to: "quarry",
      port: 5432,
      request: "- - -",
      code: 0,
      details: "-",
      termination: "rbac_access_denied_matched_policy[none]",
      cluster: "-",
    }),
    expected: "denied",
    target: "obs/quarry",
  },
  {
    name: "a DENY policy at a waypoint",
    lines: wp({
      from: "grafana",
      to: "quarry",
      port: 3900,
      request: "GET /api/v1/query HTTP/1.1",
      details: "rbac_access_denied_matched_policy[ns[obs]-policy[no-grafana]-rule[0]]",
    }),
    expected: "allowed",
    command: /kubectl get authorizationpolicy no-grafana -n obs -o yaml/,
  },
  {
    name: "a gateway's own policy",
    lines: wp({ from: "10.9.9.9", to: "quarry", port: 3900, cluster: "outbound|3900||quarry.obs.svc.cluster.local" }),
    expected: "unknown",
    reason: /ingress gateway/,
  },
  {
    name: "a pod's port over IPv6",
    lines: overIpv6(zt({ from: "prometheus", to: "storefront", port: 9103 })),
    expected: "denied",
    source: "obs/prometheus",
    target: "obs/storefront",
    fix: /Add port 9103/,
  },
  {
    name: "a caller with an IPv6 address that no unit has (any more)",
    lines: overIpv6(wp({ from: "10.9.9.9", to: "quarry", port: 3900 })),
    expected: "unknown",
    source: "fd00::9:9:9",
    target: "obs/quarry",
    reason: /juju status --format json/,
  },
  {
    name: "a gRPC method",
    lines: wp({ from: "grafana", to: "quarry", port: 3900, request: "POST /tempopb.StreamingQuerier/Search HTTP/2" }),
    expected: "denied",
    source: "obs/grafana",
    fix: /POST/,
  },
  {
    name: "a caller of a namespace that is no model",
    lines: zt({ from: "prometheus", to: "storefront", port: 9102 }).map((line) =>
      line.replaceAll("/ns/obs/sa/prometheus", "/ns/kube-system/sa/prometheus"),
    ),
    expected: "denied",
    source: "kube-system/prometheus",
    fix: /not in this deployment/,
  },
  {
    name: "a host of a ServiceEntry",
    lines: wp({ from: "grafana", to: "quarry", port: 443, cluster: "inbound-vip|443|http|api.example.com" }),
    expected: "unknown",
    source: "obs/grafana",
    target: "api.example.com",
  },
  {
    name: "an external authorizer",
    lines: wp({
      from: "10.9.9.9",
      to: "quarry",
      port: 3900,
      details: "ext_authz_denied",
      cluster: "outbound|3900||quarry.obs.svc.cluster.local",
    }),
    expected: "unknown",
    reason: /external authorizer/,
  },
];

test.each(CASES)("$name", ({ lines, expected, source, target, reason, fix, command, place }) => {
  const { code, report } = explained(lines);
  expect(code).toBe(1);
  expect(report.unread).toBe(0);
  expect(report.denials).toHaveLength(1);
  const [denial] = report.denials;
  expect(denial).toMatchObject({ count: lines.length, expected });
  if (source) expect(denial?.source).toBe(source);
  if (target) expect(denial?.target).toBe(target);
  if (reason) expect(denial?.reason).toMatch(reason);
  if (fix) expect(denial?.fix).toMatch(fix);
  if (command) expect(denial?.checks.map((check) => check.command)).toContainEqual(expect.stringMatching(command));
  if (place) expect(denial?.because[0]?.path).toBe(place);
});

test("denials are grouped by flow and counted, and the sender's line of a refusal that the pod's ztunnel logs is no second one", () => {
  const one = { from: "prometheus", to: "storefront", port: 9103 } as const;
  const { report } = explained([
    ...Array.from({ length: 5 }, () => ztunnelText(one)),
    ztunnelJson(one),
    ztunnelText({ ...one, direction: "outbound", error: "http status: 401 Unauthorized" }),
    envoyText({ from: "grafana", to: "quarry", port: 3900, request: "GET /admin HTTP/1.1" }),
  ]);
  expect(report.denials.map(({ count, source }) => [count, source])).toEqual([
    [6, "obs/prometheus"],
    [1, "obs/grafana"],
  ]);
});

test("what kubectl, CRI and Docker put in front of a line is taken away", () => {
  const line = ztunnelText({ from: "prometheus", to: "storefront", port: 9103 });
  const envoy = envoyText({ from: "grafana", to: "quarry", port: 3900, request: "GET /admin HTTP/1.1" });
  const { report } = explained([
    `[pod/ztunnel-x7k2p/istio-proxy] ${line}`,
    `2026-11-30T10:00:00.5Z ${line}`,
    `2026-11-30T10:00:00.123456789Z stdout F ${line}`,
    JSON.stringify({ log: `${line}\n`, stream: "stdout", time: "2026-11-30T10:00:00Z" }),
    line.replaceAll("\t", "    "),
    `[pod/obs-beacon-waypoint-5c9/istio-proxy] ${envoy}`,
    `2026-11-30T10:00:00.123456789Z stdout F ${envoy}`,
    `2026-11-30T10:00:00.5Z ${envoy}`,
  ]);
  expect(report.unread).toBe(0);
  expect(report.denials.map(({ count }) => count)).toEqual([5, 3]);
});

test("lines that deny nothing are no denials, whatever their format", () => {
  const { code, report } = explained([
    ...zt({ from: "prometheus", to: "storefront", port: 9102, error: null }),
    ...zt({
      from: "prometheus",
      to: "storefront",
      port: 9102,
      error: "io error: Connection reset by peer (os error 104)",
    }),
    '2026-11-30T10:00:00.000001Z\twarn\taccess\tconnection failed\tsrc.addr=10.1.0.9:1 dst.addr=10.1.0.13:15008 direction="inbound" error="tls error: UnexpectedEof"',
    "2026-11-30T10:00:00.000001Z\tinfo\txds::client:xds{id=8}\tStream established",
    "2026-11-30T10:00:00.000001Z\tinfo\tEnvoy proxy is ready",
    '{"level":"info","time":"2026-11-30T10:00:00.000001Z","scope":"ztunnel::xds","message":"Stream established"}',
    ...wp({ from: "grafana", to: "quarry", port: 3900, code: 200, details: "via_upstream" }),
    // Over HBONE a connection fails for many reasons that are no policy's.
    ...zt({
      from: "prometheus",
      to: "storefront",
      port: 9102,
      direction: "outbound",
      error: "http status: 503 Service Unavailable",
    }),
    ...zt({
      from: "prometheus",
      to: "storefront",
      port: 9102,
      direction: "outbound",
      error: "unknown waypoint: obs/beacon",
    }),
    // The application itself answers 403.
    ...wp({ from: "grafana", to: "quarry", port: 3900, code: 403, details: "via_upstream" }),
  ]);
  expect(code).toBe(0);
  expect(report).toMatchObject({ denials: [], other: 16, unread: 0 });
});

test("lines of no known format are counted and never guessed at", () => {
  const good = envoyText({ from: "grafana", to: "quarry", port: 3900, request: "GET /admin HTTP/1.1" });
  const { report } = explained([
    good,
    "RBAC: access denied",
    "rbac_access_denied_matched_policy[none]",
    // A user agent with quotes moves the fields behind it.
    envoyText({ from: "grafana", to: "quarry", port: 3900, agent: 'x" "1" "storefront" "-' }),
    envoyText({ from: "grafana", to: "quarry", port: 3900, agent: 'a"b' }),
    // A sidecar's line.
    envoyText({ from: "grafana", to: "quarry", port: 3900, cluster: "inbound|3900||" }),
    good.slice(0, -20),
    `${good} more`,
    '{"level":"error","time":"2026-11-30T10:00:00Z","scope":"access","error":"connection closed due to policy rejection: x"}',
    '{"start_time":"x"}',
    '{"a":',
    "[]",
    "2026-11-30T10:00:00Z\terror\taccess\tconnection complete\tsrc.addr=10.1.0.9:1 src.addr=10.1.0.8:1 dst.addr=10.1.0.13:1",
    "\u0000\u001b[31m",
  ]);
  expect(report.denials).toHaveLength(1);
  expect(report.unread).toBe(13);
});

test("a log without a line of a known format is unreadable input", () => {
  writeFileSync(path.join(folder, "other.log"), "127.0.0.1 - - [30/Nov/2026] GET / 403\n");
  const run = charmMesh(["explain", "other.log", "charms", "-t", "status.json"], folder);
  expect(run.code).toBe(2);
  expect(run.err).toContain("no line of this log is of a format that explain reads");
});

test("text and Markdown name the request, the line, the fix and the command, and nothing of a log is markup or a control code", () => {
  const hostile = "GET /<img/src=x>|`x`\u001b[31m HTTP/1.1";
  writeFileSync(
    path.join(folder, "hostile.log"),
    [
      envoyJson({ from: "grafana", to: "quarry", port: 3900, request: hostile }),
      ztunnelText({ from: "prometheus", to: "storefront", port: 9103 }),
      ztunnelText({ from: "prometheus", to: "storefront", port: 9102 }),
      ztunnelText({
        from: "prometheus",
        to: "storefront",
        port: 9102,
        error: "connection closed due to policy rejection: explicitly denied by: obs/$(reboot)",
      }),
    ].join("\n"),
  );
  const run = (format: string) =>
    charmMesh(["explain", "hostile.log", "charms", "-t", "status.json", "-f", format], folder);
  const text = run("text").out;
  expect(text).toContain("obs/prometheus can't reach obs/storefront on port 9103");
  expect(text).toContain("line: charms/storefront/src/charm.py:");
  expect(text).toContain("fix: Add port 9103 to the policy.");
  expect(text).toContain("kubectl get authorizationpolicy");
  expect(text).not.toContain("\u001b");
  const markdown = run("markdown").out;
  expect(markdown).toContain("charms/storefront/src/charm.py#L");
  expect(markdown).not.toContain("<img");
  expect(markdown).not.toContain("\u001b");
  expect(markdown).toContain("kubectl get authorizationpolicy '$(reboot)' -n obs -o yaml");
});

test("standard input is read where no file is named, or -", () => {
  const line = ztunnelText({ from: "prometheus", to: "storefront", port: 9103 });
  for (const args of [["explain"], ["explain", "-"]]) {
    const run = spawnSync(process.execPath, [path.join(root, "dist/cli.js"), ...args], {
      cwd: path.join(folder, "charms"),
      input: line,
      encoding: "utf8",
    });
    expect(run.status).toBe(1);
    // The bundle does not name its model, so the log's namespace is taken for it.
    expect(run.stdout).toContain("model/prometheus can't reach model/storefront on port 9103");
    expect(run.stdout).toContain("fix: Add port 9103");
  }
});

test("a folder or a missing file in the place of the log is wrong use", () => {
  expect(charmMesh(["explain", "charms"], folder)).toMatchObject({
    code: 2,
    err: expect.stringContaining("charms is a folder"),
  });
  expect(charmMesh(["explain", "no.log"], folder)).toMatchObject({
    code: 2,
    err: expect.stringContaining("no.log does not exist"),
  });
});

test("a long log, and a line without end, are read in constant memory", () => {
  const line = ztunnelText({ from: "prometheus", to: "storefront", port: 9103 });
  const random = Array.from({ length: 3_000 }, (_, index) =>
    envoyText({ from: "grafana", to: "quarry", port: 3900, request: `GET /x${index} HTTP/1.1` }),
  );
  const log = `${`${line}\n`.repeat(100_000)}${random.join("\n")}\n${"x".repeat(80 * 1024 * 1024)}\n${line}\n`;
  const run = spawnSync(
    process.execPath,
    [
      "--max-old-space-size=160",
      path.join(root, "dist/cli.js"),
      "explain",
      "-",
      "charms",
      "-t",
      "status.json",
      "-f",
      "json",
    ],
    { cwd: folder, input: log, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  expect(run.status).toBe(1);
  const report = JSON.parse(run.stdout) as Report & { unlisted: number };
  expect(report.denials[0]?.count).toBe(100_001);
  expect(report.denials).toHaveLength(1_000);
  expect(report).toMatchObject({ lines: 103_002, unread: 1, unlisted: 2_001 });
});
