import type { ExportKind } from "#protocol";

const FILES: Readonly<Record<ExportKind, { readonly ending: string; readonly type: string }>> = {
  svg: { ending: "svg", type: "image/svg+xml" },
  png: { ending: "png", type: "image/png" },
  mermaid: { ending: "mmd", type: "text/plain" },
  markdown: { ending: "md", type: "text/markdown" },
  yaml: { ending: "yaml", type: "application/yaml" },
  json: { ending: "json", type: "application/json" },
};

/** Offers an exported file for download, where there is no host that saves it. */
export function offerDownload(kind: ExportKind, content: string): void {
  const { ending, type } = FILES[kind];
  const bytes = kind === "png" ? Uint8Array.from(atob(content), (char) => char.charCodeAt(0)) : content;
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `mesh-traffic.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
