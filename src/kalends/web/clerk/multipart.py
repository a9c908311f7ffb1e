"""Reads forms that carry a file (multipart/form-data, RFC 7578)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kalends.domain.errors import FormRefusedError

MEDIA_TYPE = "multipart/form-data"
_BOUNDARY = re.compile(r'boundary=(?:"([^"\r\n]{1,70})"|([^\s;,"]{1,70}))', re.IGNORECASE)
_NAME = re.compile(rb'content-disposition: *form-data;.*?\bname="([^"\r\n]*)"', re.IGNORECASE)
_IS_FILE = re.compile(rb"\bfilename\*?=", re.IGNORECASE)
_LINE = b"\r\n"


class Multipart(NamedTuple):
    """The fields of a form, and the contents of its files, by name."""

    fields: dict[str, str]
    files: dict[str, bytes]


def multipart(content_type: str, body: bytes, *, most: int) -> Multipart:
    """Return what a form holds, of at most so many parts; raises `FormRefusedError`."""
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for head, content in _parts(content_type, body, most):
        named = _NAME.search(head)
        if named is None:
            raise FormRefusedError
        try:
            name = named[1].decode()
            if _IS_FILE.search(head):
                files[name] = content
            else:
                fields[name] = content.decode()
        except UnicodeDecodeError:
            raise FormRefusedError from None
    return Multipart(fields, files)


def _parts(content_type: str, body: bytes, most: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the headers and the content of each part."""
    found = _BOUNDARY.search(content_type)
    if found is None:
        raise FormRefusedError
    mark = _LINE + b"--" + (found[1] or found[2]).encode("latin-1")
    before, *parts = (_LINE + body).split(mark, most + 1)
    if before or not parts or not parts.pop().startswith(b"--"):
        raise FormRefusedError
    for part in parts:
        head, gap, content = part.partition(2 * _LINE)
        if not part.startswith(_LINE) or not gap:
            raise FormRefusedError
        yield head, content
