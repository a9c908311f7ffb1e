"""How ids are spelt: in Crockford's base32, where no letter is taken for a digit."""

from collections.abc import Iterable

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


def spelt(numbers: Iterable[int]) -> str:
    """Return a character for each number, of its last five bits."""
    return "".join(_BASE32[number & 31] for number in numbers)
