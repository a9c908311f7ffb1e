"""Ids of activities in Crockford's base32: makes them, and finds the full id for a prefix."""

from collections.abc import Callable, Iterable, Sequence

from kalends.domain.errors import ActivityNotFoundError, AmbiguousIdError
from kalends.domain.sha256 import sha256

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


def base32(numbers: Iterable[int]) -> str:
    """Return a base32 character for the last five bits of each number."""
    return "".join(_BASE32[number & 31] for number in numbers)


def derived(text: str) -> str:
    """Return 12 characters of Crockford's base32, not all digits, derived from a text."""
    number = int.from_bytes(sha256(text.encode()).digest()[:8], "big")
    made = base32(number >> shift for shift in range(0, 60, 5))
    return derived(text + "'") if made.isdigit() else made


SHORTEST = 4
_NAMED = 8
# Crockford's base32: letters that look like digits are read as digits.
_LOOKALIKES = str.maketrans("oil", "011")


def resolved(text: str, beginning: Callable[[str, int], Sequence[str]]) -> str:
    """Return the only activity id that starts with what was typed.

    Case does not matter; the letter o is read as 0, i and l as 1. `beginning(prefix, most)`
    returns up to `most` ids that start with a prefix, sorted. Raises `ActivityNotFoundError`, or
    `AmbiguousIdError` with some of those found.
    """
    typed = text.strip()
    if not (typed.isascii() and typed.isalnum()):
        raise ActivityNotFoundError(name=text)
    folded = typed.lower().translate(_LOOKALIKES)
    found = beginning(folded, _NAMED + 1)
    if folded in found:
        return folded
    if not found:
        raise ActivityNotFoundError(name=text)
    if len(found) > 1:
        names = ", ".join(found[:_NAMED])
        raise AmbiguousIdError(
            text=text,
            found=names if len(found) <= _NAMED else f"{names}, …",
            choices=tuple(found[:_NAMED]),
        )
    return found[0]
