import account from "@vscode/codicons/src/icons/account.svg";
import add from "@vscode/codicons/src/icons/add.svg";
import arrowBoth from "@vscode/codicons/src/icons/arrow-both.svg";
import arrowDown from "@vscode/codicons/src/icons/arrow-down.svg";
import arrowRight from "@vscode/codicons/src/icons/arrow-right.svg";
import arrowUp from "@vscode/codicons/src/icons/arrow-up.svg";
import chevronDown from "@vscode/codicons/src/icons/chevron-down.svg";
import circleSlash from "@vscode/codicons/src/icons/circle-slash.svg";
import close from "@vscode/codicons/src/icons/close.svg";
import code from "@vscode/codicons/src/icons/code.svg";
import copy from "@vscode/codicons/src/icons/copy.svg";
import database from "@vscode/codicons/src/icons/database.svg";
import error from "@vscode/codicons/src/icons/error.svg";
import exportIcon from "@vscode/codicons/src/icons/export.svg";
import eyeClosed from "@vscode/codicons/src/icons/eye-closed.svg";
import globe from "@vscode/codicons/src/icons/globe.svg";
import goToFile from "@vscode/codicons/src/icons/go-to-file.svg";
import groupBy from "@vscode/codicons/src/icons/group-by-ref-type.svg";
import info from "@vscode/codicons/src/icons/info.svg";
import layers from "@vscode/codicons/src/icons/layers.svg";
import sidebar from "@vscode/codicons/src/icons/layout-sidebar-right.svg";
import linkExternal from "@vscode/codicons/src/icons/link-external.svg";
import packageIcon from "@vscode/codicons/src/icons/package.svg";
import pass from "@vscode/codicons/src/icons/pass.svg";
import question from "@vscode/codicons/src/icons/question.svg";
import radioTower from "@vscode/codicons/src/icons/radio-tower.svg";
import refresh from "@vscode/codicons/src/icons/refresh.svg";
import remove from "@vscode/codicons/src/icons/remove.svg";
import screenFull from "@vscode/codicons/src/icons/screen-full.svg";
import search from "@vscode/codicons/src/icons/search.svg";
import serverEnvironment from "@vscode/codicons/src/icons/server-environment.svg";
import serverProcess from "@vscode/codicons/src/icons/server-process.svg";
import settings from "@vscode/codicons/src/icons/settings.svg";
import table from "@vscode/codicons/src/icons/table.svg";
import graph from "@vscode/codicons/src/icons/type-hierarchy.svg";
import warning from "@vscode/codicons/src/icons/warning.svg";
import type { NodeView } from "#protocol";

/** The codicons that the panel uses, as text: no font to load, and exported pictures hold them too. */
const ICONS = {
  account,
  add,
  arrowBoth,
  arrowDown,
  arrowRight,
  arrowUp,
  chevronDown,
  circleSlash,
  close,
  code,
  copy,
  database,
  error,
  export: exportIcon,
  eyeClosed,
  globe,
  goToFile,
  graph,
  groupBy,
  info,
  layers,
  linkExternal,
  package: packageIcon,
  pass,
  question,
  radioTower,
  refresh,
  remove,
  screenFull,
  search,
  serverEnvironment,
  serverProcess,
  settings,
  sidebar,
  table,
  warning,
} as const;

export type IconName = keyof typeof ICONS;

/** The icon of a kind of node. */
export const NODE_ICONS: Readonly<Record<NodeView["kind"], IconName>> = {
  coordinator: "serverEnvironment",
  worker: "serverProcess",
  application: "package",
  backend: "database",
  client: "account",
  ingress: "globe",
  beacon: "radioTower",
  group: "groupBy",
};

/** The lines of an icon, as SVG path data in a square of 16. */
export function iconPaths(name: IconName): readonly string[] {
  return [...ICONS[name].matchAll(/ d="([^"]+)"/g)].map(([, d]) => d ?? "");
}

/** An icon. Screen readers skip it: the same is said by a text beside it or by its button. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      {iconPaths(name).map((d) => (
        <path key={d} d={d} fill-rule="evenodd" clip-rule="evenodd" />
      ))}
    </svg>
  );
}
