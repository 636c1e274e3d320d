import fc from "fast-check";

/*
 * Python programs by grammar, with the freedom of layout that Python leaves: blanks, line breaks and comments inside of
 * brackets, quotes of all kinds, letters from everywhere. All of them parse with Python 3.11.
 */

const name = fc.constantFrom(
  "a",
  "b",
  "self",
  "x_1",
  "match",
  "case",
  "type",
  "print",
  "exec",
  "_",
  "größe",
  "名",
  "ﬁ".normalize("NFKC"),
  "Zzz",
  "relation",
);
const blank = fc.constantFrom("", "", "", " ", "  ");
/** Between tokens inside of brackets, where a line may end. */
const deep = " ".repeat(44);
const gap = fc.constantFrom("", "", " ", `\n${deep}`, `  # note\n${deep}   `, `\n\n${deep}  `);

const number = fc.oneof(
  fc.nat(70000).map(String),
  fc.constantFrom(
    "0x1F",
    "0o17",
    "0b101",
    "1_000",
    "1.5",
    ".5",
    "2.",
    "1e3",
    "1E-2",
    "3j",
    "12345678901234567890",
    "0",
  ),
);

const plainPiece = fc.constantFrom(
  "abc",
  " ",
  "é",
  "😀",
  "\\n",
  "\\'",
  '\\"',
  "\\x41",
  "\\u00e9",
  "\\\\",
  "{{",
  "}}",
  "{}",
  "%s",
  "\\\n",
  "\\q",
  "\\101",
);
const string = fc
  .tuple(
    fc.constantFrom("", "", "r", "b", "u", "Rb"),
    fc.constantFrom('"', "'", '"""', "'''"),
    fc.array(plainPiece, { maxLength: 4 }),
  )
  .map(([prefix, quote, pieces]) => {
    const bytes = /b/i.test(prefix);
    const inside = (bytes ? pieces.filter((piece) => /^[ -~\n]*$/.test(piece)) : pieces).join("");
    return `${prefix}${quote}${inside}${quote}`;
  });

const { expression } = fc.letrec<{ expression: string; atom: string }>((tie) => {
  const inner = tie("expression");
  const atom = tie("atom");
  const list = (min: number, max: number) =>
    fc.array(
      fc.tuple(gap, inner, gap).map((parts) => parts.join("")),
      { minLength: min, maxLength: max },
    );
  const field = fc
    .tuple(
      atom.filter((text) => !/["'\\#\n{}!:=]|lambda/.test(text)),
      fc.constantFrom("", "!r", "!s", ":>5", ":{x_1}", "!a:.2f", "=", " = "),
    )
    .map(([text, rest]) => `{ ${text}${rest}}`);
  return {
    atom: fc.oneof(
      { depthSize: "xsmall", withCrossShrink: true },
      name,
      number,
      string,
      fc.constantFrom("None", "True", "False", "...", "()", "[]", "{}"),
      fc
        .tuple(string, fc.constantFrom(" ", "  "), string)
        .filter(([a, , b]) => /^[rR]?[bB]/.test(a) === /^[rR]?[bB]/.test(b))
        .map((parts) => parts.join("")),
      fc
        .array(fc.oneof(field, fc.constantFrom("text", " ", "{{", "}}", "é")), { maxLength: 3 })
        .map((parts) => `f"${parts.join("")}"`),
      list(1, 3).map((items) => `(${items.join(",")},)`),
      list(0, 3).map((items) => `[${items.join(",")}]`),
      list(1, 3).map((items) => `{${items.join(",")}}`),
      fc
        .array(fc.tuple(gap, inner, blank, gap, inner), { maxLength: 3 })
        .map((pairs) => `{${pairs.map(([a, key, b, c, value]) => `${a}(${key})${b}:${c}${value}`).join(",")}}`),
      fc.tuple(gap, inner, gap).map((parts) => `(${parts.join("")})`),
      fc
        .tuple(atom, name)
        .map(([object, attribute]) => (/^[\d.]/.test(object) ? `(${object}).${attribute}` : `${object}.${attribute}`)),
      fc.tuple(atom, list(0, 3)).map(([object, items]) => `${object}(${items.join(",")})`),
      fc.tuple(name, name, inner, inner).map(([callee, key, a, b]) => `${callee}(${a}, ${key}=${b}, *[${a}], **{})`),
      fc.tuple(atom, inner).map(([object, index]) => `${object}[${index}]`),
      fc.tuple(name, inner, inner).map(([object, low, high]) => `${object}[(${low}):(${high}), ::1]`),
      fc
        .tuple(inner, name, inner, inner)
        .map(([body, target, source, test]) => `[(${body}) for ${target} in (${source}) if (${test})]`),
      fc
        .tuple(inner, inner, name, inner)
        .map(([key, value, target, source]) => `{(${key}): (${value}) for ${target}, b in (${source})}`),
      fc.tuple(inner, name, inner).map(([body, target, source]) => `a((${body}) for ${target} in (${source}))`),
    ),
    expression: fc.oneof(
      { depthSize: "xsmall", withCrossShrink: true },
      atom,
      fc
        .tuple(
          atom,
          blank,
          fc.constantFrom("+", "-", "*", "/", "//", "%", "@", "**", "|", "&", "^", "<<", ">>"),
          blank,
          atom,
        )
        .map(([a, b, operator, c, d]) => `${a} ${b}${operator}${c} ${d}`),
      fc
        .tuple(
          atom,
          fc.constantFrom("<", "==", "!=", "in", "not in", "is", "is not", ">="),
          atom,
          fc.constantFrom("<=", "is  not", "not   in"),
          atom,
        )
        .map((parts) => parts.join(" ")),
      fc
        .tuple(atom, fc.constantFrom("and", "or"), atom, fc.constantFrom("and", "or"), atom)
        .map((parts) => parts.join(" ")),
      fc.tuple(fc.constantFrom("not ", "-", "~", "+", "- -"), atom).map((parts) => parts.join("")),
      fc.tuple(atom, atom, inner).map(([then, test, otherwise]) => `${then} if ${test} else ${otherwise}`),
      fc.tuple(name, inner).map(([parameter, body]) => `lambda ${parameter}, b_=1, *c_, **d_: ${body}`),
    ),
  };
});

const target = fc.oneof(
  name,
  fc.tuple(name, name).map(([object, attribute]) => `${object}.${attribute}`),
  fc.tuple(name, expression).map(([object, index]) => `${object}[${index}]`),
  fc.tuple(name, name).map(([a, b]) => `${a}, ${b}`),
  fc.tuple(name, name).map(([a, b]) => `(${a}, *${b})`),
  fc.tuple(name, name).map(([a, b]) => `[${a}, ${b}]`),
);

const annotation = fc.oneof(
  name,
  string.filter((text) => !/^[rR]?[bB]/.test(text)),
  fc.tuple(name, name, name).map(([a, b, c]) => `${a}[${b}, ${c} | None]`),
  fc.tuple(name, name, name).map(([a, b, c]) => `${a}.${b}[[${c}], int] | None | ${a}`),
);

const simple = fc.oneof(
  expression,
  fc.tuple(target, expression).map(([left, right]) => `${left} = ${right}`),
  fc.tuple(target, target, expression).map(([a, b, right]) => `${a} = ${b} = ${right}`),
  fc.tuple(name, annotation, expression).map(([left, type, right]) => `${left}: ${type} = ${right}`),
  fc.tuple(name, annotation).map(([left, type]) => `self.${left}: ${type}`),
  fc.tuple(name, fc.constantFrom("+=", "-=", "|=", "//=", ">>="), expression).map((parts) => parts.join(" ")),
  fc.tuple(expression, expression).map(([a, b]) => `assert ${a}, ${b}`),
  fc.tuple(name, name, name).map(([a, b, c]) => `from .${a}.${b} import (${c}, ${a} as ${b},)`),
  fc.tuple(name, name).map(([a, b]) => `import ${a}.${b} as ${b}, ${a}`),
  fc.tuple(expression, expression).map(([a, b]) => `raise ${a} from ${b}`),
  fc.constantFrom("pass", "del a, b.c", "x = 1; y = 2;"),
);

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

const { block } = fc.letrec<{ block: string[] }>((tie) => {
  const body = tie("block");
  const compound = fc.oneof(
    { depthSize: "xsmall" },
    fc
      .tuple(expression, body, expression, body, body)
      .map(([a, b, c, d, e]) => [`if ${a}:`, ...indented(b), `elif ${c}:`, ...indented(d), "else:", ...indented(e)]),
    fc.tuple(name, expression, body).map(([a, b, c]) => [`for ${a} in ${b}:`, ...indented(c)]),
    fc.tuple(expression, body).map(([a, b]) => [`while ${a}:`, ...indented(b)]),
    fc.tuple(expression, name, body).map(([a, b, c]) => [`with (${a}) as ${b}, open(${b}):`, ...indented(c)]),
    fc
      .tuple(body, name, body, body)
      .map(([a, b, c, d]) => ["try:", ...indented(a), `except ${b} as e:`, ...indented(c), "finally:", ...indented(d)]),
    fc
      .tuple(name, name, annotation, expression, body)
      .map(([a, b, c, d, e]) => [
        `@${a}`,
        `def ${b}(self, p: ${c} = ${d}, *args, key=${d}, **kwargs) -> ${c}:`,
        ...indented(e),
      ]),
    fc.tuple(name, expression, body).map(([a, b, c]) => [`class ${a}(${b}, metaclass=A):`, ...indented(c)]),
    fc
      .tuple(expression, body, body)
      .map(([a, b, c]) => [
        `match ${a}:`,
        "    case {'k': [1, *_], **rest} if rest:",
        ...indented(indented(b)),
        "    case A(b=1) | None:",
        ...indented(indented(c)),
      ]),
  );
  return {
    block: fc
      .array(
        fc.oneof(
          { depthSize: "xsmall", withCrossShrink: true },
          simple.map((text) => [text]),
          fc.constant(["", "# note"]),
          compound,
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((parts) => [...parts.flat(), "pass"]),
  };
});

/** A whole program. Strings over several lines are left out where indentation would change them. */
export const program: fc.Arbitrary<string> = fc
  .array(block, { minLength: 1, maxLength: 3 })
  .map((blocks) => `${blocks.flat().join("\n")}\n`);
