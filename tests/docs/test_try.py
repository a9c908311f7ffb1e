"""try.py is read by every Python there is, and says to an old one what is needed."""

import ast
import subprocess
from pathlib import Path

import pytest

TRY = Path(__file__).parents[2] / "try.py"
OLD = [
    one
    for version in ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10")
    for one in sorted(Path("~/.pyenv/versions").expanduser().glob(f"{version}.*/bin/python"))
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
            assert not [one for one in every if one.annotation], node.name
        if isinstance(node, ast.Call):
            starred = [n for n, one in enumerate(node.args) if isinstance(one, ast.Starred)]
            assert starred in ([], [len(node.args) - 1]), node.lineno
        if isinstance(node, ast.List | ast.Tuple):
            assert not [one for one in node.elts if isinstance(one, ast.Starred)], node.lineno
    head = TRY.read_bytes().split(b"\n", 1)[0]
    assert b"coding: utf-8" in head
    index = next(n for n, one in enumerate(tree.body) if isinstance(one, ast.If))
    before = tree.body[:index]
    assert all(isinstance(one, ast.Expr | ast.Import | ast.ImportFrom) for one in before)
    assert {
        alias.name for one in before if isinstance(one, ast.Import) for alias in one.names
    } == {"sys"}


@pytest.mark.parametrize("python", OLD, ids=lambda one: one.parts[-3])
def test_an_old_one_is_told(python, tmp_path):
    done = subprocess.run([python, TRY], cwd=tmp_path, capture_output=True, text=True, check=False)
    version = ".".join(python.parts[-3].split(".")[:2])
    assert done.returncode == 1
    assert done.stderr == f"Kalends needs Python 3.11 or newer; this is Python {version}.\n"
    assert not done.stdout
