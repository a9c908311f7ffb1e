"""docs/reference/commands.md and the program name the same commands, arguments and options."""

import re

import click
import pytest

from docs.transcript import read
from kalends.cli.app import kalends
from kalends.cli.command_classes import options
from kalends.presentation.sheets import ACTIVITY_COLUMNS, LATE_COLUMNS, LOG_COLUMNS, REASON
from kalends.words import words

PAGE = read("docs/reference/commands.md")
FILTERS = {"dept", "tag", "place", "status", "first", "last", "by"}
TABLES = {"as_csv", "xlsx"}
SHARED = {option.name for kind in ("reads", "writes", "asks") for option in options(kind)}


def _commands(group, path):
    ctx = click.Context(group)
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))


PROGRAM = {" ".join(path): command for path, command in _commands(kalends, ("kalends",))}


def _sections():
    parts = re.split(r"^## (kalends.*)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


SECTIONS = _sections()


def _first_cells(section):
    return re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)


def _kind(command):
    names = {param.name for param in command.params}
    return "reads" if "known_at" in names else "writes" if "dry_run" in names else "asks"


def _filters(command):
    """Return the filters that a command takes: all of them, or none."""
    return _together(command, FILTERS)


def _together(command, names):
    found = [param for param in command.params if param.name in names]
    return found if {param.name for param in found} == names else []


def _own(command):
    beside = [*_filters(command), *_together(command, TABLES)]
    return [param for param in command.params if param.name not in SHARED and param not in beside]


def test_the_commands_documented_are_the_commands_there_are():
    assert list(SECTIONS) == ["kalends", *PROGRAM]


@pytest.mark.parametrize("name", PROGRAM)
def test_the_options_and_arguments_documented_are_those_there_are(name):
    written = {re.split(r"[ ,]", cell)[0] for cell in _first_cells(SECTIONS[name])}
    there = {
        param.opts[0] if isinstance(param, click.Option) else (param.metavar or param.name.upper())
        for param in _own(PROGRAM[name])
    }
    named = {name.strip("[]…").split("|")[0] for name in there}

    assert {cell.strip("[]").split("\\|")[0] for cell in written} == named


@pytest.mark.parametrize(
    "name", [name for name in PROGRAM if not isinstance(PROGRAM[name], click.Group)]
)
def test_it_is_documented_whether_a_command_reads_or_writes(name):
    usage = re.search(r"^`(kalends .*)` · (\w+)$", SECTIONS[name], re.MULTILINE)

    assert usage is not None
    assert usage.group(1).startswith(name)
    assert usage.group(2) == _kind(PROGRAM[name])


@pytest.mark.parametrize("name", [name for name in PROGRAM if "`" not in name])
def test_the_values_that_an_option_takes_are_documented(name):
    cells = " ".join(_first_cells(SECTIONS[name])).replace("\\|", "|")
    for param in _own(PROGRAM[name]):
        if isinstance(param, click.Option) and isinstance(param.type, click.Choice):
            assert f"{param.opts[0]} {'|'.join(param.type.choices)}" in cells


def test_the_options_that_commands_share_are_documented():
    shared = PAGE.split("## Filters\n", maxsplit=1)[0]
    written = {part for cell in _first_cells(shared) for part in re.findall(r"-[\w-]+", cell)}
    there = {
        name
        for kind in ("reads", "writes", "asks")
        for option in options(kind)
        for name in option.opts
    }

    assert written == there


def test_the_filters_are_documented_once_and_named_where_they_are_taken():
    page = PAGE.split("## Filters\n")[1].split("\n## ")[0]
    cells = [cell.replace("\\|", "|") for cell in _first_cells(page)]
    taking = {name for name in PROGRAM if _filters(PROGRAM[name])}

    assert taking == {name for name in PROGRAM if "[filters](#filters)" in SECTIONS[name]}
    assert taking
    assert all(f"`{name.removeprefix('kalends ')}`" in page for name in taking)
    for name in taking:
        assert [
            f"{option.opts[0]} {'|'.join(option.type.choices) if isinstance(option.type, click.Choice) else option.metavar}"
            for option in _filters(PROGRAM[name])
        ] == cells


def test_the_options_for_tables_are_documented_once_and_taken_where_filters_are():
    page = PAGE.split("## Tables\n")[1].split("\n## ")[0]
    options = [cell for cell in _first_cells(page) if cell.startswith("-")]

    for command in PROGRAM.values():
        taken = _together(command, TABLES)
        assert bool(taken) == bool(_filters(command))
        if taken:
            assert [cell.split()[0] for cell in options] == [option.opts[0] for option in taken]


def test_the_columns_documented_are_those_that_are_written_in_both_languages():
    page = PAGE.split("## Tables\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| ([a-z ]+) \| (\S+) \|", page, re.MULTILINE)
    chinese = words("zh")

    assert rows == [(column.heading, chinese.say(column.heading)) for column in ACTIVITY_COLUMNS]
    for column in (*LATE_COLUMNS, *LOG_COLUMNS, REASON):
        assert column.heading in page
        assert chinese.say(column.heading) in page


def test_the_options_of_the_program_itself_are_documented():
    own = {param.opts[0] for param in kalends.params if param.name not in SHARED}

    assert {cell.split()[0] for cell in _first_cells(SECTIONS["kalends"])} == own
