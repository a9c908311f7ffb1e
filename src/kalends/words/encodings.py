"""Names the encoding of bytes that are not UTF-8, for people who have to save a file again."""

from kalends.words.catalogue import Message

_MARKS = {b"\xff\xfe\x00\x00": "UTF-32", b"\x00\x00\xfe\xff": "UTF-32"} | {
    b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"
}  # fmt: skip


def marked_encoding(content: bytes) -> str | None:
    """Return the encoding that a byte order mark names, if it is not UTF-8."""
    return next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)


def encoding_of(content: bytes) -> str:
    """Return the likely name of the encoding of bytes that are not UTF-8."""
    if marked := marked_encoding(content):
        return marked
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return Message("another encoding")
    return Message("probably GBK")
