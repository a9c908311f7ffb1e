"""A name says what it holds: some words are used for anything, and so for nothing."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BANNED = frozenset({"told", "one"})
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (
        *ROOT.glob("*.py"),
        *(path for folder in ("src", "tests", "bench") for path in (ROOT / folder).rglob("*.py")),
    )
)


def names_given(tree: ast.AST) -> set[tuple[int, str]]:
    """Return what a file names itself, with the lines: parameters, variables, fields, attributes."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name):
                found.add((node.lineno, name))
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                found.add((node.lineno, name))
            case ast.ExceptHandler(name=str(name)):
                found.add((node.lineno, name))
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.add((node.lineno, name))
            case ast.MatchMapping(rest=str(name)) | ast.alias(asname=str(name)):
                found.add((node.lineno, name))
    return found


@pytest.mark.parametrize("source", SOURCES)
def test_no_name_says_nothing(source):
    tree = ast.parse((ROOT / source).read_text("utf-8"))
    found = sorted((line, name) for line, name in names_given(tree) if name in BANNED)
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "one = 1",
        "one: int",
        "self.one = 1",
        "for _, one in pairs: pass",
        "[one for one in many]",
        "if one := find(): pass",
        "lambda one: one",
        "def find(*, one): pass",
        "def find(*one): pass",
        "def find(**one): pass",
        "with open() as one: pass",
        "import os as one",
        "try: pass\nexcept OSError as one: pass",
        "match x:\n    case one: pass",
        "match x:\n    case [*one]: pass",
        "match x:\n    case {**one}: pass",
    ],
)
def test_wherever_a_name_is_given_it_is_found(text):
    assert "one" in {name for _, name in names_given(ast.parse(text))}
