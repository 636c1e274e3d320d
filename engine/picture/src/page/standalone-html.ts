import { DEFAULT_GRAPH_OPTIONS, type GraphView, STANDALONE_STATE_ID, type StateMessage } from "#protocol";
import { visibleJson } from "#syntax";

/** The parts of a page by itself. */
export interface StandaloneParts {
  /** The panel's built script and style sheet. */
  readonly script: string;
  readonly style: string;
  readonly view: GraphView;
  readonly title: string;
  /** The SHA-256 of a text's UTF-8 bytes in base64, for the page's policy. */
  readonly sha256: (text: string) => string;
}

/**
 * The traffic graph as one self-contained HTML page, for a CI artefact or a wiki: the panel with its one message inside. Nothing in
 * the view can become markup or script. The page's own policy allows this one script and this one style sheet, each by its hash
 * (https://www.w3.org/TR/CSP3/#framework-directive-source-list), and nothing from elsewhere.
 */
export function standaloneHtml({ script, style, view, title, sha256 }: StandaloneParts): string {
  const state: StateMessage = {
    type: "state",
    graph: view,
    empty: view.nodes.length > 0 ? null : "There are no applications to draw.",
    stale: null,
    options: DEFAULT_GRAPH_OPTIONS,
    choices: { topologies: [], layers: [], canCompare: false },
    abilities: { reveal: false, options: false, reach: false, explain: false, save: false },
    theme: null,
  };
  const embeddedStyle = style.replaceAll(/<\/style/gi, "<\\/style");
  const embeddedScript = script.replaceAll(/<(\/script|!--)/gi, "\\x3c$1");
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(embeddedScript)}'`,
    `style-src 'sha256-${sha256(embeddedStyle)}'`,
    "img-src data:",
    "worker-src blob:",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapedText(title)}</title>
<style>${embeddedStyle}</style>
</head>
<body>
<script type="application/json" id="${STANDALONE_STATE_ID}">${embeddedJson(state)}</script>
<script>${embeddedScript}</script>
</body>
</html>
`;
}

function escapedText(text: string): string {
  return text.replaceAll(/[&<>"']|(?<=##)\[/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** JSON in which nothing can end the element around it, whose lone surrogates survive as escapes, and which hides nothing. */
function embeddedJson(value: unknown): string {
  return visibleJson(JSON.stringify(value)).replaceAll(
    /[<>&]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
