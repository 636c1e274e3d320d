export interface PanelPage {
  /** The webview's URI of the panel's script. */
  readonly script: string;
  /** The webview's URI of the script that draws Mermaid text, which the panel loads on demand. */
  readonly mermaid: string;
  /** The webview's URI of the panel's style sheet. */
  readonly style: string;
  /** The webview's source for local resources, as VS Code names it in policies. */
  readonly source: string;
  readonly nonce: string;
  readonly language: string;
  readonly title: string;
  /** What the page shows until the script runs. */
  readonly loading: string;
}

/**
 * The page of the panel: a strict content security policy, one script, one style sheet, nothing inline. The drawing runs in a
 * worker that is made from a blob; exported PNGs are drawn from a picture in a data URL.
 */
export function panelHtml({ script, mermaid, style, source, nonce, language, title, loading }: PanelPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `img-src ${source} data:`,
    `font-src ${source}`,
    "worker-src blob:",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<div class="charm-mesh"><p class="loading" role="status">${escaped(loading)}</p></div>
<script nonce="${escaped(nonce)}" src="${escaped(script)}" data-mermaid="${escaped(mermaid)}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
