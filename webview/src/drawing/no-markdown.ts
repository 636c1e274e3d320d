/** Stands for the package `marked`, which mermaid asks only for labels in backticks. No label of ours is one (engine/picture/src/mermaid/label.ts). */
export const marked = {
  lexer: (): never => {
    throw new Error("Markdown is left out of the drawing script.");
  },
};
