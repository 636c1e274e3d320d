import type { PyExpression, SourceFile, Span } from "#syntax";

/** `application:endpoint`, as integration tests write it. */
export interface QualifiedName {
  readonly application: PyExpression | string;
  /** Text with its place, or the expression that gives it; null where what follows the application is neither. */
  readonly endpoint: { readonly name: string; readonly span: Span } | PyExpression | null;
}

const WHOLE = /^([A-Za-z][\w-]*):([A-Za-z][\w-]*)$/;
const BEHIND_COLON = /^:([A-Za-z][\w-]*)$/;
const BEFORE_COLON = /^([A-Za-z][\w-]*):$/;
/** `{}:my-db`, `{app}:my-db` and `%s:my-db`: one field, then the endpoint. */
const ONE_FIELD = /^(?:\{\w*\}|%s):([A-Za-z][\w-]*)$/;
const TWO_FIELDS = /^(?:\{\w*\}:\{\w*\}|%s:%s)$/;

/**
 * The application and the endpoint of an expression that joins them with a colon: a string, an f-string, `+`, `%`, `str.format` or
 * `":".join`. Null for any other expression.
 */
export function qualifiedName(file: SourceFile, expression: PyExpression): QualifiedName | null {
  switch (expression.kind) {
    case "string": {
      const [, application, name] = WHOLE.exec(expression.value) ?? [];
      return application !== undefined && name !== undefined ? ended(file, expression, application, name) : null;
    }
    case "fstring":
      return ofFString(file, expression);
    case "binary":
      return expression.operator === "+" ? ofSum(file, expression) : ofPercent(file, expression);
    case "call":
      return ofCall(file, expression);
    default:
      return null;
  }
}

function ofFString(
  file: SourceFile,
  { parts: [first, second, third, ...rest] }: Extract<PyExpression, { kind: "fstring" }>,
): QualifiedName | null {
  if (first?.kind === "text") {
    const application = BEFORE_COLON.exec(first.value)?.[1];
    const isWhole = second?.kind === "field" && third === undefined;
    return application !== undefined && isWhole ? { application, endpoint: second.value } : null;
  }
  if (first?.kind !== "field" || second?.kind !== "text" || !second.value.startsWith(":")) return null;
  const application = first.value;
  if (third?.kind === "field" && second.value === ":" && rest.length === 0)
    return { application, endpoint: third.value };
  const name = third === undefined ? BEHIND_COLON.exec(second.value)?.[1] : undefined;
  if (name === undefined || file.text.slice(second.span.start, second.span.end) !== second.value)
    return third === undefined ? { application, endpoint: null } : null;
  return { application, endpoint: { name, span: { start: second.span.start + 1, end: second.span.end } } };
}

/** `APP + ":my-db"`, `APP + ":" + ENDPOINT` and `"app:" + ENDPOINT`. */
function ofSum(file: SourceFile, { left, right }: Extract<PyExpression, { kind: "binary" }>): QualifiedName | null {
  if (right.kind === "string") {
    const name = BEHIND_COLON.exec(right.value)?.[1];
    if (name !== undefined) return ended(file, right, left, name);
  }
  if (left.kind === "binary" && left.operator === "+" && left.right.kind === "string" && left.right.value === ":")
    return { application: left.left, endpoint: right };
  const application = left.kind === "string" ? BEFORE_COLON.exec(left.value)?.[1] : undefined;
  return application === undefined ? null : { application, endpoint: right };
}

function ofPercent(
  file: SourceFile,
  { operator, left, right }: Extract<PyExpression, { kind: "binary" }>,
): QualifiedName | null {
  if (operator !== "%" || left.kind !== "string") return null;
  return filled(file, left, right.kind === "tuple" ? right.items : [right]);
}

function ofCall(file: SourceFile, { callee, args }: Extract<PyExpression, { kind: "call" }>): QualifiedName | null {
  if (callee.kind !== "attribute" || callee.object.kind !== "string") return null;
  const text = callee.object;
  const values = args.map(({ value }) => value);
  if (callee.name.text === "format") return filled(file, text, values);
  const [joined] = values;
  if (callee.name.text !== "join" || text.value !== ":" || (joined?.kind !== "list" && joined?.kind !== "tuple"))
    return null;
  const [application, endpoint, ...rest] = joined.items;
  return application && endpoint && rest.length === 0 ? { application, endpoint } : null;
}

function filled(
  file: SourceFile,
  text: Extract<PyExpression, { kind: "string" }>,
  [application, endpoint]: readonly PyExpression[],
): QualifiedName | null {
  if (!application) return null;
  if (TWO_FIELDS.test(text.value)) return endpoint ? { application, endpoint } : null;
  const name = ONE_FIELD.exec(text.value)?.[1];
  return name === undefined ? null : ended(file, text, application, name);
}

/** A string that ends with the endpoint; null where its source is written with escapes or in several pieces. */
function ended(
  { text }: SourceFile,
  { value, span }: Extract<PyExpression, { kind: "string" }>,
  application: QualifiedName["application"],
  name: string,
): QualifiedName | null {
  const start = text.indexOf(value, span.start);
  const end = start + value.length;
  return start < 0 || end > span.end
    ? null
    : { application, endpoint: { name, span: { start: end - name.length, end } } };
}
