"""try.py is read by every Python there is, tells an old one what is needed, and shows an example."""

import ast
import importlib.util
import shutil
import subprocess
import sys
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


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("machine", "corrected", "last"),
    [
        ("zh_CN.UTF-8", "已更正 — 原因：地点写错", "教程：docs/tutorial.zh.md"),
        ("en_US.UTF-8", "corrected — reason: wrong room", "Tutorial: docs/tutorial.md"),
    ],
)
def test_the_example_is_recorded_once_and_ends_in_a_history_with_a_correction(
    tmp_path, monkeypatch, capfd, machine, corrected, last
):
    spec = importlib.util.spec_from_file_location("trying", TRY)
    trying = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(trying)
    for name, value in {
        "ROOT": tmp_path,
        "EXAMPLES": dict.fromkeys(("en", "zh"), tmp_path / "example"),
        "BIN": Path(sys.executable).parent,
    }.items():
        monkeypatch.setattr(trying, name, value)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", machine)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    journal = tmp_path / "example" / "events" / "journal.jsonl"

    trying.example(trying.language())
    first, lines = capfd.readouterr().out, journal.read_bytes()
    trying.example(trying.language())

    assert corrected in first
    assert first.rstrip().endswith(last)
    assert corrected in capfd.readouterr().out
    assert journal.read_bytes() == lines


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a program of a shell")
def test_serving_shows_what_the_program_says_and_opens_the_address(monkeypatch, tmp_path, capfd):
    asked = []
    spec = importlib.util.spec_from_file_location("trying", TRY)
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    fake = tmp_path / "kalends"
    fake.write_text(
        '#!/bin/sh\necho "Campaign: http://127.0.0.1:9/ — Ctrl+C stops it." >&2\nexit 3\n'
    )
    fake.chmod(0o755)
    monkeypatch.setattr(program, "BIN", tmp_path)
    monkeypatch.setattr(program.webbrowser, "open", asked.append)
    monkeypatch.setattr(sys, "argv", ["try.py", "serve"])
    with pytest.raises(SystemExit) as ended:
        program.serve("en")
    assert ended.value.code == 3
    assert asked == ["http://127.0.0.1:9/"]
    assert capfd.readouterr().err.endswith("Campaign: http://127.0.0.1:9/ — Ctrl+C stops it.\n")
    fake.write_text("#!/bin/sh\necho no address >&2\nexit 5\n")
    with pytest.raises(SystemExit) as ended:
        program.serve("en")
    assert (ended.value.code, len(asked)) == (5, 1)


@pytest.mark.parametrize(("word", "code"), [("--help", 0), ("nonsense", 2)])
def test_what_it_can_do_is_said_and_nothing_is_done(word, code, tmp_path):
    shutil.copy(TRY, tmp_path)
    command = [sys.executable, tmp_path / "try.py", word]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == code
    assert "python3 try.py serve" in said.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["try.py"]
