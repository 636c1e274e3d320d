import * as z from "zod";
import type { Location, SourceFile, YamlNode } from "#syntax";
import { yamlGet, yamlTarget } from "#syntax";
import { documentsOf } from "../topology/reading/documents.ts";
import { draftOf } from "../topology/reading/draft.ts";
import { salvaged } from "../topology/reading/salvaged.ts";

const texts = z.array(z.string()).nullish();

const operationSchema = z.object({ ports: texts, hosts: texts, methods: texts, paths: texts });

const targetSchema = z.object({ kind: z.string(), group: z.string().nullish(), name: z.string() });

const policySchema = z.object({
  apiVersion: z.string().nullish(),
  kind: z.string().nullish(),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().nullish(),
    labels: z.record(z.string(), z.string()).nullish(),
  }),
  spec: z
    .object({
      targetRef: targetSchema.nullish(),
      targetRefs: z.array(targetSchema).nullish(),
      selector: z.object({ matchLabels: z.record(z.string(), z.string()).nullish() }).nullish(),
      action: z.string().nullish(),
      rules: z
        .array(
          z.object({
            from: z.array(z.object({ source: z.object({ principals: texts, namespaces: texts }).nullish() })).nullish(),
            to: z.array(z.object({ operation: operationSchema.nullish() })).nullish(),
            when: z.array(z.unknown()).nullish(),
          }),
        )
        .nullish(),
    })
    .nullish(),
});

type DumpedPolicy = z.infer<typeof policySchema>;

/** One AuthorizationPolicy as the cluster has it. */
export interface ClusterPolicy {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly spec: NonNullable<DumpedPolicy["spec"]>;
  readonly location: Location;
  /** Parts of it could not be read: it is there, but what it says can't be compared. */
  readonly damaged: boolean;
}

export interface ClusterPolicies {
  readonly policies: readonly ClusterPolicy[];
  readonly problems: readonly { readonly message: string; readonly location: Location }[];
}

/**
 * The AuthorizationPolicies of `kubectl get authorizationpolicies -A -o yaml` or `-o json`: a List, or several documents; other kinds
 * are passed over. What can't be read is reported at its place and left out. Objects without a namespace count as of `default`.
 */
export function clusterPolicies(file: SourceFile): ClusterPolicies {
  const policies: ClusterPolicy[] = [];
  const problems: { message: string; location: Location }[] = [];
  const documents = documentsOf(file);
  let objects = 0;
  for (const { root, problems: broken } of documents) {
    for (const each of broken.map(({ message, span }) => ({ message, location: { file, span } }))) problems.push(each);
    const top = yamlTarget(root);
    if (top && scalarText(top, "kind") !== null) objects++;
    for (const node of objectsOf(root)) {
      if (scalarText(node, "kind") !== "AuthorizationPolicy") continue;
      const draft = draftOf(file, node);
      const read = salvaged(policySchema, draft);
      for (const each of read.problems.map(({ message, location }) => ({ message, location }))) problems.push(each);
      const location = draft.at(["metadata", "name"]);
      if (read.value) policies.push(policyOf(read.value, location, read.problems.length > 0));
    }
  }
  if (objects === 0 && problems.length === 0)
    problems.push({
      message: "There is no Kubernetes object in this file.",
      location: { file, span: { start: 0, end: 0 } },
    });
  return { policies, problems };
}

/** The objects of a document: itself, or the items of a List. */
function objectsOf(root: YamlNode | null): readonly YamlNode[] {
  const node = yamlTarget(root);
  if (node?.kind !== "map") return [];
  const items = yamlGet(node, "items");
  if (items?.kind !== "sequence") return scalarText(node, "kind") === null ? [] : [node];
  return items.items.flatMap((item) => yamlTarget(item) ?? []);
}

function scalarText(node: YamlNode, key: string): string | null {
  const value = yamlGet(node, key);
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : null;
}

function policyOf(read: DumpedPolicy, location: Location, damaged: boolean): ClusterPolicy {
  return {
    name: read.metadata.name,
    namespace: read.metadata.namespace ?? "default",
    labels: read.metadata.labels ?? {},
    spec: read.spec ?? {},
    location,
    damaged,
  };
}
