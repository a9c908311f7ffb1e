"""Colour on a terminal, with intention: red is wrong, faint is what does not count any more."""

import os
import sys
from collections.abc import Iterable

from kalends.cli.context import lines
from kalends.cli.output import beneath
from kalends.cli.printing import fitted, width
from kalends.words.visible import visible

WRONG, GONE = "\x1b[31m", "\x1b[2m"
_END = "\x1b[0m"


def is_coloured() -> bool:
    """Tell whether to colour: only on a terminal, and not where NO_COLOR or TERM=dumb asks."""
    return (
        width() is not None and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def toned_lines(texts: Iterable[str], tone: str) -> None:
    """Write lines of data to stdout in a tone, which is a colour of above or "" for none."""
    if not tone or not is_coloured():
        lines(texts)
        return
    # What others wrote is made visible first: no escape sequence but ours gets through.
    shown = [visible(part) for text in texts for part in fitted(text, width())]
    sys.stdout.flush()
    beneath(sys.stdout).write("".join(f"{tone}{text}{_END}\n" for text in shown))
