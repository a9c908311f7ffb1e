"""Texts in spreadsheets that stay texts: no cell begins as a formula does.

A program that opens a CSV file takes what begins with = + - @, a tab or a line's end for a
formula, and runs it. An apostrophe before it makes it a text, as typed into a cell by hand.
Whatever could be mistaken for a guarded text is guarded too, so that nothing is lost on the way
back.
"""

import re

# Full-width signs too: some programs take them for the narrow ones.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARD = "'"


def guarded(text: str) -> str:
    """Return a text as it can stand in a cell of a CSV file."""
    return _GUARD + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text that a cell of a CSV file holds."""
    is_guarded = cell.startswith(_GUARD) and _FORMULA.match(cell)
    return cell.removeprefix(_GUARD) if is_guarded else cell
