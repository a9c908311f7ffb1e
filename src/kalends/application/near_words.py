"""What looks like the words of a search that found nothing."""

import difflib
from collections.abc import Iterable

from kalends.domain.text import fold

_MOST = 6
# A text is offered when it shares so much of its pairs of characters with what was searched for.
_LEAST = 0.34


def near_words(words: str, texts: Iterable[str]) -> list[str]:
    """Return the texts that look like the words searched for, the nearest first.

    A text is near a word if the pairs of characters they share are many for the shorter of the
    two; of equals, the one that is like it as a whole comes first.
    """
    wanted = [word for word in (fold(each) for each in words.split()) if word]
    if "".join(wanted) not in wanted:
        wanted.append("".join(wanted))
    found: dict[str, tuple[float, float]] = {}
    for text in dict.fromkeys(texts):
        folded = fold(text)
        score = max((_shared(word, folded) for word in wanted), default=0.0)
        if score >= _LEAST:
            alike = max(difflib.SequenceMatcher(None, word, folded).ratio() for word in wanted)
            found[text] = (score, alike)
    return sorted(found, key=lambda text: found[text], reverse=True)[:_MOST]


def _shared(word: str, text: str) -> float:
    """Return which part of the pairs of the shorter text the other one has too."""
    own, others = _pairs(word), _pairs(text)
    return len(own & others) / min(len(own), len(others)) if own and others else 0.0


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)} or set(text)
