"""Click's own messages, listed here so that our catalogue translates them."""

import gettext
import os
import re
from pathlib import Path

import kalends.words
from kalends.domain.errors import N_
from kalends.domain.patterns import Pattern


def plural(singular: str, many: str) -> tuple[str, str]:
    """Mark a message with a singular and a plural form for translation."""
    return singular, many


SENTENCES = (
    N_("Usage:"),
    N_("Options"),
    N_("Positional arguments"),
    N_("required"),
    N_("default: {default}"),
    N_("Aborted!"),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Missing parameter: {param_name}"),
    N_("Missing {param_type}"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Argument {name!r} takes {nargs} values."),
    N_("{value} is not in the range {range}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("Choose from:\n\t{choices}"),
    N_("Error: {message}"),
    N_("Error: invalid input"),
)
# The placeholders in capitals in usage lines, such as FILE.
CAPITALS = (
    N_("OPTIONS"), N_("COMMAND"), N_("ARGS"), N_("DIR"), N_("TEXT"), N_("NAME"), N_("ROLE"),
    N_("DAY"), N_("PHRASE"), N_("ID"), N_("FILE"), N_("URL"), N_("ZONE"), N_("CODE"), N_("WORD"),
    N_("WORDS"), N_("TIME"), N_("POSITION"), N_("SENTENCE"), N_("DEPARTMENT"), N_("NEW"),
    N_("ALIAS"), N_("INTO"), N_("PART"), N_("SHELL"), N_("KEY"), N_("PERIOD"),
)  # fmt: skip
NEAR = plural("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)")
PLURALS = (
    NEAR,
    plural(
        "Got unexpected extra argument ({args})",
        "Got unexpected extra arguments ({args})",
    ),
    plural("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    plural("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    plural(
        "{len_type} values are required, but {len_value} was given.",
        "{len_type} values are required, but {len_value} were given.",
    ),
)


# What click quotes as Python does: 'a\x1b[31m', "it's"; and what stands for a character there.
_QUOTED = Pattern(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_ESCAPE = Pattern(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([\\'\"]))")


def as_typed(message: str) -> str:
    """Return a message of click with what it quotes as it was typed.

    What is hidden there is escaped where everything else is: when it is printed.
    """

    def character(found: re.Match[str]) -> str:
        number = found[1] or found[2] or found[3]
        return str(found[4]) if number is None else chr(int(number, 16))

    return _QUOTED.sub(lambda quoted: _ESCAPE.sub(character, quoted[0]), message)


def speak(language: str) -> None:
    """Make click, which uses the standard library's gettext, translate with our catalogue."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("kalends", str(Path(kalends.words.__file__).parent))
    gettext.textdomain("kalends")
