"""Which texts may be recorded: their lengths, and characters that would break a reader."""

import unicodedata
from functools import lru_cache

from kalends.domain.errors import (
    N_,
    CharacterError,
    EmptyTextError,
    LongTextError,
    ReasonRequiredError,
    TextError,
)
from kalends.domain.patterns import Pattern

LIMITS = {
    N_("title"): 200,
    N_("place"): 200,
    N_("sentence"): 1_000,
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
    N_("note"): 100,
    N_("login"): 300,
}

# C0 and C1 controls, line and paragraph separators, all that turns the direction of writing
# (Bidi_Control), BOM, lone surrogates, non-characters (Unicode 23.7). Calendars are cut, garbled
# or rejected whole at any of them, or show a reader another text than the record holds.
_FORBIDDEN = Pattern(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
    )
    + "]"
)
# Invisible characters: Unicode's Default_Ignorable_Code_Point, the blank Braille pattern, and what
# stands for a note or for a picture that was not copied with the text (U+FFFC).
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")  # of them, those that count as letters
_MARKS_OUT = dict.fromkeys([*range(0x80), *map(ord, "，。、；：！？（）【】《》“”‘’—…·～＠＃｜")])
_IS_UNSEEN = Pattern(f"[{_UNSEEN}]")
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Where they are part of a visible character: variants of ideographs in names (IVS), the flags
# made of tags, Mongolian variants, and joiners between letters that join (Arabic to Mongolian).
_PART_OF_LETTER = Pattern(
    f"(?<=[{_IDEOGRAPH}])[\U000e0100-\U000e01ef]"
    "|(?<=\U0001f3f4)[\U000e0020-\U000e007e]+\U000e007f"
    "|(?<=[\u1820-\u18aa])(?:[\u180b-\u180d\u180f]|\u180e(?=[\u1820-\u18aa]))"
    "|(?<=[\u0620-\u08ff\u0900-\u1cff\ua800-\uabff])[\u200c\u200d]"
    "(?=[\u0620-\u08ff\u0900-\u1cff\ua800-\uabff])"
    "|(?<=[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])[\u200c\u200d]"
)
_JOINER, _STYLES, _KEYCAP = "\u200d", "\ufe0e\ufe0f", "\u20e3"
_PICTURES = {"So", "Sm", "Sk"}
_STYLED = "‼⁉〰〽" + _KEYCAP
_OVERRIDES = "\u202d\u202e"
# A quotation keeps what the document contains, invisible characters too.
_AS_IT_STANDS = {"quote"}
_BLANKS = " \u3000\u00a0"
_TAG_FORBIDDEN = Pattern(r'[\s,;，；/\\:*?"<>|#@]|^\.|\.$')
_ACTOR = Pattern(r"[\w][\w.@+-]*")


def clean(text: str, field: str) -> str:
    """Return the text composed (NFC) and trimmed, for a field that must not be empty.

    Raises `TextError` when it is empty, longer than `LIMITS[field]`, or has a character that
    breaks readers.
    """
    found = clean_or_none(text, field)
    if found is None:
        raise EmptyTextError(field=field)
    return found


def required_reason(text: str) -> str:
    """Return the reason cleaned; raises `ReasonRequiredError` when it is empty."""
    try:
        return clean(text, "reason")
    except EmptyTextError:
        raise ReasonRequiredError from None


def clean_or_none(text: str | None, field: str) -> str | None:
    """Return the cleaned text, or None when it is empty or missing."""
    found = None if text is None else _trimmed(text, field)
    if found is not None and len(found) > LIMITS[field]:
        raise _too_long(field, len(found))
    return found


def _too_long(field: str, length: int) -> LongTextError:
    error = LongTextError(field=field, length=length, limit=LIMITS[field])
    if field == "description":
        error.hint = error.hint_if_description  # type: ignore[misc]  # a hint of this error alone
    return error


def check_length(text: str, field: str) -> None:
    """Raise `LongTextError` if a text is too long for its field."""
    if len(text) > LIMITS[field]:
        raise _too_long(field, len(text))


@lru_cache(1024)  # a campaign has few tags, and each many activities
def clean_tag(text: str) -> str:
    """Return a tag: one word that can be a category and part of a file name."""
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
        bad = next(
            character
            for character in actor
            if not _ACTOR.fullmatch(f"a{character}") or character in "-@.+"
        )
        raise TextError(
            field="actor",
            value=actor,
            character=bad,
            rule=_contains(bad),
            cure=N_("Use letters, digits and . _ @ + -, beginning with a letter or a digit."),
        )
    return actor


def _contains(character: str) -> str:
    """Return the rule that a character breaks; an invisible character gets a name."""
    return N_("it contains a space") if character.isspace() else N_("it contains “{character}”")


def unseen(text: str) -> list[int]:
    """Return the places of invisible characters that nothing visible needs.

    Emoji joiners and styles, variants of ideographs (IVS) and the joiners of Arabic, Indian and
    Mongolian letters are needed where they occur; a zero-width space never is.
    """
    if _is_plain(text) or not _IS_UNSEEN.search(text):
        return []
    needed = {n for match in _PART_OF_LETTER.finditer(text) for n in range(*match.span())}
    return [
        match.start()
        for match in _IS_UNSEEN.finditer(text)
        if match.start() not in needed and not _draws_picture(text, match.start())
    ]


def without_unseen(text: str) -> str:
    """Return the text without invisible characters that nothing visible needs.

    Characters that reverse the direction of writing stay: without them people would see another
    text.
    """
    while gone := {place for place in unseen(text) if text[place] not in _OVERRIDES}:
        text = "".join(character for n, character in enumerate(text) if n not in gone)
    return text


@lru_cache(1024)  # tags again, and titles that are compared more than once
def fold(text: str) -> str:
    """Return the text for comparison: full-width made narrow, case folded, blanks dropped.

    Invisible characters are dropped too, also variants of an ideograph: 葛 is 葛 however it is
    drawn.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not (folded.isalnum() and _FILLERS.isdisjoint(folded)):
        folded = "".join(character for character in folded if not _is_blank(character))
    return unicodedata.normalize("NFKC", folded)


def _trimmed(text: str, field: str) -> str | None:
    """Return the text composed and trimmed, or None when nothing visible is left.

    Raises `CharacterError`; only the description may have several lines.
    """
    blanks, lines = (_BLANKS, text)
    if field == "description":
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        blanks, lines = _BLANKS + "\n", text.replace("\n", " ")
    bad = None if lines.isprintable() else _FORBIDDEN.search(lines)
    places = [] if bad is None else [bad.start()]
    if field not in _AS_IT_STANDS and any(not _is_blank(line) for line in lines):
        places += unseen(lines)[:1]
    if places:
        place = min(places)
        character = f"U+{ord(lines[place]):04X}"
        error = CharacterError(field=field, character=character, place=place + 1)
        if unicodedata.category(lines[place]) == "Cs":
            error.hint = CharacterError.hint_if_half  # type: ignore[misc]  # of this one alone
        raise error
    # Compose first: that may make a text longer, and an accepted text must be accepted again.
    trimmed = unicodedata.normalize("NFC", text).strip(blanks)
    return None if all(map(_is_blank, trimmed)) else trimmed


def _is_plain(text: str) -> bool:
    """Return whether a text surely has no invisible character: only letters, digits and marks."""
    letters = "" if text.isascii() else text.translate(_MARKS_OUT)
    return not letters or (letters.isalnum() and _FILLERS.isdisjoint(letters))


def _is_blank(character: str) -> bool:
    """Return whether nothing of it is visible: a space, or a mark like the zero-width space."""
    if character.isascii() or "\u4e00" <= character <= "\u9fff":  # what texts are made of
        return character.isspace()
    return (
        character.isspace()
        or unicodedata.category(character) == "Cf"
        or _IS_UNSEEN.match(character) is not None
    )


def _draws_picture(text: str, place: int) -> bool:
    """Return whether a character joins two pictures or sets how a picture is drawn."""
    character, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
    if character == _JOINER:
        return _is_picture(before, _STYLES) and _is_picture(after)
    if character in _STYLES:
        return _is_picture(before, _STYLED) or after == _KEYCAP
    return False


def _is_picture(character: str, others: str = "") -> bool:
    return character != "" and (
        unicodedata.category(character) in _PICTURES or character in others
    )
