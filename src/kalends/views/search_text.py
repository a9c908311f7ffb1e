"""The searchable text of an activity, and how it is cut so that any word is found."""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from operator import add

from kalends.domain.details import Details

# FTS5 refuses trees that are too deep; this many pairs leave few texts to check.
_TERMS = 32

_ENCODING = "utf-32-le"
_CODES = next(code for code in "IL" if array(code).itemsize == len(" ".encode(_ENCODING)))

# All that NFKC has to change in most Chinese texts; doing it this way takes a fifth of the time.
_NARROW = tuple(zip("，；：（）！？", ",;:()!?", strict=True))
# So many texts are changed at once, with this between them where they may contain line ends.
_TOGETHER = 50
_BETWEEN = "\0"
_RUN = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return the text as it is compared: full-width made narrow (NFKC), case folded."""
    narrow = text
    for wide, sign in _NARROW:
        narrow = narrow.replace(wide, sign)
    if not unicodedata.is_normalized("NFKC", narrow):
        narrow = unicodedata.normalize("NFKC", text)
    return narrow.casefold()


def body(details: Details) -> str:
    """Return the searched fields, a line for each, not folded yet; no word spans two of them.

    Tags and the place are written with # and @, as in lists.
    """
    text = details.title
    if details.tags:
        text += "\n#" + "\n#".join(details.tags)
    if details.place is not None:
        text += "\n@" + details.place
    if details.description is not None:
        text += "\n" + details.description
    return text


def folded_together(texts: Sequence[str]) -> Iterator[str]:
    """Yield what `folded` returns for each text, in half of the time of a call for each."""
    for start in range(0, len(texts), _TOGETHER):
        some = texts[start : start + _TOGETHER]
        together = folded(_BETWEEN.join(some)).split(_BETWEEN)
        # Nothing that is recorded contains what is put between; a journal from elsewhere might.
        yield from together if len(together) == len(some) else map(folded, some)


def pairs(texts: Sequence[str]) -> Iterator[str]:
    """Yield, for each folded text, the overlapping pairs of its characters, for FTS5 to index.

    The last character forms a pair with the line end, so every single character starts a pair.
    FTS5 drops spaces and ASCII punctuation from pairs; the others are stored but never searched.
    """
    for start in range(0, len(texts), _TOGETHER):
        some = texts[start : start + _TOGETHER]
        # Move all numbers at once: a third of the time of joining two characters at a time.
        codes = array(_CODES, ("\n".join(some) + "\n").encode(_ENCODING))
        found = array(_CODES, " ".encode(_ENCODING)) * (3 * len(codes) - 3)
        found[0::3] = codes[:-1]
        found[1::3] = codes[1:]
        together, begin = found.tobytes().decode(_ENCODING), 0
        for text in some:
            end = begin + 3 * len(text)
            yield together[begin:end]
            begin = end + 3


def query(word: str) -> str:
    """Return the FTS5 query for texts that may contain a folded word, "" when any may.

    It finds all that contain the word and some that do not: check each.
    """
    terms: list[str] = []
    for run in _RUN.findall(word):
        if len(run) == 1:
            terms.append(f'"{run}" *')
        else:
            terms += (f'"{pair}"' for pair in map(add, run, run[1:]))
    return " AND ".join(list(dict.fromkeys(terms))[:_TERMS])
