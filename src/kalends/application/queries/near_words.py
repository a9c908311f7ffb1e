"""Suggests similar words when a search finds nothing."""

import difflib
from collections.abc import Iterable

from kalends.domain.text import fold

_MOST = 6
# A text is offered when it shares so much of its pairs of characters with what was searched for.
_LEAST = 0.34
# So much of what strangers look for is compared.
_MOST_WORDS, _LONGEST = 8, 60


def near_words(words: str, texts: Iterable[str]) -> list[str]:
    """Return the texts that look like the words searched for, the nearest first.

    A text is near a word if the pairs of characters they share are many for the shorter of the
    two; of equals, the one that is like it as a whole comes first.
    """
    folded_words = [fold(each) for each in words.split()[:_MOST_WORDS]]
    wanted = {word[:_LONGEST] for word in (*folded_words, "".join(folded_words)) if word}
    pairs = {word: _pairs(word) for word in wanted}
    found: dict[str, tuple[float, float]] = {}
    for text in dict.fromkeys(texts):
        folded = fold(text)
        own = _pairs(folded)
        score = max((_shared(each, own) for each in pairs.values()), default=0.0)
        if score >= _LEAST:
            alike = max(difflib.SequenceMatcher(None, word, folded).ratio() for word in wanted)
            found[text] = (score, alike)
    return sorted(found, key=lambda text: found[text], reverse=True)[:_MOST]


def _shared(pairs: set[str], others: set[str]) -> float:
    """Return which part of the pairs of the shorter text the other has too."""
    shorter = min(len(pairs), len(others))
    return len(pairs & others) / shorter if shorter else 0.0


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)} or set(text)
