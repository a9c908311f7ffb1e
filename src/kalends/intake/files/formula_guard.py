"""Guards texts in CSV files, so that no cell begins like a formula.

A spreadsheet program that opens a CSV file runs cells that begin with = + - @, a tab or a line's
end as formulas. An apostrophe before it makes it a text, as when typed by hand. A text that looks
like a guarded one is guarded too, so that reading it back gives the same text.
"""

import re

# Full-width signs too, since some programs treat them like narrow ones.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARD = "'"


def guarded(text: str) -> str:
    """Return a text in a form that is safe in a cell of a CSV file."""
    return _GUARD + text if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell of a CSV file, without the guard."""
    is_guarded = cell.startswith(_GUARD) and _FORMULA.match(cell)
    return cell.removeprefix(_GUARD) if is_guarded else cell
