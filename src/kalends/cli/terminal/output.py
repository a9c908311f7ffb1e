"""What is written: streams that show control characters as escapes, and JSON in pieces."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TextIO, cast

from kalends.cli.terminal.printing import columns, fitted
from kalends.words.visible import visible

_LINES = "\n\t"
# Output is written in pieces of about so many characters.
_TOGETHER = 1 << 16


class Visible:
    """A text stream that writes control and invisible characters as escapes.

    On a terminal, `is_prose` wraps its lines between words.
    It has no `buffer`, so nothing gets around the escaping by accident; for bytes use `exact`.
    """

    def __init__(self, stream: TextIO, *, is_prose: bool = False) -> None:
        """Take the stream to write to."""
        self.beneath = stream
        self._is_prose = is_prose and stream.isatty()

    def write(self, text: str) -> int:
        """Write a text; line feeds and tabs stay as they are."""
        shown = visible(text, but=_LINES)
        if self._is_prose:
            limit = columns(self.beneath)
            shown = "\n".join(part for line in shown.split("\n") for part in fitted(line, limit))
        self.beneath.write(shown)
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
    """Within the block, escape everything written to standard output and standard error."""
    streams = sys.stdout, sys.stderr
    sys.stdout = cast("TextIO", Visible(sys.stdout))
    sys.stderr = cast("TextIO", Visible(sys.stderr, is_prose=True))  # no data is written there
    try:
        yield
    finally:
        sys.stdout, sys.stderr = streams


def beneath(stream: TextIO) -> TextIO:
    """Return the stream without escaping, for our own control sequences."""
    return cast("TextIO", getattr(stream, "beneath", stream))


def exact(content: bytes) -> None:
    """Write the bytes of a file format to standard output.

    A pipe or a file gets exactly these bytes; on a terminal they are escaped like any other text.
    """
    sys.stdout.flush()
    if sys.stdout.isatty():
        sys.stdout.write(content.decode("utf-8", "backslashreplace").replace("\r\n", "\n"))
    else:
        beneath(sys.stdout).buffer.write(content)
        beneath(sys.stdout).buffer.flush()
    sys.stdout.flush()


def together(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the pieces joined into large ones."""
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > _TOGETHER:
            yield "".join(kept)
            kept, length = [], 0
    if kept:
        yield "".join(kept)


def json_pieces(document: dict[str, Any]) -> Iterator[str]:
    """Yield a document as JSON in pieces, as `json.dumps` would write it, and a line feed."""
    encode, begins = _encoder(), "{"
    for key, value in document.items():
        yield f"{begins}{encode(key)}: "
        begins = ", "
        if isinstance(value, Iterator):
            yield "["
            for n, item in enumerate(value):
                yield f"{', ' if n else ''}{encode(item)}"
            yield "]"
        else:
            yield encode(value)
    yield "}\n"


@cache
def _encoder() -> Callable[[object], str]:
    import json  # noqa: PLC0415 - only with --json

    return json.JSONEncoder(ensure_ascii=False, default=str).encode
