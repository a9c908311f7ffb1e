"""Reads the file that an option names; `-` is standard input."""

import sys
from pathlib import Path

from kalends.application import given_files


def content_of(source: Path) -> bytes:
    """Return the bytes of a file or of standard input; raise `FileNotReadableError`.

    A name may be that of an endless device.
    """
    if str(source) == "-":
        return given_files.content_from(sys.stdin.buffer, source)
    return given_files.content_of(source)
