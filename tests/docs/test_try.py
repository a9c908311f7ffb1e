"""try.py is read by every Python there is, and says to an old one what is needed."""

import ast
import subprocess
from pathlib import Path

import pytest

TRY = Path(__file__).parents[2] / "try.py"
OLD = [
    path
    for version in ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10")
    for path in sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
]


def test_it_holds_nothing_that_python_2_cannot_read():
    tree = ast.parse(TRY.read_text("utf-8"), feature_version=(3, 4))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr), node.lineno
        if isinstance(node, ast.FunctionDef):
            given = node.args
            assert node.returns is None, node.name
            assert not given.kwonlyargs, node.name
            assert not given.posonlyargs, node.name
            every = [*given.args, *filter(None, [given.vararg, given.kwarg])]
            assert not [argument for argument in every if argument.annotation], node.name
        if isinstance(node, ast.Call):
            starred = [
                n for n, argument in enumerate(node.args) if isinstance(argument, ast.Starred)
            ]
            assert starred in ([], [len(node.args) - 1]), node.lineno
        if isinstance(node, ast.List | ast.Tuple):
            assert not [element for element in node.elts if isinstance(element, ast.Starred)], (
                node.lineno
            )
    head = TRY.read_bytes().split(b"\n", 1)[0]
    assert b"coding: utf-8" in head
    index = next(n for n, statement in enumerate(tree.body) if isinstance(statement, ast.If))
    before = tree.body[:index]
    assert all(
        isinstance(statement, ast.Expr | ast.Import | ast.ImportFrom) for statement in before
    )
    assert {
        alias.name
        for statement in before
        if isinstance(statement, ast.Import)
        for alias in statement.names
    } == {"sys"}


@pytest.mark.parametrize("python", OLD, ids=lambda path: path.parts[-3])
def test_an_old_one_is_told(python, tmp_path):
    done = subprocess.run([python, TRY], cwd=tmp_path, capture_output=True, text=True, check=False)
    version = ".".join(python.parts[-3].split(".")[:2])
    assert done.returncode == 1
    assert done.stderr == f"Kalends needs Python 3.11 or newer; this is Python {version}.\n"
    assert not done.stdout
