/** Draws Mermaid text with mermaid itself. */
export interface MermaidRenderer {
  /** The picture as the text of an SVG file. Rejects with mermaid's error, or where the script can't be loaded. */
  render(text: string, dark: boolean): Promise<string>;
}

declare global {
  interface Window {
    /** What the separate script `mermaid.js` leaves on the page once it ran. */
    charmMeshMermaid?: MermaidRenderer;
  }
}

/**
 * mermaid from a script of its own, which is loaded when the first text is drawn: it is larger than all of the panel. `source` is its
 * address, and `nonce` that of the page's policy.
 */
export function mermaidRenderer(source: string, nonce: string): MermaidRenderer {
  let loading: Promise<MermaidRenderer> | null = null;
  const loaded = () => {
    loading ??= new Promise<MermaidRenderer>((resolve, reject) => {
      const tag = document.createElement("script");
      tag.nonce = nonce;
      tag.src = source;
      tag.onload = () => {
        if (window.charmMeshMermaid) resolve(window.charmMeshMermaid);
        else reject(new Error("mermaid did not start."));
      };
      tag.onerror = () => {
        loading = null;
        reject(new Error("The script of mermaid can't be loaded."));
      };
      document.head.append(tag);
    });
    return loading;
  };
  return { render: async (text, dark) => (await loaded()).render(text, dark) };
}
