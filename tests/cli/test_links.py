"""A clone that leads elsewhere is refused by every command, and what it leads to stays as it was."""

import os
import shutil
from pathlib import Path

import click
import pytest

from kalends.cli.app import kalends as program
from kalends.cli.command_classes import Group

# Where any word will not do.
ARGUMENTS = {
    "add": ["7月14日 团市委 会"],
    "dept add": ["妇联"],
    "digest new": ["json://127.0.0.1:1"],
    "feed show": ["all"],
    "store migrate": ["sqlite"],
    "webhook new": ["https://example.org/hook"],
}
# These need no workspace; `doctor` says what is wrong and goes on.
OUTSIDE = {"completion", "init", "when", "store sql"}


def commands(group, path=""):
    """Yield every command's name, with a word for all that it must be given."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if isinstance(command, Group):
            yield from commands(command, f"{path}{name} ")
        elif path + name not in OUTSIDE:
            needed = [parameter for parameter in command.params if parameter.required]
            words = [word for parameter in needed for word in given(parameter)]
            yield path + name, ARGUMENTS.get(path + name, words)


def given(parameter):
    """Return what to type for a parameter."""
    kind = parameter.type
    word = kind.choices[0] if isinstance(kind, click.Choice) else "1"
    return [word] if isinstance(parameter, click.Argument) else [parameter.opts[-1], word]


@pytest.fixture
def victim(tmp_path):
    made = tmp_path / "victim"
    made.mkdir()
    (made / "file").write_bytes(b"mine")
    return made


def as_it_was(victim):
    return [(path.name, path.read_bytes()) for path in victim.iterdir()] == [("file", b"mine")]


@pytest.mark.parametrize(("name", "arguments"), [*commands(program)])
def test_every_command_refuses_a_link(workspace, victim, name, arguments):
    Path("1").write_bytes(b"")
    Path(".kalends/journal.json").unlink(missing_ok=True)
    (Path(".kalends") / "journal.json").symlink_to(victim / "file")

    said = workspace(*name.split(), *arguments)

    assert said.code == 6, said
    assert ".kalends/journal.json is a link to " in said.out + said.err
    assert as_it_was(victim)
    assert Path("1").read_bytes() == b""


@pytest.mark.parametrize(
    "place",
    ["events", "feeds", ".kalends", "events/checkpoints", "events/journal.jsonl",
     "events/kalends.db", "events/checkpoint", "feeds/all.ics", ".kalends/views.db",
     ".kalends/components.db", ".kalends/edge.json", "kalends.toml"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_leads_elsewhere_is_neither_read_nor_written(recorded, victim, place, kind):
    kalends, _ = recorded
    assert kalends("publish").code == 0
    path = Path(place)
    moved = victim.parent / "aside"
    shutil.move(path, moved)
    if kind == "link":
        path.symlink_to(victim if moved.is_dir() else victim / "file")
    else:
        os.mkfifo(path)

    for arguments in (["agenda"], ["add", "7月15日 团市委 会"], ["publish"], ["audit", "verify"]):
        said = kalends(*arguments)
        assert said.code == 6, said
        assert place in said.err
    assert as_it_was(victim)

    path.unlink()
    shutil.move(moved, path)
    assert kalends("agenda").code == 0


def test_a_workspace_that_is_reached_by_links_is_an_ordinary_one(recorded, tmp_path, monkeypatch):
    kalends, _ = recorded
    (tmp_path / "way").symlink_to("w")
    monkeypatch.chdir(tmp_path)

    assert kalends("-C", "way", "agenda").code == 0
    assert kalends("-C", "way", "add", "7月15日 团市委 会").code == 0
    assert kalends("-C", "way", "publish").code == 0


@pytest.mark.parametrize("name", ["events", "feeds", ".kalends", ".gitignore", ".gitattributes"])
def test_init_writes_through_no_link_that_stands_there(kalends, victim, name):
    target = Path("new") / name
    target.parent.mkdir()
    target.symlink_to(victim if "git" not in name else victim / "file")

    said = kalends("init", "new", "--title", "创城")

    assert said.code == 6, said
    assert as_it_was(victim)


def test_a_name_to_be_copied_into_a_shell_is_quoted(workspace):
    (Path(".kalends") / "$(touch x) y").symlink_to("nowhere")

    assert "`rm '.kalends/$(touch x) y'`" in workspace("agenda").err
