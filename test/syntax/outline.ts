/*
 * What of a module can be read, as texts that can be compared: one line per fact, without spans, so that the reading of a
 * half-typed file can be held against that of the whole one.
 */

import type { PyExpression, PyModule, PyStatement } from "#syntax";

/** An expression on one line; what is broken is `‽`. */
export function shown(node: PyExpression): string {
  switch (node.kind) {
    case "name":
      return node.id;
    case "string":
      return JSON.stringify(node.value);
    case "number":
      return String(node.value);
    case "constant":
      return node.value;
    case "attribute":
      return `${shown(node.object)}.${node.name.text}`;
    case "call":
      return `${shown(node.callee)}(${node.args.map((arg) => `${arg.name ? `${arg.name.text}=` : ""}${shown(arg.value)}`).join(", ")})`;
    case "subscript":
      return `${shown(node.object)}[${shown(node.index)}]`;
    case "list":
    case "tuple":
    case "set":
      return `${node.kind}(${node.items.map(shown).join(", ")})`;
    case "dict":
      return `{${node.entries.map((entry) => (entry.kind === "pair" ? `${shown(entry.key)}: ${shown(entry.value)}` : `**${shown(entry.value)}`)).join(", ")}}`;
    case "broken":
      return "‽";
    case "starred":
      return `*${shown(node.value)}`;
    case "boolean":
    case "binary":
      return `(${shown(node.left)} ${node.operator} ${shown(node.right)})`;
    case "unary":
      return `(${node.operator} ${shown(node.operand)})`;
    case "comparison":
      return `(${shown(node.left)}${node.rest.map((each) => ` ${each.operator} ${shown(each.right)}`).join("")})`;
    case "conditional":
      return `(${shown(node.then)} if ${shown(node.test)} else ${shown(node.otherwise)})`;
    case "fstring":
      return `f(${node.parts.map((part) => (part.kind === "text" ? JSON.stringify(part.value) : shown(part.value))).join(" ")})`;
    case "lambda":
      return `lambda: ${shown(node.body)}`;
    case "comprehension":
      return `${node.result}(${shown(node.element)} ${node.clauses.map((clause) => `for ${shown(clause.target)} in ${shown(clause.iterable)}`).join(" ")})`;
    default:
      return node.kind;
  }
}

/**
 * The facts of a module: each statement on a line with the names of the classes and functions that it stands in. A call with
 * keyword arguments, a dictionary and a list are taken apart, so that each argument, pair and element is a fact of its own.
 */
export function outline(module: PyModule): string[] {
  return facts(module).map((fact) => fact.text);
}

export interface OutlineFact {
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
}

/** The same facts with their places. */
export function facts(module: PyModule): OutlineFact[] {
  const found: OutlineFact[] = [];
  for (const statement of module.body) visit(found, "", statement);
  return found;
}

function visit(facts: OutlineFact[], path: string, statement: PyStatement): void {
  switch (statement.kind) {
    case "class":
    case "function": {
      const inner = `${path}${statement.kind} ${statement.name.text} / `;
      const head =
        statement.kind === "class"
          ? statement.bases.map((base) => shown(base.value))
          : statement.parameters.map((each) => each.name.text);
      facts.push({
        text: `${path}${statement.kind} ${statement.name.text}(${head.join(", ")})`,
        start: statement.name.span.start,
      });
      for (const decorator of statement.decorators)
        facts.push({ text: `${inner}@${shown(decorator)}`, start: statement.name.span.start });
      for (const each of statement.body) visit(facts, inner, each);
      return;
    }
    case "assign":
      spread(facts, `${path}${statement.targets.map(shown).join(" = ")} = `, statement.value, statement.span.start);
      return;
    case "annotated-assign":
      spread(
        facts,
        `${path}${shown(statement.target)}: ${shown(statement.annotation)} = `,
        statement.value,
        statement.span.start,
      );
      return;
    case "expression":
      spread(facts, path, statement.value, statement.span.start);
      return;
    case "return":
      spread(facts, `${path}return `, statement.value, statement.span.start);
      return;
    case "if":
      facts.push({ text: `${path}if ${shown(statement.test)}`, start: statement.span.start });
      for (const each of statement.then) visit(facts, `${path}if / `, each);
      for (const each of statement.otherwise) visit(facts, `${path}else / `, each);
      return;
    case "import":
      for (const name of statement.names)
        facts.push({ text: `${path}import ${name.name.text} as ${name.as?.text ?? ""}`, start: statement.span.start });
      return;
    case "import-from":
      for (const name of statement.names) {
        facts.push({
          text: `${path}from ${".".repeat(statement.level)}${statement.module.text} import ${name.name.text} as ${name.as?.text ?? ""}`,
          start: statement.span.start,
        });
      }
      return;
    case "for":
      facts.push({
        text: `${path}for ${shown(statement.target)} in ${shown(statement.iterable)}`,
        start: statement.span.start,
      });
      for (const each of statement.body) visit(facts, `${path}for / `, each);
      return;
    case "with":
      facts.push({
        text: `${path}with ${statement.items.map((item) => shown(item.value)).join(", ")}`,
        start: statement.span.start,
      });
      for (const each of statement.body) visit(facts, `${path}with / `, each);
      return;
    case "try":
      for (const each of statement.body) visit(facts, `${path}try / `, each);
      for (const handler of statement.handlers) {
        facts.push({ text: `${path}except ${handler.type ? shown(handler.type) : ""}`, start: handler.span.start });
        for (const each of handler.body) visit(facts, `${path}except / `, each);
      }
      return;
    case "broken":
      return;
    default:
      facts.push({ text: path + statement.kind, start: statement.span.start });
  }
}

function spread(facts: OutlineFact[], path: string, value: PyExpression | null, start: number): void {
  if (!value) {
    facts.push({ text: path, start });
    return;
  }
  if (value.kind === "call") {
    facts.push({ text: `${path}${shown(value.callee)}(…)`, start });
    const inner = `${path}${shown(value.callee)} `;
    for (const arg of value.args)
      spread(facts, `${inner}${arg.name ? `${arg.name.text}=` : "· "}`, arg.value, arg.span.start);
  } else if (value.kind === "dict") {
    facts.push({ text: `${path}{…}`, start });
    for (const entry of value.entries) {
      if (entry.kind === "pair") spread(facts, `${path}[${shown(entry.key)}] `, entry.value, entry.span.start);
      else facts.push({ text: `${path}**${shown(entry.value)}`, start });
    }
  } else if (value.kind === "list") {
    facts.push({ text: `${path}[…]`, start });
    for (const item of value.items) spread(facts, `${path}- `, item, item.span.start);
  } else {
    facts.push({ text: path + shown(value), start });
  }
}
