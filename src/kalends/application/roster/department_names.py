"""Checks new names of departments: some could not be told from other words of a sentence."""

import re

from kalends.dates.reader import DateContext, read
from kalends.dates.vocabulary import ENGLISH
from kalends.domain.commands import (
    AbbreviateDepartment,
    AliasDepartment,
    RegisterDepartment,
    RenameDepartment,
    RosterCommand,
)
from kalends.domain.errors import N_, KalendsError, TextError, UnreadableDateError
from kalends.domain.text import clean
from kalends.domain.value import replace
from kalends.intake.vocabulary.joining_words import JOINER, OTHERS, ROLES

# A comma as in “Parks, Forests and Rivers” may be part of an English name; these are of no name.
_SEVERAL = re.compile("[，、;；]")


def with_names(command: RosterCommand, here: DateContext) -> RosterCommand:
    """Return a command with the names that it gives as `given_name` returns them."""
    match command:
        case RegisterDepartment():
            aliases = tuple(given_name(alias, "alias", here) for alias in command.aliases)
            return replace(command, name=given_name(command.name, "name", here), aliases=aliases)
        case AliasDepartment():
            return replace(command, alias=given_name(command.alias, "alias", here))
        case AbbreviateDepartment() if command.short is not None:
            return replace(command, short=given_name(command.short, "short name", here))
        case RenameDepartment():
            return replace(command, name=given_name(command.name, "name", here))
        case _:
            return command


def given_name(text: str, field: str, here: DateContext) -> str:
    """Return a name as it is recorded, with one space where there were several.

    Raises `TextError` for what a sentence could not mean as a department: several names, a date,
    a word that joins departments, or marks alone; and what `clean` raises.
    """
    name = " ".join(clean(text, field).split())
    rule, cure = None, N_("Choose a name that can mean nothing else in a sentence.")
    if _SEVERAL.search(name):
        rule = N_("it looks like several")
        cure = N_("Give one at a time; a name cannot contain a comma or a semicolon.")
    elif not any(map(str.isalnum, name)):
        rule = N_("it contains no letter or digit")
    elif name in ROLES or JOINER.fullmatch(name) or OTHERS.fullmatch(name):
        rule = N_("in a sentence this word joins departments or says what they do")
    elif _is_date(name, here):
        rule = N_("in a sentence this is a date or a part of one")
    if rule is not None:
        raise TextError(field=field, value=name, rule=rule, cure=cure)
    return name


def _is_date(name: str, here: DateContext) -> bool:
    if len(name) > 1 and name.casefold() in ENGLISH:
        return True
    try:
        read(name, here)
    except KalendsError as error:  # 近日 and 2月30日 are dates, though nobody can tell which
        return error.code != UnreadableDateError.code
    return True
