"""What is written to a terminal, a pipe or a file: nothing in it moves a cursor or hides."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from kalends.words.visible import visible

_LINES = "\n\t"


class Visible:
    """A text stream that shows hidden characters as escapes, whoever wrote them.

    It has no `buffer`: bytes go through `exact`, and nothing gets round this by accident.
    """

    def __init__(self, stream: TextIO) -> None:
        """Take the stream that everything goes on to."""
        self.beneath = stream

    def write(self, text: str) -> int:
        """Write a text; line feeds and tabs are ours and stay."""
        self.beneath.write(visible(text, but=_LINES))
        return len(text)

    def writelines(self, texts: Iterable[str]) -> None:
        """Write several texts."""
        for text in texts:
            self.write(text)

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.beneath, name)


@contextmanager
def shown() -> Iterator[None]:
    """Let everything that is written to standard output and error be visible."""
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", Visible(stream)) for stream in streams)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams


def beneath(stream: TextIO) -> TextIO:
    """Return the stream itself, for what draws with control sequences of our own."""
    return cast("TextIO", getattr(stream, "beneath", stream))


def exact(octets: bytes) -> None:
    """Write the bytes of a file format to standard output.

    A pipe or a file gets them exactly; on a terminal, where somebody only looks, they are shown
    as any other text.
    """
    sys.stdout.flush()
    if sys.stdout.isatty():
        sys.stdout.write(octets.decode("utf-8", "backslashreplace").replace("\r\n", "\n"))
    else:
        beneath(sys.stdout).buffer.write(octets)
        beneath(sys.stdout).buffer.flush()
    sys.stdout.flush()
