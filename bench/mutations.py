"""The small faults that `bench/mutants.py` puts into a program, in Python or JavaScript."""

import ast
import copy
import re
from collections.abc import Iterator
from typing import Any

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
OPERATED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
}


def others(node: ast.AST) -> Iterator[ast.AST]:  # noqa: C901, PLR0912, PLR0915 - it is a table
    """Yield what may stand in the place of a node."""
    match node:
        case ast.Compare(left, operators, right):
            for i, compared in enumerate(operators):
                for other in COMPARED[type(compared)]:
                    yield ast.Compare(left, [*operators[:i], other(), *operators[i + 1 :]], right)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
            for i in range(len(values)):
                rest = [*values[:i], *values[i + 1 :]]
                yield ast.BoolOp(operator, rest) if len(rest) > 1 else rest[0]
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.BinOp(left, operator, right) if type(operator) in OPERATED:
            yield ast.BinOp(left, OPERATED[type(operator)](), right)
        case ast.IfExp(_, body, orelse):
            yield body
            yield orelse
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Constant(str(value)):
            yield ast.Constant(value + "x")
        case ast.Constant(bytes(value)):
            yield ast.Constant(value[:-1] if len(value) > 1 else b"\2")
        case ast.Return(value) if value is not None:
            yield ast.Return(ast.Constant(None))
        case ast.Raise():
            yield ast.Pass()
        case ast.If(_, body, orelse):
            yield ast.If(ast.Constant(value=True), body, orelse)
            yield ast.If(ast.Constant(value=False), body, orelse)
        case ast.comprehension(target, iterated, conditions, is_async):
            for i in range(len(conditions)):
                rest = [*conditions[:i], *conditions[i + 1 :]]
                yield ast.comprehension(target, iterated, rest, is_async)
        case ast.Expr(ast.Call(ast.Name("need"))):
            yield ast.Pass()
        case _:
            return


def is_word(parent: ast.AST, field: str, index: int | None) -> bool:
    """Tell whether a node is only words for people, or a type."""
    match parent:
        case ast.Call(ast.Name("need" | "parts"), _):
            return field == "args" and index == 2
        case ast.Call(ast.Name("print")):
            return True
        case ast.arg() | ast.AnnAssign() | ast.FunctionDef():
            return field in {"annotation", "returns"}
        case ast.Expr():
            return isinstance(parent.value, ast.Constant)
        case _:
            return False


def places(node: ast.AST) -> Iterator[tuple[Any, Any, ast.AST]]:
    """Yield every place of a tree that holds a node, with what holds it."""
    for field, value in ast.iter_fields(node):
        rows = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, child in rows:
            if not isinstance(child, ast.AST) or is_word(node, field, index):
                continue
            yield (node, field, child) if index is None else (value, index, child)
            yield from places(child)


def put(holder: Any, key: Any, node: ast.AST) -> None:
    if isinstance(holder, list):
        holder[key] = node
    else:
        setattr(holder, key, node)


def python_mutants(text: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Yield line, change and tree of each mutant; the tree is good until the next one."""
    tree = ast.parse(text)
    line = 0
    for holder, key, node in list(places(tree)):
        line = getattr(node, "lineno", line)
        for other in others(node):
            put(
                holder,
                key,
                ast.copy_location(copy.deepcopy(other), node)
                if hasattr(node, "lineno")
                else other,
            )
            change = f"{shown(node)} => {shown(other)}"
            yield line, change, ast.fix_missing_locations(tree)
            put(holder, key, node)


def shown(node: ast.AST) -> str:
    text = ast.unparse(node).strip()
    return text if len(text) <= 110 else f"{text[:80]} ... {text[-25:]}"


JS_TOKEN = re.compile(
    r"//[^\n]*|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|`(?:[^`\\]|\\.)*`"
    r"|/(?![/*\s])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/[yu]*"
    r"|[A-Za-z_$][\w$]*|\d+n?|=>|===|!==|<=|>=|&&|\|\||\?\?|\*\*|>>|<<|\+=|\*=|\?\.|\.\.\.|[-+*/%<>!&?:=(){}\[\].,;]|\S"
)
JS_OTHERS = {
    "===": ["!=="],
    "!==": ["==="],
    "<": ["<=", ">="],
    "<=": ["<", ">"],
    ">": [">=", "<="],
    ">=": [">", "<"],
    "&&": ["||"],
    "||": ["&&"],
    "+": ["-"],
    "-": ["+"],
    "*": ["+"],
    "/": ["*"],
    "%": ["*"],
    "**": ["*"],
    ">>": ["<<"],
    "<<": [">>"],
    "&": ["|"],
    "+=": ["="],
    "*=": ["="],
    "!": [""],
    "true": ["false"],
    "false": ["true"],
    "return": ["return void 0;"],
    "throw": ["void"],
    "need": ["(() => {})"],
    "some": ["every"],
    "every": ["some"],
}


def js_mutants(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, change and text of each mutant; words for people and imports are left."""
    begin = text.index("const ID")
    for token in JS_TOKEN.finditer(text, begin):
        found = token[0]
        changed = list(JS_OTHERS.get(found, []))
        if re.fullmatch(r"\d+n?", found):
            number, suffix = int(found.rstrip("n")), "n" * found.endswith("n")
            changed = [
                f"{number + 1}{suffix}",
                f"{number - 1}{suffix}" if number else f"-1{suffix}",
            ]
        elif re.fullmatch(r"'[^ ]+'", found) or found == "' '":
            changed = [found[:-1] + "x'"]
        before, after = text[: token.start()], text[token.end() :]
        if found == "need" and before.endswith("function "):
            continue
        if found == "-" and not re.search(r"[\w)\]] $", before):
            continue  # a sign
        line = before.count("\n") + 1
        for i, other in enumerate(changed):
            here = f"{before[-25:]}[{found} => {other}]{after[:25]}".replace("\n", " ")
            yield line, f"{i}: {here}", before + other + after
