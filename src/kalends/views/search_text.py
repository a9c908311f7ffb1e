"""The searchable text of an activity, and how it is cut so that any word is found."""

import re
import unicodedata
from array import array
from operator import add

from kalends.domain.details import Details

# FTS5 refuses trees that are too deep; this many pairs leave few texts to check.
_TERMS = 32

_ENCODING = "utf-32-le"
_CODES = next(code for code in "IL" if array(code).itemsize == len(" ".encode(_ENCODING)))

# All that NFKC has to change in most Chinese texts; doing it this way takes a fifth of the time.
_NARROW = tuple(zip("，；：（）！？", ",;:()!?", strict=True))
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
    """Return the searched fields, folded, a line for each; no word spans two of them.

    Tags and the place are written with # and @, as in lists.
    """
    fields = [details.title, *(f"#{tag}" for tag in details.tags)]
    if details.place is not None:
        fields.append(f"@{details.place}")
    if details.description is not None:
        fields.append(details.description)
    return folded("\n".join(fields))


def pairs(text: str) -> str:
    """Return the overlapping pairs of a folded text's characters, for FTS5 to index.

    The last character forms a pair with the line end, so every single character starts a pair.
    FTS5 drops spaces and ASCII punctuation from pairs; the others are stored but never searched.
    """
    # Move all numbers at once: a third of the time of joining two characters at a time.
    codes = array(_CODES, (text + "\n").encode(_ENCODING))
    found = array(_CODES, " ".encode(_ENCODING)) * (3 * len(text))
    found[0::3] = codes[:-1]
    found[1::3] = codes[1:]
    return found.tobytes().decode(_ENCODING)


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
