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
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from equivalent_mutants import EQUIVALENT
from mutations import js_mutants, python_mutants

ROOT = Path(__file__).parents[1]
VERIFIER = ROOT / "src/kalends/audit/verifier"
VECTORS = ROOT / "tests/vectors"
SECONDS = 3  # for a vector in Python; for all of them in Node six times that


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
