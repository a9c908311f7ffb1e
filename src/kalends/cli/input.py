"""Reads the file that an option names; `-` is standard input."""

import sys
from pathlib import Path

from kalends.domain.errors import FileNotReadableError
from kalends.words import os_error_message


def octets_of(source: Path) -> bytes:
    """Return the bytes of a file or of standard input; raise `FileNotReadableError`."""
    try:
        return sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        raise FileNotReadableError(name=source, detail=os_error_message(error)) from None
