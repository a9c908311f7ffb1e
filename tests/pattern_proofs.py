"""Proofs about regular expressions, from their parts: what every match holds, and begins with."""

from collections.abc import Iterable
from re import _constants as code

LARGEST = 300  # of a range of characters that is looked through
_FEW = 8  # times that a part may come again: it can be divided in 256 ways
MOST = 4_000  # ways of a stretch that are spelled out
_REPEATS = {code.MAX_REPEAT, code.MIN_REPEAT}


def is_needed(parts: Iterable[tuple[object, object]], needs: frozenset[str]) -> bool:
    """Tell whether whatever these parts of an expression match holds one of the characters."""
    return any(_part_needs(operation, argument, needs) for operation, argument in parts)


def _part_needs(operation, argument, needs):
    if operation is code.LITERAL:
        return chr(argument) in needs
    if operation is code.IN:
        return all(_choice_needs(*choice, needs) for choice in argument)
    if operation is code.BRANCH:
        return all(is_needed(branch, needs) for branch in argument[1])
    if operation is code.SUBPATTERN:
        return is_needed(argument[3], needs)
    # What is looked for behind a match is in the same text.
    is_there = operation in {*_REPEATS, code.ASSERT} and argument[0] > 0
    return is_there and is_needed(argument[-1], needs)


def _choice_needs(operation, argument, needs):
    if operation is code.LITERAL:
        return chr(argument) in needs
    if operation is code.RANGE:
        first, last = argument
        return last - first < LARGEST and all(chr(n) in needs for n in range(first, last + 1))
    return False


def ways(parts: Iterable[tuple[object, object]]) -> list[set[str]]:
    """Return, for each stretch of an expression that can be spelled out, all that it matches.

    A part that has too many ways ends a stretch. The stretches of whatever must be there within a
    group are given too.
    """
    stretches: list[set[str]] = [{""}]
    for operation, argument in parts:
        spelled = _spelled(operation, argument)
        longer = (
            {begun + more for begun in stretches[-1] for more in spelled}
            if spelled and len(stretches[-1]) * len(spelled) <= MOST
            else None
        )
        if longer is not None:
            stretches[-1] = longer
            if operation is code.ASSERT:  # what follows begins where this begins
                stretches.append({""})
            continue
        stretches += _within(operation, argument)
        stretches.append(spelled or {""})
    return stretches


def _spelled(operation, argument) -> set[str] | None:
    """Return all that one part matches, or None if that is too much to say."""
    if operation in {code.LITERAL, code.IN}:
        return _letters(argument if operation is code.IN else [(operation, argument)])
    if operation in {code.AT, code.ASSERT, code.ASSERT_NOT}:
        ahead = operation is code.ASSERT and argument[0] > 0 and _only(argument[1])
        return ahead or {""}
    if operation is code.BRANCH:
        branches = [_only(branch) for branch in argument[1]]
        return set().union(*branches) if all(branches) else None
    if operation is code.SUBPATTERN:
        return _only(argument[3])
    if operation in _REPEATS and argument[1] == 1:
        spelled = _only(argument[2])
        return spelled and spelled | ({""} if argument[0] == 0 else set())
    return None


def _letters(choices) -> set[str] | None:
    found: set[str] = set()
    for operation, argument in choices:
        if operation is code.LITERAL:
            found.add(chr(argument))
        elif operation is code.RANGE and argument[1] - argument[0] < LARGEST:
            found |= {chr(n) for n in range(argument[0], argument[1] + 1)}
        else:
            return None
    return found


def _only(parts) -> set[str] | None:
    """Return all that some parts match, if it can be said."""
    stretches = ways(parts)
    return stretches[0] if len(stretches) == 1 and "" not in stretches[0] else None


def _within(operation, argument) -> list[set[str]]:
    """Return the stretches of what must be there within a part."""
    if operation is code.SUBPATTERN:
        return ways(argument[3])
    if operation in _REPEATS and argument[0] > 0:
        return [*ways(argument[2]), {""}]
    return []


def holds_a_word(parts, words) -> bool:
    """Tell whether whatever these parts match holds one of the words."""
    parts = list(parts)
    if any(stretch and all(_is_in(words, way) for way in stretch) for stretch in ways(parts)):
        return True
    return any(
        all(holds_a_word(branch, words) for branch in argument[1])
        if operation is code.BRANCH
        else (operation is code.SUBPATTERN and holds_a_word(argument[3], words))
        or (operation is code.MAX_REPEAT and argument[0] > 0 and holds_a_word(argument[2], words))
        for operation, argument in parts
    )


def holds_digits(parts, count: int) -> bool:
    """Tell whether whatever these parts match holds so many digits in a row."""
    longest = so_far = 0
    for operation, argument in parts:
        so_far += _digits(operation, argument)
        longest = max(longest, so_far)
        if not _is_digits(operation, argument):
            so_far = 0
            if _holds_digits_within(operation, argument, count):
                return True
    return longest >= count


def _holds_digits_within(operation, argument, count) -> bool:
    within = [] if operation in {code.LITERAL, code.IN} else _within_part(operation, argument)
    is_there = operation not in _REPEATS or argument[0] > 0
    return is_there and bool(within) and all(holds_digits(parts, count) for parts in within)


def _is_digits(operation, argument) -> bool:
    """Tell whether a part is made of digits alone, or of nothing."""
    if operation in {code.AT, code.ASSERT, code.ASSERT_NOT}:
        return True
    if operation in {code.LITERAL, code.IN}:
        letters = _letters(argument if operation is code.IN else [(operation, argument)])
        return letters is not None and letters <= set("0123456789")
    return all(
        parts and all(_is_digits(*part) for part in parts)
        for parts in _within_part(operation, argument)
    )


def _digits(operation, argument) -> int:
    """Return how many digits a part begins with at least, if it is made of digits alone."""
    if operation in {code.AT, code.ASSERT, code.ASSERT_NOT} or not _is_digits(operation, argument):
        return 0
    if operation in {code.LITERAL, code.IN}:
        return 1
    least = min(
        sum(_digits(*part) for part in parts) for parts in _within_part(operation, argument)
    )
    return argument[0] * least if operation in _REPEATS else least


def _is_in(words, way) -> bool:
    return any(word in way for word in words)


def begins(parts, first: frozenset[str], *, behind_blanks: bool = False) -> bool:
    """Tell whether whatever these parts match begins with one of the characters.

    `behind_blanks`: the first character that is no blank is meant.
    """
    for operation, argument in parts:
        if operation is code.ASSERT and argument[0] > 0:
            if begins(argument[1], first, behind_blanks=behind_blanks):
                return True
        elif operation not in {code.AT, code.ASSERT, code.ASSERT_NOT}:
            if operation is code.SUBPATTERN and not argument[3]:
                continue  # an empty group
            if behind_blanks and _is_blank(operation, argument):
                continue
            is_so = _part_begins(operation, argument, first, behind_blanks=behind_blanks)
            if not (is_so and operation in _REPEATS and argument[0] == 0):
                return is_so
            # It may be missing: what follows must begin so as well.
    return False


def _part_begins(operation, argument, first, *, behind_blanks: bool) -> bool:
    if operation in {code.LITERAL, code.IN}:
        choices = argument if operation is code.IN else [(operation, argument)]
        return all(_choice_needs(*choice, first) for choice in choices)
    within = _within_part(operation, argument)
    return all(begins(parts, first, behind_blanks=behind_blanks) for parts in within)


def _within_part(operation, argument):
    """Return the parts within one, of which it begins with one; none where that is unknown."""
    if operation is code.BRANCH:
        return argument[1]
    if operation is code.SUBPATTERN:
        return [argument[3]]
    return [argument[2]] if operation in _REPEATS else [[]]


def _is_blank(operation, argument) -> bool:
    if operation in _REPEATS:
        return len(argument[2]) == 1 and _is_blank(*argument[2][0])
    return (operation, argument) == (code.LITERAL, ord(" "))


def never_begins(parts, characters: frozenset[str]) -> bool:
    """Tell whether nothing that these parts match begins with one of the characters."""
    for operation, argument in parts:
        if operation in {code.AT, code.ASSERT, code.ASSERT_NOT}:
            continue
        if operation in {code.LITERAL, code.IN}:
            choices = argument if operation is code.IN else [(operation, argument)]
            return not any(_may_be(choices, character) for character in characters)
        if operation in _REPEATS and argument[0] == 0:
            if not never_begins(argument[2], characters):
                return False
            continue  # it may be missing: what follows must not begin so either
        within = _within_part(operation, argument)
        return all(never_begins(parts, characters) for parts in within)
    return False


def _may_be(choices, character: str) -> bool:
    """Tell whether one of the choices may be a character; a category of blanks is no digit."""
    (first, argument), *others = choices
    if first is code.NEGATE:
        return not _may_be(others, character)
    is_it = {
        code.LITERAL: lambda: chr(argument) == character,
        code.RANGE: lambda: argument[0] <= ord(character) <= argument[1],
        code.CATEGORY: lambda: argument is not code.CATEGORY_SPACE or character.isspace(),
    }.get(first, lambda: True)
    return is_it() or (bool(others) and _may_be(others, character))


def is_anchored(parts) -> bool:
    """Tell whether whatever these parts match begins where the text begins."""
    operation, argument = next(iter(parts))
    if operation is code.BRANCH:
        return all(is_anchored(branch) for branch in argument[1])
    return operation is code.AT and argument is code.AT_BEGINNING


def is_divided_in_many_ways(parts: Iterable[tuple[object, object]]) -> bool:
    """Tell whether a repeated part may be nothing but a repetition itself, as in `(?:a+|b)*`.

    Then a row of n signs can be divided in 2^n ways, and all are tried before a text is refused.
    """
    return any(_part_is_divided(operation, argument) for operation, argument in parts)


def _part_is_divided(operation, argument):
    if operation in _REPEATS and argument[1] > _FEW and _is_a_row(argument[2]):
        return True
    return any(is_divided_in_many_ways(inner) for inner in _inner(operation, argument))


def _is_a_row(parts) -> bool:
    """Tell whether all that these parts match may be one repetition, the others being empty."""
    parts = list(parts)
    return any(
        all(_may_be_empty(*other) for other in (*parts[:n], *parts[n + 1 :]))
        and (
            (operation in _REPEATS and argument[1] > _FEW)
            or any(_is_a_row(inner) for inner in _alternatives(operation, argument))
        )
        for n, (operation, argument) in enumerate(parts)
    )


def _may_be_empty(operation, argument):
    if operation in {code.AT, code.ASSERT, code.ASSERT_NOT}:
        return True
    if operation in {*_REPEATS, code.POSSESSIVE_REPEAT} and argument[0] == 0:
        return True
    return any(
        all(_may_be_empty(*part) for part in inner) for inner in _inner(operation, argument)
    )


def _inner(operation, argument):
    """Return what stands within a part: the alternatives of a group, or what is repeated."""
    if operation in {*_REPEATS, code.POSSESSIVE_REPEAT, code.ASSERT, code.ASSERT_NOT}:
        return [argument[-1]]
    return [argument] if operation is code.ATOMIC_GROUP else _alternatives(operation, argument)


def _alternatives(operation, argument):
    if operation is code.SUBPATTERN:
        return [argument[3]]
    return argument[1] if operation is code.BRANCH else []
