"""A name says what it holds: some words are used for anything, and so for nothing."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from docs.transcript import pages

ROOT = Path(__file__).resolve().parents[2]
# Of parameters, variables, fields, functions, columns of tables.
BANNED = frozenset({"told", "one", "story", "passage"})
# Of these in the program too; a test may speak of an RFC's octets. The verifier is read with its RFC.
BANNED_IN_SRC = BANNED | {"octets"}
_VERIFIER = "src/kalends/audit/verifier/"
# Of classes: participles and words of every day, which hold anything.
BANNED_CLASSES = frozenset(
    {
        "Asked", "Before", "Call", "Course", "Departs", "Desk", "Exhibit", "Extent", "Keeping",
        "Kept", "Made", "Nobody", "Seen", "Shown", "Since", "Story", "Told", "Touched", "Verb",
        "Verbs", "Walked", "Written",
    }
)  # fmt: skip
# Of prose: there are plain words for these.
BANNED_IN_PROSE = re.compile(r"\b(?:octets?|spelt|story|stories)\b", re.IGNORECASE)
_SQL = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE|CREATE TABLE|CREATE INDEX|DELETE FROM)\b")
_SQL_COMMENT = re.compile(r"--.*")
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
            case ast.FunctionDef(name=name):
                found.add((node.lineno, name.strip("_")))
    return found


def names_in_sql(text: str) -> set[str]:
    """Return the words of an SQL statement, without comments; empty for another text."""
    is_sql = _SQL.search(text)
    return set(re.findall(r"[a-z_]+", _SQL_COMMENT.sub("", text))) if is_sql else set()


def names_in_template(text: str) -> set[str]:
    """Return the names that a template gives and uses."""
    tree = Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).parse(text)
    return {
        *(node.name for node in tree.find_all((nodes.Name, nodes.Macro))),
        *(node.attr for node in tree.find_all(nodes.Getattr)),
    }


# A test for each folder: they are fast, and so whoever touches one is told at once.
FOLDERS = sorted({"/".join(source.split("/")[:-1][:3]) for source in SOURCES})


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_name_says_nothing(folder):
    found, classes, statements = [], [], []
    for source in SOURCES:
        if "/".join(source.split("/")[:-1][:3]) != folder:
            continue
        tree = ast.parse((ROOT / source).read_text("utf-8"))
        is_ours = source.startswith("src/") and not source.startswith(_VERIFIER)
        banned = BANNED_IN_SRC if is_ours else BANNED
        found += [(source, *name) for name in sorted(names_given(tree)) if name[1] in banned]
        for node in ast.walk(tree):
            match node:
                case ast.ClassDef(name=name) if name.strip("_") in BANNED_CLASSES:
                    classes.append((source, node.lineno, name))
                case ast.Constant(value=str(text)) if source.startswith("src/"):
                    if names_in_sql(text) & BANNED:
                        statements.append((source, node.lineno, text))
    assert (found, classes, statements) == ([], [], [])


@pytest.mark.parametrize(
    "template",
    sorted(
        path.relative_to(ROOT).as_posix()
        for ending in ("html", "svg")
        for path in (ROOT / "src").rglob(f"*.{ending}")
    ),
)
def test_no_template_names_anything_so(template):
    assert names_in_template((ROOT / template).read_text("utf-8")) & BANNED == set()


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.name)
def test_no_document_uses_a_private_word(path):
    prose = re.sub(
        r"```.*?```|^    .*?$|`[^`]*`", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    assert BANNED_IN_PROSE.findall(prose) == []


def test_sql_and_templates_are_read():
    assert "told" in names_in_sql("SELECT told FROM revision")
    assert "told" not in names_in_sql("-- whatever it is told\nSELECT 1")
    assert names_in_sql("they told us to select it") == set()
    assert names_in_template("{% for one in many %}{{ one.told }}{% endfor %}") >= {"one", "told"}


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
        "def one(): pass",
        "def _one(): pass",
        "try: pass\nexcept OSError as one: pass",
        "match x:\n    case one: pass",
        "match x:\n    case [*one]: pass",
        "match x:\n    case {**one}: pass",
    ],
)
def test_wherever_a_name_is_given_it_is_found(text):
    assert "one" in {name for _, name in names_given(ast.parse(text))}


def test_clocks_and_ids_are_handed_in_so_no_test_patches_what_makes_them():
    patched = re.compile(
        r"(?:setattr|patch(?:\.object)?)\(\s*(?:bootstrap\b|[\"']kalends\.bootstrap)"
    )
    tests = [source for source in SOURCES if source.startswith("tests/")]
    assert [name for name in tests if patched.search((ROOT / name).read_text("utf-8"))] == []
    assert patched.search("patch.object" + "(bootstrap, 'new_id', new_id)")


def test_an_event_is_called_an_event_in_the_names_of_tests_too():
    private = re.compile(r"^def test_(?:\w*_)?(?:facts?|spelt)(?:_\w*)?\(", re.MULTILINE)
    tests = [source for source in SOURCES if source.startswith("tests/")]
    assert [name for name in tests if private.search((ROOT / name).read_text("utf-8"))] == []
    assert private.search("def test_a_" + "fact_is_never_changed():")


# What nothing in the program calls by name: what a library calls, and what translators read.
CALLED_FROM_OUTSIDE = {
    "CAPITALS", "MemoryBackend", "PLURALS", "SENTENCES", "latest_post_date"
}  # fmt: skip


def names_used(tree: ast.AST) -> set[str]:
    """Return the names that a module uses, but for those that it imports or lists for others."""
    used = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) | ast.Attribute(attr=name):
                used.add(name)
            case ast.keyword(arg=str(name)):
                used.add(name)
            case ast.alias(name=name, asname=str()):
                used.add(name.rpartition(".")[2])
    return used


def names_defined(tree: ast.AST) -> set[str]:
    """Return the functions, classes and constants that nothing but their names calls."""
    made_for_others = ("command", "override", "overload", "pass_context")
    defined = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                marks = " ".join(map(ast.unparse, node.decorator_list))
                if not any(mark in marks for mark in made_for_others):
                    defined.add(node.name)
            case ast.Assign(targets=[ast.Name(id=name)]) if name.isupper():
                defined.add(name)
    return {name for name in defined if not name.startswith("__")}


@pytest.mark.campaign
def test_nothing_is_kept_that_only_tests_use():
    trees = [
        ast.parse((ROOT / source).read_text("utf-8")) for source in SOURCES if source[:4] == "src/"
    ]
    texts = "\n".join(
        path.read_text("utf-8")
        for ending in ("html", "svg")
        for path in (ROOT / "src").rglob(f"*.{ending}")
    )
    used = set(re.findall(r"\w+", texts)).union(*map(names_used, trees))
    assert set().union(*map(names_defined, trees)) - used == CALLED_FROM_OUTSIDE
