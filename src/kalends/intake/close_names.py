"""Which departments' names are close to what was typed, so that they can be suggested."""

import difflib
from collections.abc import Iterable

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
    core = _core(wanted)
    letters = frozenset(core)
    found = []
    for name in dict.fromkeys(names):
        least = _SHARED * min(len(letters), len(name))
        if len(letters.intersection(name)) >= max(1, least):
            likeness = _likeness(wanted, core, name)
            found += [(likeness, name)] if likeness else []
    return [name for _, name in sorted(found, key=lambda pair: -pair[0])[:_MOST]]


def _likeness(wanted: str, core: str, name: str) -> float:
    """Return how alike a name is, 0 if it is not close."""
    other = _core(name)
    if not set(core).intersection(other):
        return 0.0
    whole = difflib.SequenceMatcher(None, name, wanted).ratio()
    if len(other) > 1 and other in core:
        return 1.0 + whole
    if not core.isascii():
        if _is_shortened(core, other):
            return 1.0 + whole
        if whole >= _SLIPPED:
            return whole
    alike = difflib.SequenceMatcher(None, other, core).ratio()
    return alike + whole if alike >= _ALIKE else 0.0


def _is_shortened(core: str, other: str) -> bool:
    """Return whether the letters of a core stand in another one in the same order."""
    rest = iter(other)
    return all(letter in rest for letter in core)


def _core(name: str) -> str:
    return _KINDS.sub("", name) or name
