"""Which words can stand in the record: lengths, and characters that would break a reader."""

import re
import unicodedata

from kalends.domain.errors import N_, CharacterError, EmptyTextError, LongTextError, TextError

LIMITS = {
    N_("title"): 200,
    N_("place"): 200,
    N_("description"): 10_000,
    N_("reason"): 1_000,
    N_("name"): 100,
    N_("alias"): 100,
    N_("short name"): 100,
    N_("tag"): 40,
    N_("link"): 2_000,
    N_("quote"): 10_000,
    N_("actor"): 64,
    N_("date"): 200,
    N_("zone"): 100,
}

# C0 and C1 controls, line and paragraph separators, all that turns the direction of writing
# (Bidi_Control), BOM, lone surrogates, non-characters (Unicode 23.7). Calendars are cut, garbled
# or rejected whole at any of them, or show a reader another text than the record holds.
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)
_BLANKS = " \u3000\u00a0"
_TAG_FORBIDDEN = re.compile(r'[\s,;，；/\\:*?"<>|#@]|^\.|\.$')
_ACTOR = re.compile(r"[\w][\w.@+-]*")


def clean(text: str, field: str) -> str:
    """Return the text composed (NFC) and trimmed, fit for a field that must not be empty.

    Raises `TextError`: empty, longer than `LIMITS[field]`, or a character that breaks readers.
    """
    found = _trimmed(text, field)
    if found is None:
        raise EmptyTextError(field=field)
    if len(found) > LIMITS[field]:
        raise LongTextError(field=field, length=len(found), limit=LIMITS[field])
    return found


def clean_or_none(text: str | None, field: str) -> str | None:
    """Return the cleaned text, or None where there is none or nothing in it."""
    return None if text is None or _trimmed(text, field) is None else clean(text, field)


def clean_tag(text: str) -> str:
    """Return a tag: one word, fit to be a category and part of a file's name."""
    tag = clean(clean(text, "tag").removeprefix("#"), "tag")
    if bad := _TAG_FORBIDDEN.search(tag):
        raise TextError(
            field="tag",
            value=tag,
            character=bad.group(),
            rule=_contains(bad.group()),
            cure=N_(
                'A tag is one word without spaces and , ; : / \\ * ? " < > | # @, '
                "and without a full stop at either end."
            ),
        )
    return tag


def clean_actor(text: str) -> str:
    """Return a handle: letters, digits and . _ @ + - only."""
    actor = clean(text, "actor")
    if not _ACTOR.fullmatch(actor):
        bad = next(one for one in actor if not _ACTOR.fullmatch(f"a{one}") or one in "-@.+")
        raise TextError(
            field="actor",
            value=actor,
            character=bad,
            rule=_contains(bad),
            cure=N_("Use letters, digits and . _ @ + -, beginning with a letter or a digit."),
        )
    return actor


def _contains(character: str) -> str:
    """Return the rule that a character breaks, with a name for one that nobody sees."""
    return N_("it contains a space") if character.isspace() else N_("it contains “{character}”")


def fold(text: str) -> str:
    """Return the text as it is compared: full-width made narrow, case folded, blanks dropped."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not folded.isalnum():
        folded = "".join(one for one in folded if not _is_blank(one))
    return unicodedata.normalize("NFKC", folded)


def _trimmed(text: str, field: str) -> str | None:
    """Return the text composed and without blanks at its ends, or None when nothing is seen of it.

    Raises `CharacterError`; only the description may have lines.
    """
    blanks, lines = (_BLANKS, text)
    if field == "description":
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        blanks, lines = _BLANKS + "\n", text.replace("\n", " ")
    if bad := _FORBIDDEN.search(lines):
        raise CharacterError(
            field=field, character=f"U+{ord(bad.group()):04X}", place=bad.start() + 1
        )
    # Composed first: it may make a text longer, and what is accepted once is accepted again.
    trimmed = unicodedata.normalize("NFC", text).strip(blanks)
    return None if all(map(_is_blank, trimmed)) else trimmed


def _is_blank(character: str) -> bool:
    """Tell whether nothing is seen of it: a space, or a mark like the zero-width space."""
    return character.isspace() or unicodedata.category(character) == "Cf"
