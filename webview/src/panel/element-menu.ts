import type { MenuAction } from "#protocol";

/** The entries of an element's menu on a page by itself, in groups. VS Code has the same in package.json (`webview/context`). */
export function elementMenu(
  kind: "node" | "edge" | "group",
  canReveal: boolean,
): readonly (readonly { readonly name: MenuAction; readonly title: string }[])[] {
  const groups = [
    canReveal ? [{ name: "source", title: "Open Source" }] : [],
    kind === "node"
      ? [
          { name: "reaches", title: "What Can It Reach?" },
          { name: "reachedBy", title: "Who Can Reach It?" },
        ]
      : [],
    kind === "group"
      ? []
      : [
          { name: "neighbours", title: kind === "node" ? "Show Only Its Neighbours" : "Show Only Its Two Ends" },
          { name: "hide", title: "Hide" },
        ],
    kind === "group"
      ? []
      : [
          { name: "copyIdentity", title: kind === "node" ? "Copy Identity" : "Copy Identity of the Source" },
          { name: "copyFind", title: "Copy Find Expression" },
        ],
  ] as const satisfies readonly (readonly { readonly name: MenuAction; readonly title: string }[])[];
  return groups.filter((group) => group.length > 0);
}
