"""What of an activity can be searched for, and how a text is cut so that any word is found."""

import re
import unicodedata
from array import array
from operator import add

from kalends.domain.details import Details

# FTS5 refuses trees that are too deep; so many pairs leave little to look through.
_TERMS = 32

_ENCODING = "utf-32-le"
_CODES = next(code for code in "IL" if array(code).itemsize == len(" ".encode(_ENCODING)))

# All that NFKC has to change in most Chinese texts; done so it takes a fifth of the time.
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
    """Return the searched fields, folded, a line each; a word never runs over two of them.

    Tags and the place stand there with # and @, as lists print them.
    """
    fields = [details.title, *(f"#{tag}" for tag in details.tags)]
    if details.place is not None:
        fields.append(f"@{details.place}")
    if details.description is not None:
        fields.append(details.description)
    return folded("\n".join(fields))


def pairs(text: str) -> str:
    """Return the overlapping pairs of a folded text's characters, for FTS5 to index.

    The last character makes a pair with a line's end, so one character is always the beginning
    of a pair. FTS5 drops spaces and ASCII punctuation from pairs; the others stand, unasked for.
    """
    # Moved as numbers, all at once: a third of the time of joining two characters at a time.
    codes = array(_CODES, (text + "\n").encode(_ENCODING))
    found = array(_CODES, " ".encode(_ENCODING)) * (3 * len(text))
    found[0::3] = codes[:-1]
    found[1::3] = codes[1:]
    return found.tobytes().decode(_ENCODING)


def query(word: str) -> str:
    """Return the FTS5 query for passages that may hold a folded word, "" when any of them may.

    It finds all that hold the word and some that do not: whoever asks must look.
    """
    terms: list[str] = []
    for run in _RUN.findall(word):
        if len(run) == 1:
            terms.append(f'"{run}" *')
        else:
            terms += (f'"{pair}"' for pair in map(add, run, run[1:]))
    return " AND ".join(list(dict.fromkeys(terms))[:_TERMS])
