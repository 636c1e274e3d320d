/** One element of an XML document, in the order in which they start. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * The elements of a document that is well-formed as XML 1.0 says it (https://www.w3.org/TR/xml/), without doctypes, comments and
 * sections of CDATA, which we do not write. Throws at the first place that is not.
 */
export function xmlElements(text: string): readonly XmlElement[] {
  const head = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(text);
  if (!head) throw new Error("no XML declaration");
  const elements: XmlElement[] = [];
  const open: string[] = [];
  const token = /<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|[^<]+/gy;
  token.lastIndex = head[0].length;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) throw new Error(`not well-formed: ${text.slice(at, at + 80)}`);
    const [whole, end, start, attributes = "", isEmpty] = found;
    if (end !== undefined && open.pop() !== end) throw new Error(`${end} ends and was not open`);
    if (start !== undefined) {
      if (open.length === 0 && elements.length > 0) throw new Error("two elements at the top");
      const pairs = [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(
        ([, name = "", value = ""]) => [name, content(value)] as const,
      );
      if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`${start} has an attribute twice`);
      elements.push({ name: start, attributes: new Map(pairs) });
      if (isEmpty === "") open.push(start);
    }
    if (end === undefined && start === undefined) {
      if (open.length === 0 && whole.trim() !== "") throw new Error("text outside of all elements");
      content(whole);
    }
  }
  if (open.length > 0) throw new Error(`${open.join(", ")} never end`);
  return elements;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Text with its references resolved; throws for a bare & and for characters that XML forbids. */
function content(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML 1.0 forbids.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) throw new Error("a forbidden character");
  return text.replace(/&(?:(\w+);|#(\d+);)?/g, (_, name, code) => {
    const found = name === undefined ? code && String.fromCodePoint(Number(code)) : ENTITIES[name];
    if (!found) throw new Error(`a bare & in ${text}`);
    return found;
  });
}
