import { DEFAULT_GRAPH_OPTIONS, type GraphView, STANDALONE_STATE_ID, type StateMessage } from "#protocol";

/** The parts of a page by itself. */
export interface StandaloneParts {
  /** The panel's built script and style sheet. */
  readonly script: string;
  readonly style: string;
  readonly view: GraphView;
  readonly title: string;
  /** For the page's policy; the page has no other script, so any text of letters and digits does. */
  readonly nonce?: string;
}

/**
 * The traffic graph as one self-contained HTML page, for a CI artefact or a wiki: the panel with its one message inside. Nothing in
 * the view can become markup or script, and the page's own policy allows nothing from elsewhere.
 */
export function standaloneHtml({ script, style, view, title, nonce = "charmmesh" }: StandaloneParts): string {
  const state: StateMessage = {
    type: "state",
    graph: view,
    empty: view.nodes.length > 0 ? null : "There are no applications to draw.",
    stale: null,
    options: DEFAULT_GRAPH_OPTIONS,
    choices: { topologies: [], layers: [], canCompare: false },
    abilities: { reveal: false, options: false, reach: false, save: false },
    theme: null,
  };
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
    "img-src data: blob:",
    "font-src data:",
    "worker-src blob:",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapedText(title)}</title>
<style>${style.replaceAll(/<\/style/gi, "<\\/style")}</style>
</head>
<body>
<script type="application/json" id="${STANDALONE_STATE_ID}">${embeddedJson(state)}</script>
<script nonce="${nonce}">${script.replaceAll(/<(\/script|!--)/gi, "\\x3c$1")}</script>
</body>
</html>
`;
}

function escapedText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** JSON in which nothing can end the element around it, and whose lone surrogates survive as escapes. */
function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
