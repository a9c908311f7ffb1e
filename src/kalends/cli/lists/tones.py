"""Colours on a terminal: red for what is wrong, faint for what no longer counts."""

import os
import sys
from collections.abc import Iterable

from kalends.cli.context import lines
from kalends.cli.terminal.output import beneath
from kalends.cli.terminal.printing import fitted, width
from kalends.words.visible import visible

WRONG, GONE = "\x1b[31m", "\x1b[2m"
_END = "\x1b[0m"


def is_coloured() -> bool:
    """Return whether to use colour: on a terminal, unless NO_COLOR or TERM=dumb is set."""
    return (
        width() is not None and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def toned_lines(texts: Iterable[str], tone: str) -> None:
    """Write lines of data to stdout in a tone: one of the colours above, or "" for none."""
    if not tone or not is_coloured():
        lines(texts)
        return
    # Stored text is escaped first, so that only our own control sequences get through.
    shown = [visible(part) for text in texts for part in fitted(text, width())]
    sys.stdout.flush()
    beneath(sys.stdout).write("".join(f"{tone}{text}{_END}\n" for text in shown))
