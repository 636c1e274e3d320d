/** The text of a function of one argument, `drawingPort`: the bundle of that script (scripts/drawing.mjs). */
declare module "*?script" {
  const text: string;
  export default text;
}

declare module "*.svg" {
  const text: string;
  export default text;
}

declare module "*.css" {}
