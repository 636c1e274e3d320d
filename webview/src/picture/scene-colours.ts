import { type SceneColours, sceneStyle } from "#picture";

/** The picture's colours by the theme's, as tokens.css names them. */
const THEME_COLOURS: SceneColours = {
  ground: "var(--ground)",
  ink: "var(--ink)",
  quiet: "var(--quiet)",
  raised: "var(--raised)",
  outline: "var(--node-line)",
  frame: "var(--frame-line)",
  tint: "var(--tint)",
  line: "var(--line)",
  red: "var(--red)",
  blue: "var(--blue)",
  green: "var(--green)",
  purple: "var(--purple)",
  orange: "var(--orange)",
};

/** Gives the page the looks of pictures. They count less than any rule of the panel's own style sheet about states. */
export function addSceneStyle(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(sceneStyle(THEME_COLOURS, ":where(.scene)"));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** The theme's colours as they are now, for a file that has no theme. */
export function currentColours(root: Element): SceneColours {
  const probe = document.createElement("span");
  root.append(probe);
  const colours = Object.entries(THEME_COLOURS).map(([name, value]) => {
    probe.style.setProperty("color", value);
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(colours) as unknown as SceneColours;
}
