"""How far a text begins with a misspelt name of a department that was named in answer to it."""

from kalends.domain.department import Department
from kalends.domain.text import fold
from kalends.intake.vocabulary.unknown_departments import SHORTEST

_MISSPELT = 0.34  # of a name's characters: one of three


def misread(department: Department, text: str) -> int:
    """Return how far a text begins with a misspelt name of a department: 市教育居 for 市教育局."""
    best, length = 1.0, 0
    for name in department.called:
        for end in range(max(len(name) - 1, SHORTEST), min(len(name) + 1, len(text)) + 1):
            pair = text[end - 1 : end + 1]
            if pair[0].isspace() or (len(pair) > 1 and pair.isascii() and pair.isalnum()):
                continue
            wrong = _distance(fold(name), fold(text[:end])) / len(name)
            if wrong <= _MISSPELT and (wrong, -end) < (best, -length):
                best, length = wrong, end
    return length


def _distance(first: str, second: str) -> int:
    """Return how many characters differ between two words, are lost or too many."""
    row = list(range(len(second) + 1))
    for n, char in enumerate(first, 1):
        before, row[0] = row[0], n
        for m, other in enumerate(second, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (char != other))
    return row[-1]
