import type { StateMessage } from "#protocol";

type Theme = NonNullable<StateMessage["theme"]>;

const CLASSES: Readonly<Record<Theme, readonly string[]>> = {
  light: ["vscode-light"],
  dark: ["vscode-dark"],
  "high-contrast": ["vscode-dark", "vscode-high-contrast"],
  "high-contrast-light": ["vscode-light", "vscode-high-contrast", "vscode-high-contrast-light"],
};
const ALL = [...new Set(Object.values(CLASSES).flat())];

/** The theme that a reader's own settings ask for. */
function preferredTheme(): Theme {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const contrast = matchMedia("(prefers-contrast: more)").matches;
  return dark ? (contrast ? "high-contrast" : "dark") : contrast ? "high-contrast-light" : "light";
}

/**
 * Keeps the page in a theme where no VS Code does. VS Code names its theme in the body's classes before any script runs; where it
 * has not, the page follows what the host asks for, else the reader's settings, also when these change.
 */
export function pageTheme(changed: () => void): (wanted: Theme | null) => void {
  const { body } = document;
  if (ALL.some((name) => body.classList.contains(name))) return () => {};
  let wanted: Theme | null = null;
  const apply = () => {
    body.classList.remove(...ALL);
    body.classList.add("alone", ...CLASSES[wanted ?? preferredTheme()]);
    changed();
  };
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"])
    matchMedia(query).addEventListener("change", apply);
  apply();
  return (next) => {
    if (next === wanted) return;
    wanted = next;
    apply();
  };
}
