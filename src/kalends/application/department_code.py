"""Makes a code for a department from its name."""

import re
import unicodedata

from kalends.domain.errors import CodeError
from kalends.domain.roster import Roster

_MOST = 40


def free_code(roster: Roster, name: str) -> str:
    """Return a free code made from the name: its pinyin, or initials if that is too long."""
    code = code_of(name)
    numbered = (
        code if n == 1 else f"{code[: _MOST - 3]}-{n}" for n in range(1, len(roster.owners) + 2)
    )
    return next(free for free in numbered if roster.find(free) is None)


def code_of(name: str) -> str:
    """Return a name in ASCII: its pinyin, or initials if that is too long; raises `CodeError`."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - slow to load, seldom needed

    name = unicodedata.normalize("NFKC", name)  # full-width letters become ASCII, as when compared
    syllables = [
        re.sub(r"[^a-z0-9]+", "-", syllable.lower()).strip("-") for syllable in lazy_pinyin(name)
    ]
    syllables = [syllable for syllable in syllables if syllable]
    code = "-".join(syllables) if name.isascii() else "".join(syllables)
    if len(code) > _MOST:
        code = "".join(syllable[0] for syllable in syllables)[:_MOST]
    if not syllables:
        raise CodeError(name=name)
    return code if code[:1].isalpha() else f"d{code}"
