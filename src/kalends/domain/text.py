"""Which words can stand in the record: lengths, and characters that would break a reader."""

import re
import unicodedata

from kalends.domain.errors import CharacterError, EmptyTextError, LongTextError, N_, TextError

LIMITS = {
    N_("title"): 200,
    N_("place"): 200,
    N_("description"): 10_000,
    N_("reason"): 1_000,
    N_("name"): 100,
    N_("alias"): 100,
    N_("tag"): 40,
    N_("link"): 2_000,
    N_("quote"): 10_000,
    N_("actor"): 64,
    N_("date"): 200,
}

# C0 and C1 controls, line and paragraph separators, direction overrides, BOM, lone surrogates,
# non-characters (Unicode 23.7). Calendars are cut, garbled or rejected whole at any of them.
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)
_TAG_FORBIDDEN = re.compile(r'[\s,;，；/\\:*?"<>|#@]')
_ACTOR = re.compile(r"[\w][\w.@+-]*")


def clean(text: str, field: str) -> str:
    """Return the text trimmed and composed (NFC), fit for a field that must not be empty.

    Raises `TextError`: empty, longer than `LIMITS[field]`, or a character that breaks readers.
    """
    trimmed = text.strip(" \u3000\u00a0")
    if not trimmed:
        raise EmptyTextError(field=field)
    if len(trimmed) > LIMITS[field]:
        raise LongTextError(field=field, length=len(trimmed), limit=LIMITS[field])
    lines = trimmed.replace("\n", " ") if field == "description" else trimmed
    if bad := _FORBIDDEN.search(lines):
        raise CharacterError(
            field=field, character=f"U+{ord(bad.group()):04X}", place=bad.start() + 1
        )
    return unicodedata.normalize("NFC", trimmed)


def clean_or_none(text: str | None, field: str) -> str | None:
    """Return the cleaned text, or None where there is none or nothing in it."""
    return clean(text, field) if text is not None and text.strip(" \u3000\u00a0") else None


def clean_tag(text: str) -> str:
    """Return a tag: one word, fit to be a category and part of a file's name."""
    tag = clean(text.removeprefix("#"), "tag")
    if _TAG_FORBIDDEN.search(tag) or tag.startswith(".") or tag.endswith("."):
        raise TextError(field="tag", detail=repr(tag))
    return tag


def clean_actor(text: str) -> str:
    """Return a handle: letters, digits and . _ @ + - only."""
    actor = clean(text, "actor")
    if not _ACTOR.fullmatch(actor):
        raise TextError(field="actor", detail=repr(actor))
    return actor


def fold(text: str) -> str:
    """Return the text as it is compared: full-width made narrow, case folded, spaces dropped."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
