"""A name from another program is answered with the name that it has here."""

import pytest

from kalends.cli import mistyped
from kalends.cli.app import COMMANDS, kalends


def _names(group, path=()):
    """Return every command, as it is typed behind `kalends`."""
    with group.make_context("kalends", [], resilient_parsing=True) as ctx:
        for name in group.list_commands(ctx):
            yield " ".join([*path, name])
            command = group.get_command(ctx, name)
            if hasattr(command, "list_commands"):
                yield from _names(command, (*path, name))


KNOWN = {"--help", *_names(kalends)}
LAST_WORDS = {name.rpartition(" ")[2] for name in KNOWN}


def _options():
    for name in KNOWN - {"--help"}:
        command = kalends
        for word in name.split():
            with command.make_context("kalends", [], resilient_parsing=True) as ctx:
                command = command.get_command(ctx, word)
        for parameter in command.params:
            yield from parameter.opts


@pytest.mark.parametrize(
    "name", sorted({name for names in mistyped._COMMANDS.values() for name in names})
)
def test_what_is_offered_for_a_command_exists(name):
    assert name in KNOWN | LAST_WORDS


def test_what_is_offered_for_an_option_exists():
    assert {name for names in mistyped._OPTIONS.values() for name in names} <= set(_options())


@pytest.mark.parametrize(
    "typed", sorted({name for names in mistyped._SAME_COMMANDS.values() for name in names})
)
def test_no_command_that_exists_is_taken_for_a_mistake(typed):
    assert typed not in COMMANDS
    assert mistyped.commands(typed, COMMANDS)


def test_a_command_of_another_group_is_not_offered_where_it_would_not_work():
    assert mistyped.commands("verify", ["ls", "show"]) == []


def test_case_does_not_matter():
    assert mistyped.commands("Delete", COMMANDS) == ["retract", "cancel"]
    assert mistyped.options("--DATE=x", ["--when"]) == ["--when"]


@pytest.mark.parametrize(
    ("typed", "known", "offered"),
    [("--date", ["--to", "--reason"], ["--to"]), ("--when", ["--to", "--help"], ["--to"])],
)
def test_another_time_is_told_to_move_by_the_option_that_it_has(typed, known, offered):
    assert mistyped.options(typed, known) == offered


@pytest.mark.parametrize("known", [["--actor", "--json", "--parent"], ["--json", "--when"]])
def test_to_is_told_to_a_command_that_has_another_word_for_it(known):
    assert mistyped.options("--to", known) == known[-1:]


def test_what_was_closed_is_reopened_and_what_was_cancelled_reinstated():
    assert mistyped.commands("reopen", COMMANDS) == ["dept reopen", "reinstate"]
    assert mistyped.commands("import", COMMANDS) == ["add"]
