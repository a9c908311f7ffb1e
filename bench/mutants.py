"""Change the verifiers one small thing at a time; each change must be seen by a vector.

python bench/mutants.py                       both verifiers, every mutant (some minutes)
python bench/mutants.py --short               a sample of them
python bench/mutants.py MODULE --tests PATH   another module of src/kalends, by its own tests

A mutant that nothing sees ("survived") must stand in EQUIVALENT with the reason why it is none;
otherwise the exit code is 1.
"""

import argparse
import ast
import contextlib
import copy
import io
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
VERIFIER = ROOT / "src/kalends/audit/verifier"
VECTORS = ROOT / "tests/vectors"
SECONDS = 3  # for a vector in Python; for all of them in Node six times that

# The line's text, and a piece of what was changed ("" for every change of it): the reason.
EQUIVALENT: dict[tuple[str, str], str] = {
    (
        'const isNext = before < index && line.startsWith(`{"stream":"activity-${activity}",`);',
        "< => <=",
    ): "the same event twice has its version twice",
    (
        "is_so = not small and y < P and x * x % P == square and s < L and len(signature) == 64",
        "s < L => s <= L",
    ): "nobody can make one with S = 0: R would have to be -kA, and k is a hash of R",
    ("let before = -1;", "1 => 2"): "no index is below 0",
    (
        'small = SMALL & {y, int.from_bytes(signature[:32], "little") % 2**255}  # neither A nor R',
        "32 => 33",
    ): "the 33rd octet is a multiple of 2**255",
    (
        'is_so = before < index and line.startswith(f\'{{"stream":"activity-{activity}",\')',
        "before <= index",
    ): "the same event twice has its version twice",
    ('raise AssertionError(f"REFUSED {code}: {why}" if code else f"USAGE {why}")', "x'"): (
        "words for people, behind the verdict's own"
    ),
    ("x = pow(square, (P + 3) // 8, P)", "3 => 4"): "P + 3 is a multiple of 8",
    (
        "x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P",
        "P - 1 => P + 1",
    ): "P - 1 is a multiple of 4",
    (
        "x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P",
        "1 => 0",
    ): "P - 1 is a multiple of 4",
    (
        "is_so = not small and y < P and x * x % P == square and s < L and len(signature) == 64",
        "=> not small and y < P and (s < L)",
    ): "for a key that is no point no signature is known that would fit",
    (
        "for bit in reversed(range(253)):  # R must be [S]B - [k]A",
        "253 => 254",
    ): "S and k are below L, which has 253 bits",
    (
        "r = added(added(r, r), table[(s >> bit & 1) + 2 * (k >> bit & 1)])",
        "- 2 *",
    ): "from the end of the table, -2 and -1 are 2 and 3",
    (
        "is_so = index < size and len(path) == inner + (index >> inner).bit_count()",
        "index < size",
    ): "behind the last leaf a path leads below a leaf, whose hash no node has",
    (
        'paths = [Path(b) for a, b in zip(["", *argv], argv, strict=False) if "--key" not in {a, b}]',
        "'x'",
    ): "what stands before the first argument is only not to be --key",
    ("if not given:", ""): "it decides what is said beside the verdict",
    (
        "said, lines = (journal if paths[0].is_dir() or paths[1:] else proof)(keys, *paths)",
        "0 => -1",
    ): "of one path both are the same, and of several the second part holds",
    ('if __name__ == "__main__":', "__name__"): "it is run as a script",
    (
        "need(match, 'format', `${what} is not in its form`);",
        "need => ",
    ): "the next line throws, which is the same verdict",
    (
        "const isFolder = (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory();",
        "false => true",
    ): "what is not there cannot be read either, which is the same verdict",
    (
        "if (y >= P || SMALL.includes(y) || SMALL.includes(r)) return false; // neither A nor R",
        "return => return void 0;",
    ): "both are false",
    (
        "const hash = sha(`${name}\\n`, key).toString('hex', 0, 4);",
        "0 => -1",
    ): "before the first octet is the first octet",
    (
        'if (!given.length) say("The key is the pack\'s own: whoever forged a pack would have put his own in.");',
        "! => ",
    ): "it decides what is said beside the verdict",
    (
        "if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {",
        "1 => ",
    ): "it is run as a script",
    (
        "process.exitCode = main(process.argv.slice(2));",
        "2 => ",
    ): "it is run as a script",
    (
        'said = str(error) if kind == "AssertionError" else f"REFUSED format: {kind}"',
        "x'",
    ): "words for people, behind the verdict's own",
}

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


class Late(BaseException):
    """A mutant that does not come to an end."""


def late(*_: object) -> None:
    raise Late


def expected() -> list[tuple[list[str], str, str]]:
    rows = json.loads((VECTORS / "vectors.json").read_text(encoding="utf-8"))
    begins = {"USAGE": "USAGE ", "REFUSED": "REFUSED {code}: ", "PROVED": "{says}"}
    return [(row["arguments"], begins[row["verdict"]].format(**row), row["name"]) for row in rows]


def is_right(begin: str, line: str, exit_code: object) -> bool:
    """Tell whether a verdict is the one expected; what is proved is compared whole."""
    is_so = line == begin if begin.startswith("PROVED") else line.startswith(begin)
    return is_so and exit_code == {"P": 0, "R": 8, "U": 2}[begin[0]]


def python_judge() -> Callable[[ast.Module], str]:
    """Return what runs a mutant of verify.py and says which vector saw it, or nothing."""
    os.chdir(VECTORS)
    rows = expected()
    signal.signal(signal.SIGALRM, late)
    sys.setrecursionlimit(1000)

    def judge(tree: ast.Module) -> str:
        try:
            program = compile(tree, "mutant", "exec")
            for i, (arguments, begin, name) in enumerate(rows):
                signal.alarm(SECONDS)
                exit_code = None
                sys.argv = ["verify.py", *arguments]
                with contextlib.redirect_stdout(io.StringIO()) as out:
                    try:
                        exec(program, {"__name__": "__main__"})  # noqa: S102 - that is the trade here
                    except SystemExit as ended:
                        exit_code = ended.code
                lines = out.getvalue().splitlines() or [""]
                if not is_right(begin, lines[-1], exit_code):
                    rows.insert(0, rows.pop(i))  # what saw this one sees the next as well
                    return name
        except (Exception, Late) as error:  # noqa: BLE001 - a crash is seen by whoever runs it
            return type(error).__name__
        finally:
            signal.alarm(0)
        return ""

    return judge


def js_judge() -> Callable[[str], str]:
    """Return what runs a mutant of verify.mjs and says which vector saw it, or nothing."""
    os.chdir(VECTORS)
    rows = expected()
    lists = json.dumps([arguments for arguments, _, _ in rows])
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    harness = ROOT / "tests/audit/harness.mjs"
    node = shutil.which("node") or "node"

    def judge(text: str) -> str:
        mutant = folder / "mutant.mjs"
        mutant.write_text(text, encoding="utf-8")
        command = [node, str(harness), str(mutant)]
        try:
            run = subprocess.run(
                command,
                input=lists,
                capture_output=True,
                text=True,
                check=True,
                timeout=6 * SECONDS,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            return type(error).__name__
        for (_, begin, name), (exit_code, line) in zip(rows, json.loads(run.stdout), strict=True):
            if not is_right(begin, line, exit_code):
                return name
        return ""

    return judge


def module_judge(module: Path, tests: list[str]) -> Callable[[ast.Module], str]:
    """Return what runs a mutant of any module in a copy of the tree, by its own tests."""
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    for name in ("src", "tests", "pyproject.toml"):
        copied = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copied(ROOT / name, folder / name)
    mutant = folder / module.resolve().relative_to(ROOT)
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}

    def judge(tree: ast.Module) -> str:
        mutant.write_text(ast.unparse(tree), encoding="utf-8")
        try:
            run = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, check=False, timeout=300
            )
        except subprocess.TimeoutExpired:
            return "TimeoutExpired"
        return "tests" if run.returncode else ""

    return judge


def excused(line: str, change: str) -> str:
    for (text, piece), reason in EQUIVALENT.items():
        if text == line and piece in change:
            used.add((text, piece))
            return reason
    return ""


used: set[tuple[str, str]] = set()
asked: set[int] = set()


def campaign(
    name: str,
    text: str,
    mutants: Iterator[tuple[int, str, Any]],
    judge: Callable[[Any], str],
    step: int,
) -> int:
    """Run the mutants of one file, print them by line, and return how many survived unexplained."""
    lines = text.splitlines()
    killed: dict[int, int] = {}
    survived: list[tuple[int, str, str]] = []
    for n, (line, change, mutant) in enumerate(mutants):
        if n % step or (asked and line not in asked):
            continue
        if judge(mutant):
            killed[line] = killed.get(line, 0) + 1
        else:
            survived.append((line, change, excused(lines[line - 1].strip(), change)))
            if not survived[-1][2]:
                print(
                    f"{name}:{line}: survived: {change}\n    {lines[line - 1].strip()}", flush=True
                )
    for line in sorted({*killed, *(line for line, _, _ in survived)}):
        left = sum(mutant == line for mutant, _, _ in survived)
        print(f"{name}:{line}: {killed.get(line, 0)} killed" + f", {left} survived" * bool(left))
    bare = [mutant for mutant in survived if not mutant[2]]
    print(
        f"{name}: {sum(killed.values())} killed, {len(survived) - len(bare)} equivalent, {len(bare)} unexplained"
    )
    return len(bare)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("module", nargs="?", type=Path)
    parser.add_argument("--tests", nargs="+", default=["tests"])
    parser.add_argument("--short", action="store_true", help="every 29th mutant only")
    parser.add_argument("--only", choices=["py", "mjs"])
    parser.add_argument("--lines", type=int, nargs="+", help="mutants of these lines only")
    given = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    step = 29 if given.short else 1
    if given.lines:
        asked.update(given.lines)
    if given.module:
        text = given.module.read_text(encoding="utf-8")
        judge = module_judge(given.module, given.tests)
        return bool(campaign(given.module.name, text, python_mutants(text), judge, step))
    bare = 0
    if given.only != "mjs":
        text = (VERIFIER / "verify.py").read_text(encoding="utf-8")
        bare += campaign("verify.py", text, python_mutants(text), python_judge(), step)
    if given.only != "py" and shutil.which("node"):
        text = (VERIFIER / "verify.mjs").read_text(encoding="utf-8")
        bare += campaign("verify.mjs", text, js_mutants(text), js_judge(), step)
    for text, piece in sorted(
        EQUIVALENT.keys() - used if not (given.short or given.only or asked) else set()
    ):
        print(f"no longer needed in EQUIVALENT: {text!r}, {piece!r}")
    return bool(bare)


if __name__ == "__main__":
    sys.exit(main())
