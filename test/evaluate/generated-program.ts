import { dice } from "./dice.ts";

// Random Python programs that end, for comparing what the evaluator says with what CPython does. Decisions that only fall
// at run time are calls of `flag()`, which the runs answer differently; everything else is decided by the program itself.

type Kind = "int" | "text" | "list" | "set" | "dict";

/** The program of a seed: a class and functions, then statements, then one `probe(name, value)` per variable. */
export function generatedProgram(seed: number): string {
  return new Program(dice(seed)).text();
}

class Program {
  readonly roll: (below: number) => number;
  readonly lines: string[] = [];
  readonly names: Record<Kind, string[]> = {
    int: ["i0", "i1", "i2"],
    text: ["s0", "s1"],
    list: ["l0", "l1"],
    set: ["e0"],
    dict: ["d0"],
  };
  depth = 0;
  inLoop = false;
  inFunction = false;

  constructor(roll: (below: number) => number) {
    this.roll = roll;
  }

  text(): string {
    this.lines.push("from enum import Enum", "class Port(int, Enum):", "    a = 80", "    b = 443");
    this.lines.push("class Base:", "    shared = 7", "    ports = [1, 2]", "    def __init__(self, p, q=3):");
    this.lines.push("        self.p = p", "        self.q = q", "        self.items = [p]");
    this.lines.push("    @property", "    def double(self):", "        return self.p * 2", "    def add(self, n):");
    this.lines.push("        self.items.append(n)", "        return len(self.items)");
    this.lines.push(
      "class Sub(Base):",
      "    shared = 9",
      "    def __init__(self, p):",
      "        super().__init__(p, q=p + 1)",
    );
    this.lines.push(
      "        self._more()",
      "    def _more(self):",
      "        if self.p > 2:",
      "            self.extra = 'big'",
    );
    this.lines.push("        else:", "            self.extra = 'small'");
    this.lines.push("        if flag():", "            self.items.append(99)");
    for (let i = 0; i < 2; i++) this.definition(i);
    for (const name of this.names.int) this.lines.push(`${name} = ${this.roll(5)}`);
    for (const name of this.names.text) this.lines.push(`${name} = '${"ab".charAt(this.roll(2))}'`);
    for (const name of this.names.list) this.lines.push(`${name} = [${this.roll(3)}, ${this.roll(3)}]`);
    this.lines.push("l2 = l0 # another name for the same list");
    this.names.list.push("l2");
    this.lines.push("e0 = {1, 2}", "d0 = {'a': 1, 'b': 2}", "o0 = Base(1)", "o1 = Sub(2)");
    this.block("", 8 + this.roll(8));
    for (const name of Object.values(this.names).flat()) this.lines.push(`probe("${name}", ${name})`);
    for (const object of ["o0", "o1"]) {
      for (const attribute of ["p", "q", "shared", "double", "items"]) {
        this.lines.push(`probe("${object}.${attribute}", ${object}.${attribute})`);
      }
    }
    this.lines.push(`probe("extra", o1.extra)`, `probe("ports", [p.value for p in Port if p > 80])`);
    return `${this.lines.join("\n")}\n`;
  }

  /** A function of two parameters that changes nothing outside. */
  definition(index: number): void {
    this.lines.push(`def f${index}(a, b=${this.roll(4)}):`);
    const outer = { ...this.names };
    this.names.int = ["a", "b", "c"];
    this.names.text = ["t"];
    this.names.list = ["m"];
    this.names.set = ["u"];
    this.names.dict = ["w"];
    this.lines.push("    c = a", "    t = 'x'", "    m = [a]", "    u = {b}", "    w = {'a': a}");
    this.inFunction = true;
    this.block("    ", 2 + this.roll(4));
    this.lines.push(`    return ${this.expression("int", 2)}`);
    this.inFunction = false;
    Object.assign(this.names, outer);
  }

  block(indent: string, size: number): void {
    for (let i = 0; i < size; i++) this.statement(indent);
  }

  nested(indent: string): void {
    this.depth++;
    this.block(`${indent}    `, 1 + this.roll(3));
    this.depth--;
  }

  statement(indent: string): void {
    const simple = this.depth >= 2;
    const choice = this.roll(simple ? 13 : 19);
    const line = (text: string) => this.lines.push(`${indent}${text}`);
    const int = () => this.expression("int", 2);
    switch (choice) {
      case 0:
      case 1:
      case 2:
        line(`${this.variable("int")} = ${int()}`);
        break;
      case 3:
        line(`${this.variable("int")} += ${int()}`);
        break;
      case 4:
        line(`${this.variable("text")} = ${this.expression("text", 2)}`);
        break;
      case 5:
        line(`${this.variable("list")} = ${this.expression("list", 2)}`);
        break;
      case 6:
        line(`${this.variable("list")}.append(${int()})`);
        break;
      case 7:
        line(
          this.pick([
            `${this.variable("list")} += [${int()}]`,
            `${this.variable("list")}.extend(${this.expression("list", 1)})`,
            `${this.variable("list")}.insert(0, ${int()})`,
          ]),
        );
        break;
      case 8:
        line(
          this.pick([
            `${this.variable("set")}.add(${int()})`,
            `${this.variable("set")} |= {${int()}}`,
            `${this.variable("set")}.discard(${int()})`,
          ]),
        );
        break;
      case 9:
        line(
          this.pick([
            `${this.variable("dict")}['${this.pick(["a", "b", "c"])}'] = ${int()}`,
            `${this.variable("dict")}.update({'${this.pick(["a", "b", "c"])}': ${int()}})`,
            `${this.variable("dict")}.setdefault('${this.pick(["a", "b", "c"])}', ${int()})`,
          ]),
        );
        break;
      case 10:
        line(`${this.variable("set")} = ${this.expression("set", 2)}`);
        break;
      case 11:
        if (this.inFunction) line(`${this.variable("int")} = ${int()}`);
        else
          line(
            this.pick([
              `o0.p = ${int()}`,
              `o1.add(${int()})`,
              `o0.items.append(${int()})`,
              `o1.q += 1`,
              `o0 = Base(${int()})`,
            ]),
          );
        break;
      case 12:
        if (this.inLoop) line(this.pick(["if flag(): continue", "if flag(): break", `if ${this.test()}: continue`]));
        else line(`${this.variable("int")}, ${this.variable("int")} = ${int()}, ${int()}`);
        break;
      case 13:
      case 14:
      case 15: {
        line(`if ${this.test()}:`);
        this.nested(indent);
        if (this.roll(2) === 0) {
          line("else:");
          this.nested(indent);
        }
        break;
      }
      case 16: {
        const outer = this.inLoop;
        line(
          this.pick([
            `for ${this.variable("int")} in ${this.pick(["(1, 2, 3)", "range(2)", "maybe([4, 5])", "()"])}:`,
            "for _ in maybe([1, 2]):",
          ]),
        );
        this.inLoop = true;
        this.nested(indent);
        this.inLoop = outer;
        break;
      }
      case 17: {
        line("try:");
        this.nested(indent);
        this.lines.push(`${indent}    risky()`);
        line("except RuntimeError:");
        this.nested(indent);
        break;
      }
      default:
        if (this.inFunction) {
          line(`if ${this.test()}:`);
          this.lines.push(`${indent}    return ${int()}`);
        } else line(`${this.variable("int")} = f${this.roll(2)}(${int()}${this.roll(2) === 0 ? `, b=${int()}` : ""})`);
    }
  }

  test(): string {
    return this.pick([
      "flag()",
      "flag()",
      `${this.variable("int")} > ${this.roll(6)}`,
      `${this.variable("int")} == ${this.variable("int")}`,
      `${this.variable("int")} in ${this.variable("list")}`,
      `not ${this.variable("list")}`,
      `'${this.pick(["a", "b", "c"])}' in ${this.variable("dict")}`,
      `flag() and ${this.variable("int")} < 3`,
      `${this.variable("text")} == 'a'`,
    ]);
  }

  expression(kind: Kind, depth: number): string {
    const inner = (one: Kind) => this.expression(one, depth - 1);
    if (depth <= 0) return this.roll(3) === 0 ? this.literal(kind) : this.variable(kind);
    switch (kind) {
      case "int":
        return this.pick([
          this.literal("int"),
          this.variable("int"),
          `${inner("int")} + ${inner("int")}`,
          `(${inner("int")} if ${this.test()} else ${inner("int")})`,
          `len(${inner("list")})`,
          `${this.variable("dict")}.get('${this.pick(["a", "b", "c"])}', ${inner("int")})`,
          `sum(${inner("list")})`,
          `max(${inner("int")}, ${inner("int")})`,
          `(${inner("int")} or ${inner("int")})`,
          this.inFunction
            ? this.variable("int")
            : this.pick(["o0.p", "o1.q", "o0.double", "o1.shared", "Port.a.value"]),
          `int(str(${inner("int")}))`,
          `(lambda n: n + 1)(${inner("int")})`,
        ]);
      case "text":
        return this.pick([
          this.literal("text"),
          this.variable("text"),
          `f"{${inner("int")}}-{${this.variable("text")}}"`,
          `${inner("text")} + 'z'`,
          `${inner("text")}.upper()`,
        ]);
      case "list":
        return this.pick([
          `[${inner("int")}, ${inner("int")}]`,
          `${inner("list")} + ${inner("list")}`,
          `[n + ${inner("int")} for n in ${inner("list")} if n != ${this.roll(4)}]`,
          `sorted(${inner("set")})`,
          `list(${this.variable("dict")}.values())`,
          `maybe(${inner("list")})`,
          `[*${inner("list")}, ${inner("int")}]`,
          `${this.variable("list")}[:1]`,
        ]);
      case "set":
        return this.pick([
          `{${inner("int")}, ${inner("int")}}`,
          `set(${inner("list")})`,
          `${inner("set")} | ${inner("set")}`,
          `${inner("set")} & ${inner("set")}`,
          `${inner("set")} - ${inner("set")}`,
          `${this.variable("set")}.union(${inner("list")})`,
          `{n for n in ${inner("set")}}`,
        ]);
      case "dict":
        return this.pick([
          `{'${this.pick(["a", "b", "c"])}': ${inner("int")}, **${this.variable("dict")}}`,
          `{k: v + 1 for k, v in ${this.variable("dict")}.items()}`,
        ]);
    }
  }

  literal(kind: Kind): string {
    switch (kind) {
      case "int":
        return String(this.roll(6));
      case "text":
        return this.pick(["'a'", "'b'"]);
      case "list":
        return this.pick(["[]", "[1]", "[2, 3]"]);
      case "set":
        return this.pick(["set()", "{1}", "{2, 3}"]);
      case "dict":
        return this.pick(["{}", "{'a': 5}"]);
    }
  }

  variable(kind: Kind): string {
    return this.pick(this.names[kind]);
  }

  pick<T>(options: readonly T[]): T {
    return options[this.roll(options.length)] as T;
  }
}
