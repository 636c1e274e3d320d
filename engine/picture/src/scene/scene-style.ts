import { EDGE_STYLES, type EdgeKind } from "../style/edge-style.ts";

/** The colours of a picture, each as CSS writes it. */
export interface SceneColours {
  readonly ground: string;
  readonly ink: string;
  readonly quiet: string;
  readonly raised: string;
  /** Outlines of nodes and frames. */
  readonly outline: string;
  readonly frame: string;
  readonly tint: string;
  readonly line: string;
  readonly red: string;
  readonly blue: string;
  readonly green: string;
  readonly purple: string;
  readonly orange: string;
}

const KIND_COLOURS: Readonly<Record<EdgeKind, keyof SceneColours>> = {
  internal: "line",
  service: "blue",
  unit: "purple",
  telemetry: "green",
  "telemetry-bypass": "orange",
  denied: "red",
  suggested: "line",
  mesh: "line",
  "cross-model": "blue",
};

/**
 * The style sheet of a scene, for rules below `scope` (a selector). Width, dashes and heads distinguish the lines; colour only helps.
 * Without variables of CSS, functions or markers, so that any SVG viewer understands it with plain colours.
 */
export function sceneStyle(colours: SceneColours, scope: string): string {
  const rules: [string, string][] = [
    ["text", `fill:${colours.ink};text-anchor:middle;font-weight:400`],
    [".size-12", "font-size:12px"],
    [".size-13", "font-size:13px"],
    [".bold", "font-weight:600"],
    [".italic", "font-style:italic"],
    [".node .size-12", `fill:${colours.quiet}`],
    [".box text", `fill:${colours.quiet}`],
    [".frame", `fill:none;stroke:${colours.frame};stroke-width:1px`],
    [".box-cluster .frame", `fill:${colours.tint};stroke:${colours.blue};stroke-dasharray:6 3`],
    [".outline", `fill:${colours.raised};stroke:${colours.outline};stroke-width:1.25px`],
    [".node-coordinator .outline", `stroke:${colours.blue};stroke-width:2px`],
    [".placeholder .outline", `fill:${colours.ground};stroke-dasharray:5 3`],
    [".proxy", `fill:${colours.tint};stroke:${colours.green};stroke-width:1.25px`],
    [".icon", `fill:none;stroke:${colours.quiet};stroke-width:1.2px;stroke-linejoin:round;stroke-linecap:round`],
    [".mesh-badge", `fill:none;stroke:${colours.blue};stroke-width:1.2px;stroke-linejoin:round;stroke-linecap:round`],
    [".line", `fill:none;stroke:${colours.line};stroke-width:1.25px`],
    [".halo,{scope} .hit", "fill:none;stroke:none"],
    [".head-full", `fill:${colours.line};stroke:none`],
    [".head-open,{scope} .head-line", `fill:none;stroke:${colours.line};stroke-width:1.75px`],
    [".ground", `fill:${colours.ground}`],
    [".in-cluster .ground", `fill:${colours.tint}`],
  ];
  for (const { kind, className, width, dash } of EDGE_STYLES) {
    const colour = colours[KIND_COLOURS[kind]];
    rules.push([
      `.${className} .line`,
      `stroke:${colour};stroke-width:${width}px${dash === null ? "" : `;stroke-dasharray:${dash}`}`,
    ]);
    rules.push(...headRules(`.${className}`, colour));
  }
  rules.push([".sign-denied .line", `stroke:${colours.red}`], ...headRules(".sign-denied", colours.red));
  rules.push([".edge-label.sign-denied .ground + text,{scope} .edge-label.edge-denied text", `fill:${colours.red}`]);
  const halos = { opened: colours.green, closed: colours.red, widened: colours.orange };
  for (const [change, colour] of Object.entries(halos))
    rules.push([`.change-${change} .halo`, `stroke:${colour};stroke-opacity:.4;stroke-width:9px`]);
  rules.push([
    ".change-narrowed .halo,{scope} .change-changed .halo",
    `stroke:${colours.quiet};stroke-opacity:.3;stroke-width:9px`,
  ]);
  rules.push(['.edge-label[class*="change-"] .ground + text', "font-weight:700"]);
  return rules.map(([selector, text]) => `${scope} ${selector.replaceAll("{scope}", scope)}{${text}}`).join("\n");
}

function headRules(selector: string, colour: string): [string, string][] {
  return [
    [`${selector} .head-full`, `fill:${colour}`],
    [`${selector} .head-open,{scope} ${selector} .head-line`, `stroke:${colour}`],
  ];
}
