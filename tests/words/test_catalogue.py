"""The catalogue is complete: whatever the program says, it says in Chinese too."""

import shlex
from contextlib import chdir
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from kalends.words import words

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "kalends" / "words" / "zh" / "LC_MESSAGES" / "kalends.po"
HOW = "; babel.cfg says how to bring the catalogue up to date"


def read(path: Path, locale: str | None = "zh") -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> Catalog:
    """Return all messages in the source, found by the command that babel.cfg documents."""
    lines = (ROOT / "babel.cfg").read_text("utf-8").splitlines()
    command = next(line for line in lines if line.startswith("#   pybabel extract"))
    template = tmp_path_factory.mktemp("words") / "kalends.pot"
    program, *arguments = shlex.split(command.removeprefix("#   "))
    arguments[arguments.index("-o") + 1] = str(template)
    with chdir(ROOT):
        CommandLineInterface().run([program, "--quiet", *arguments])
    return read(template, locale=None)


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    return read(SOURCE)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def fields(text: str) -> set[tuple[str, str | None, str | None]]:
    return {tuple(field[1:]) for field in Formatter().parse(text) if field[1] is not None}


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def test_every_message_is_in_the_catalogue(said, chinese):
    known = {message.id for message in messages(chinese)}
    assert [message.id for message in messages(said) if message.id not in known] == [], HOW


def test_every_message_is_translated(chinese):
    empty = [message.id for message in messages(chinese) if not all(forms(message.string or ""))]
    assert empty == []


def test_no_translation_is_a_guess(chinese):
    assert [message.id for message in messages(chinese) if message.fuzzy] == []


def test_no_translation_is_of_what_is_said_no_more(said, chinese):
    known = {message.id for message in messages(said)}
    assert [message.id for message in messages(chinese) if message.id not in known] == [], HOW
    assert not chinese.obsolete


def test_a_translation_has_the_fields_of_its_message(chinese):
    for message in messages(chinese):
        for text in forms(message.string):
            found = [fields(form) for form in forms(message.id)]
            if len(found) == 1:
                assert fields(text) == found[0], message.id
            assert fields(text) <= set().union(*found), message.id


def test_a_translation_keeps_the_commands_and_options_of_its_message(chinese):
    for message in messages(chinese):
        for text in forms(message.string):
            for form in forms(message.id):
                assert form.count("`") == text.count("`"), message.id
                assert [word for word in form.split("`")[1::2] if word not in text] == []


def test_a_terminal_of_gbk_can_show_everything(chinese):
    for message in messages(chinese):
        for text in (*forms(message.id), *forms(message.string)):
            assert text.encode("gbk"), text


def test_what_is_compiled_is_what_is_written(chinese):
    compiled = words("zh")
    stale = [
        message.id
        for message in messages(chinese)
        if isinstance(message.id, str) and compiled.gettext(message.id) != message.string
    ]
    assert stale == [], "install the program again, or compile as babel.cfg says"
