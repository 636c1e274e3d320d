import {
  type Command,
  Disposable,
  EventEmitter,
  l10n,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
} from "vscode";
import {
  DEFAULT_GRAPH_OPTIONS,
  type Place,
  type ReasonView,
  type TreeCharm,
  type TreeGroup,
  type TreePolicy,
  treeRequest,
} from "#protocol";
import { visibleText } from "#syntax";
import { asked } from "./requests.ts";
import type { ServerProcess } from "./server-process.ts";

/** One line of the tree: a charm, a kind of policies, a policy, or a reason. */
export type TreeLine =
  | { readonly kind: "charm"; readonly charm: TreeCharm }
  | { readonly kind: "group"; readonly charm: TreeCharm; readonly group: TreeGroup }
  | { readonly kind: "policy"; readonly policy: TreePolicy }
  | { readonly kind: "reason"; readonly reason: ReasonView };

/** The tree of charms, their policies and the reasons of those. */
export interface CharmTree extends Disposable {
  readonly changed: () => void;
}

export const TREE_VIEW = "charmMesh.charms";

const CHARM_ICONS: Readonly<Record<TreeCharm["kind"], string>> = {
  coordinator: "server-environment",
  worker: "server-process",
  standalone: "package",
  none: "circle-slash",
};

/** The tree of the deployment that hovers and lenses describe. The settings of a graph panel concern that panel alone. */
export function charmTree(server: ServerProcess): CharmTree {
  const emitter = new EventEmitter<undefined>();
  const view = window.createTreeView<TreeLine>(TREE_VIEW, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: emitter.event,
      getTreeItem: itemOf,
      getChildren: async (line) => {
        if (line) return childrenOf(line);
        if (!server.isRunning()) return [];
        const { charms } = await asked(server, treeRequest, { options: DEFAULT_GRAPH_OPTIONS });
        return charms.map((charm) => ({ kind: "charm", charm }) as const);
      },
    },
  });
  const registered = Disposable.from(emitter, view);
  return { changed: () => emitter.fire(undefined), dispose: () => void registered.dispose() };
}

function childrenOf(line: TreeLine): TreeLine[] {
  switch (line.kind) {
    case "charm":
      return line.charm.groups.map((group) => ({ kind: "group", charm: line.charm, group }));
    case "group":
      return line.group.policies.map((policy) => ({ kind: "policy", policy }));
    case "policy":
      return line.policy.because.map((reason) => ({ kind: "reason", reason }));
    case "reason":
      return [];
  }
}

function itemOf(line: TreeLine): TreeItem {
  switch (line.kind) {
    case "charm":
      return charmItem(line.charm);
    case "group":
      return groupItem(line.charm, line.group);
    case "policy": {
      const item = new TreeItem(line.policy.label, TreeItemCollapsibleState.Collapsed);
      // The label is the source already; the tooltip has the whole sentence.
      item.description = line.policy.description.replace(/^.*? may reach /, "→ ");
      item.tooltip = line.policy.description;
      item.iconPath = new ThemeIcon("arrow-small-right");
      item.contextValue = "policy";
      return item;
    }
    case "reason":
      return reasonItem(line.reason);
  }
}

function charmItem(charm: TreeCharm): TreeItem {
  const item = new TreeItem(charm.name ?? charm.path, TreeItemCollapsibleState.Expanded);
  item.id = charm.uri;
  // The folder is in the tooltip: names and descriptions have to fit a narrow view.
  item.description = charm.onMesh ? "" : l10n.t("not on the mesh");
  item.tooltip = charm.path;
  item.iconPath = new ThemeIcon(CHARM_ICONS[charm.kind]);
  item.resourceUri = Uri.parse(charm.uri);
  item.contextValue = "charm";
  return item;
}

function groupItem(charm: TreeCharm, { kind, policies }: TreeGroup): TreeItem {
  const titles = {
    internal: l10n.t("Inside the cluster"),
    external: l10n.t("From outside"),
    telemetry: l10n.t("Telemetry"),
  };
  const icons = { internal: "shield", external: "globe", telemetry: "pulse" };
  const item = new TreeItem(titles[kind], TreeItemCollapsibleState.Collapsed);
  item.id = `${charm.uri}#${kind}`;
  item.description = String(policies.length);
  item.iconPath = new ThemeIcon(icons[kind]);
  item.contextValue = "group";
  return item;
}

function reasonItem({ text, place, citation }: ReasonView): TreeItem {
  const item = new TreeItem(text, TreeItemCollapsibleState.None);
  item.description = place ? `${visibleText(place.path)}:${place.line + 1}` : (citation ?? "");
  item.tooltip = citation ? `${text}\n${citation}` : text;
  item.iconPath = new ThemeIcon(place ? "go-to-file" : "book");
  item.contextValue = place ? "place" : "reason";
  if (place) item.command = revealCommand(place);
  return item;
}

function revealCommand(place: Place): Command {
  return { command: REVEAL_PLACE, title: l10n.t("Go to Source"), arguments: [place] };
}

/** A command that only the tree runs; it is not contributed to the palette. */
export const REVEAL_PLACE = "charmMesh.revealPlace";
