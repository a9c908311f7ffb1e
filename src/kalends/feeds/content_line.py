"""A line of a calendar as RFC 5545 requires: escaped and folded."""

from kalends.domain.patterns import Pattern

# Where a reader may see the end of a line. No command records one, but a journal that somebody
# else signed may hold it, and what follows would be a property of its own.
_ENDS = Pattern("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_ROOM = 74  # bytes; with the blank that starts a continuation, 75
_CONTINUED = b"\r\n "
_ESCAPES = b"\\^"


def escaped(text: str) -> str:
    r"""Return a TEXT value (RFC 5545, 3.3.11): `\`, `;`, `,` and line feeds get a backslash."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """Return a line in UTF-8, folded (RFC 5545, 3.1), without the CRLF at its end.

    No piece is longer than 75 bytes, or cut inside a character or after a backslash or a caret,
    for readers that unescape before they unfold. The cuts are those of icalendar 7. A character at
    which a line may end becomes U+FFFD.
    """
    if not line.isprintable():
        line = _ENDS.sub("\ufffd", line)
    content = line.encode()
    size = len(content)
    if size <= _ROOM:
        return content
    pieces, start, end = [], 0, _ROOM
    while end < size:
        while content[end] & 0xC0 == 0x80:  # noqa: PLR2004 - inside a character of UTF-8
            end -= 1
        if content[end - 1] in _ESCAPES:
            end -= 1
        pieces.append(content[start:end])
        start, end = end, end + _ROOM
    pieces.append(content[start:])
    return _CONTINUED.join(pieces)
