"""Reads a JSON list of Python sources, writes for each the nodes that CPython's own parser sees, or null where it sees an error.

A node is a list [kind, start, end, detail…]; offsets count UTF-16 code units, as JavaScript's strings do. our-tree.ts writes
the same from our tree.
"""

import ast
import json
import re
import sys
import warnings

warnings.simplefilter("ignore")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.MatMult: "@", ast.Div: "/", ast.Mod: "%", ast.Pow: "**",
    ast.LShift: "<<", ast.RShift: ">>", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&", ast.FloorDiv: "//",
    ast.And: "and", ast.Or: "or", ast.Invert: "~", ast.Not: "not", ast.UAdd: "+", ast.USub: "-",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: "is", ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in",
}


class Tree:
    def __init__(self, source):
        self.source = source
        self.lines = LINE.findall(source)
        self.plain = source.isascii()
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + units(line))
        self.found = []

    def offset(self, line, column):
        if self.plain:
            return self.starts[line - 1] + column
        text = self.lines[line - 1].encode("utf-8", "surrogatepass")[:column].decode("utf-8", "surrogatepass")
        return self.starts[line - 1] + units(text)

    def span(self, node):
        start = self.offset(node.lineno, node.col_offset)
        for decorator in getattr(node, "decorator_list", []):
            at = self.offset(decorator.lineno, decorator.col_offset)
            start = min(start, units(self.text_before(at).rpartition("@")[0]))
        return start, self.offset(node.end_lineno, node.end_col_offset)

    def text_before(self, offset):
        if self.plain:
            return self.source[:offset]
        return self.source.encode("utf-16-le", "surrogatepass")[: 2 * offset].decode("utf-16-le", "surrogatepass")

    def note(self, kind, node, *detail):
        start, end = self.span(node)
        self.found.append([kind, start, end, *detail])

    def visit(self, node, within=None):
        handler = getattr(self, "see_" + type(node).__name__, None)
        if handler:
            if handler(node) is False:
                return
        elif isinstance(node, ast.BoolOp):
            if within != (type(node.op), "first"):
                self.note("boolean", node, OPERATORS[type(node.op)])
            for index, value in enumerate(node.values):
                self.visit(value, (type(node.op), "first" if index == 0 else "rest"))
            return
        for child in ast.iter_child_nodes(node):
            self.visit(child)

    def see_Name(self, node):
        self.note("name", node, node.id)

    def see_Constant(self, node):
        value = node.value
        if value is None or value is True or value is False or value is Ellipsis:
            self.note("constant", node, "Ellipsis" if value is Ellipsis else str(value))
        elif isinstance(value, str):
            if self.names_characters(node, value):
                self.note("named-characters", node)
            else:
                self.note("string", node, value, False)
        elif isinstance(value, bytes):
            self.note("string", node, value.decode("latin-1"), True)
        elif isinstance(value, int):
            self.note("number", node, value if abs(value) < 2**53 else None, True)
        elif isinstance(value, float):
            self.note("number", node, repr(value) if abs(value) == float("inf") else value, False)
        else:
            self.note("number", node, None, False)

    def names_characters(self, node, value):
        """Whether a string holds `\\N{…}`, whose value takes Unicode's table of names: our tree calls it unknown."""
        return "\\N{" in (ast.get_source_segment(self.source, node) or "") and "\\N{" not in value

    def see_JoinedStr(self, node):
        self.see_fstring(node)
        if sys.version_info >= (3, 12):
            self.visit_fields(node)
        return False

    def visit_fields(self, node):
        """The expressions in an f-string's fields; before Python 3.12 their places are wrong."""
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)
                if part.format_spec:
                    self.visit_fields(part.format_spec)

    def see_fstring(self, node):
        texts = "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        if self.names_characters(node, texts):
            self.note("named-characters", node)
            return
        parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
        conversions = [chr(part.conversion) if part.conversion > 0 else None for part in node.values if isinstance(part, ast.FormattedValue)]
        self.note("fstring", node, parts, conversions)

    def see_Attribute(self, node):
        self.note("attribute", node, node.attr)

    def see_Call(self, node):
        self.note("call", node, len(node.args) + len(node.keywords))

    def see_keyword(self, node):
        self.note("keyword", node, node.arg)

    def see_Subscript(self, node):
        self.note("subscript", node)

    def see_Slice(self, node):
        self.note("slice", node, [each is not None for each in (node.lower, node.upper, node.step)])

    def see_List(self, node):
        self.note("list", node, len(node.elts))

    def see_Tuple(self, node):
        self.note("tuple", node, len(node.elts))

    def see_Set(self, node):
        self.note("set", node, len(node.elts))

    def see_Dict(self, node):
        self.note("dict", node, [key is not None for key in node.keys])

    def see_ListComp(self, node):
        self.note("comprehension", node, "list", [len(each.ifs) for each in node.generators])

    def see_SetComp(self, node):
        self.note("comprehension", node, "set", [len(each.ifs) for each in node.generators])

    def see_GeneratorExp(self, node):
        self.note("comprehension", node, "generator", [len(each.ifs) for each in node.generators])

    def see_DictComp(self, node):
        self.note("dict-comprehension", node, [len(each.ifs) for each in node.generators])

    def see_IfExp(self, node):
        self.note("conditional", node)

    def see_BinOp(self, node):
        self.note("binary", node, OPERATORS[type(node.op)])

    def see_UnaryOp(self, node):
        self.note("unary", node, OPERATORS[type(node.op)])

    def see_Compare(self, node):
        self.note("comparison", node, [OPERATORS[type(each)] for each in node.ops])

    def see_Lambda(self, node):
        self.note("lambda", node)

    def see_NamedExpr(self, node):
        self.note("walrus", node, node.target.id)
        self.visit(node.value)
        return False

    def see_Starred(self, node):
        self.note("starred", node)

    def see_Await(self, node):
        self.note("await", node)

    def see_Yield(self, node):
        self.note("yield", node)

    def see_YieldFrom(self, node):
        self.note("yield-from", node)

    def see_arg(self, node):
        self.note("parameter", node, node.arg)

    def see_Expr(self, node):
        self.note("expression", node)

    def see_Assign(self, node):
        self.note("assign", node, len(node.targets))

    def see_AnnAssign(self, node):
        self.note("annotated-assign", node, node.value is not None)

    def see_AugAssign(self, node):
        self.note("augmented-assign", node, OPERATORS[type(node.op)] + "=")

    def see_Return(self, node):
        self.note("return", node)

    def see_Raise(self, node):
        self.note("raise", node)

    def see_If(self, node):
        self.note("if", node, len(node.body), len(node.orelse))

    def see_For(self, node):
        self.note("for", node, len(node.body), len(node.orelse))

    see_AsyncFor = see_For

    def see_While(self, node):
        self.note("while", node, len(node.body), len(node.orelse))

    def see_Try(self, node):
        self.note("try", node, len(node.body), len(node.handlers), len(node.orelse), len(node.finalbody))
        for handler in node.handlers:
            self.note("handler", handler, handler.name, type(node).__name__ == "TryStar")

    see_TryStar = see_Try

    def see_With(self, node):
        self.note("with", node, [each.optional_vars is not None for each in node.items])

    see_AsyncWith = see_With

    def see_Match(self, node):
        self.note("match", node, [len(each.body) for each in node.cases])
        self.visit(node.subject)
        for case in node.cases:
            self.note("pattern", case.pattern)
            for child in [case.guard, *case.body]:
                if child:
                    self.visit(child)
        return False

    def see_FunctionDef(self, node, is_async=False):
        self.note("function", node, node.name, is_async, len(node.decorator_list), len(node.body))

    def see_AsyncFunctionDef(self, node):
        self.see_FunctionDef(node, True)

    def see_ClassDef(self, node):
        self.note("class", node, node.name, len(node.decorator_list), len(node.body))

    def see_Import(self, node):
        self.note("import", node, [[each.name, each.asname] for each in node.names])

    def see_ImportFrom(self, node):
        self.note("import-from", node, node.module or "", node.level, [[each.name, each.asname] for each in node.names])

    def see_Global(self, node):
        self.note("global", node, node.names)

    def see_Nonlocal(self, node):
        self.note("nonlocal", node, node.names)

    def see_Delete(self, node):
        self.note("delete", node, len(node.targets))

    def see_Assert(self, node):
        self.note("assert", node, node.msg is not None)

    def see_TypeAlias(self, node):
        self.note("type-alias", node, node.name.id)
        for child in [*node.type_params, node.value]:
            self.visit(child)
        return False

    def see_TypeVar(self, node):
        self.note("type-parameter", node, node.name)

    see_TypeVarTuple = see_TypeVar
    see_ParamSpec = see_TypeVar

    def see_Pass(self, node):
        self.note("pass", node)

    def see_Break(self, node):
        self.note("break", node)

    def see_Continue(self, node):
        self.note("continue", node)


def units(text):
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def tree(source):
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = Tree(source)
    found.visit(module)
    return found.found


sys.setrecursionlimit(20_000)
json.dump([tree(source) for source in json.load(sys.stdin)], sys.stdout)
