"""Reads what posters and chats part their words by, as marks: stars, points, pictures.

* Fri 31 July * 6 pm *        🎉 Summer party 🎉 Fri 31 July 📍 Main Square

What a picture says of what does not take place (🚫) stays.
"""

from kalends.domain.patterns import Pattern

# These say that something does not take place.
NO = "(?![❌❎✖✗✘🚫⛔❓❔🙅👎])"
_PICTURE = f"{NO}[\u2190-\u21ff\u2300-\u25cf\u25d0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_BEHIND = "[\ufe0e\ufe0f\u200d\u20e3\U0001f3fb-\U0001f3ff]*"  # their colours
_STARS = Pattern(
    rf"(?<![0-9*])\s*(?:\*\s*)+(?!\w\*)|\s*[•►▪●★☆✦✨]+\s*|\s*(?:{_PICTURE}{_BEHIND}\s*)+"
)
_CALLS = Pattern("[!！]{2,}", needs="!！")
_PINNED = Pattern(
    rf"[\U0001f4cd\U0001f4cc]{_BEHIND}\s*([^@\"•*|;,.\n]*?)(?=\s*(?:$|[•*|;,.\n]|{_PICTURE}))",
    needs="\U0001f4cd\U0001f4cc",
)
_MARKS = Pattern(r"\s*;(?:\s*;)+|\s*(?<=[:,.!?])\s*;", needs=";")


def without_pictures(text: str) -> str:
    """Return a text with a mark for each star and picture between its words.

    A pin stands before a place.
    """
    if "@" not in text and '"' not in text:
        text = _PINNED.sub(lambda pinned: f'; @"{pinned[1]}" ' if pinned[1] else "", text)
    text = _CALLS.sub("!", _STARS.sub("; ", text))
    return _MARKS.sub(";", text).strip("; ")
