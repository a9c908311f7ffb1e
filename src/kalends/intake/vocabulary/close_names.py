"""Which departments' names are close to what was typed, so that they can be suggested."""

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from kalends.domain.patterns import Pattern

_MOST = 3
# So much of what tells two offices apart must be alike, and so much of whole Chinese names, where
# one slip is a third of a short name; where fewer letters are shared, nothing needs comparing.
_ALIKE, _SLIPPED, _SHARED = 0.6, 0.55, 0.42
# Every other office has these in its name: that they are alike says nothing.
_KINDS = Pattern(
    "municipal|county|district|bureau|office|department|committee|commission|council|league|"
    "brigade|cent(?:er|re)|station|school|company|city|"
    "人民政府|政府|委员|中心|公司|[省市州盟县区旗镇乡街道办委局院处站所队会部厅科室]"
)


def close_names(wanted: str, names: Iterable[str]) -> list[str]:
    """Return up to three folded names that are close to a folded text, the closest first.

    What tells offices apart is compared, 教育 of 市教育局: it is alike, or, in Chinese, shortened
    to 教, or more is behind it. A slip of the keys is forgiven where the rest is the same.
    """
    whole, part = _Likeness(wanted), _Likeness(_core(wanted))
    closest: list[tuple[float, str]] = []
    least = 0.0  # what is no closer is not among them
    for name in dict.fromkeys(names):
        shared = _SHARED * min(len(part.letters), len(name))
        if len(part.letters.intersection(name)) < max(1, shared):
            continue
        likeness = _likeness(name, whole, part, least)
        if likeness > least:
            closest = sorted([*closest, (likeness, name)], key=lambda pair: -pair[0])[:_MOST]
            least = closest[-1][0] if len(closest) == _MOST else 0.0
    return [name for _, name in closest]


class _Likeness:
    """How alike texts are to one that was typed, from 0 to 1."""

    def __init__(self, text: str) -> None:
        self.text, self.letters = text, frozenset(text)
        self._matcher = SequenceMatcher(None, "", text)
        counts = Counter(text)
        self._once = frozenset(letter for letter, count in counts.items() if count == 1)
        self._often = [(letter, count) for letter, count in counts.items() if count > 1]

    def of(self, other: str) -> float:
        """Return how alike another text is."""
        self._matcher.set_seq1(other)
        return self._matcher.ratio()

    def most(self, other: str) -> float:
        """Return how alike another text is at most, by its letters in whatever order: quickly."""
        shared = len(self._once.intersection(other))
        for letter, count in self._often:
            shared += min(count, other.count(letter))
        return 2.0 * shared / (len(other) + len(self.text))


def _likeness(name: str, whole: _Likeness, part: _Likeness, least: float) -> float:
    """Return how alike a name is, 0 if it is not close, or surely no closer than `least`."""
    core, other = part.text, _core(name)
    if part.letters.isdisjoint(other):
        return 0.0
    most = whole.most(name)
    if (len(other) > 1 and other in core) or _is_shortened(core, other):
        return 1.0 + whole.of(name) if 1.0 + most > least else 0.0
    most_alike = part.most(other)
    if most + (most_alike if most_alike >= _ALIKE else 0.0) <= least:
        return 0.0
    if not core.isascii() and most >= _SLIPPED and (likeness := whole.of(name)) >= _SLIPPED:
        return likeness
    alike = part.of(other) if most_alike >= _ALIKE else 0.0
    return alike + whole.of(name) if alike >= _ALIKE else 0.0


def _is_shortened(core: str, other: str) -> bool:
    """Return whether the letters of a Chinese core stand in another one in the same order."""
    place = 0
    for letter in core:
        place = other.find(letter, place) + 1
        if not place:
            return False
    return not core.isascii()


@lru_cache(maxsize=8_192)  # the names of a roster are compared again at each letter
def _core(name: str) -> str:
    return _KINDS.sub("", name) or name
