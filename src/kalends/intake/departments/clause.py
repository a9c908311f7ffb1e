"""A later clause of a sentence with departments in it."""

from typing import NamedTuple

from kalends.domain.department import Department


class Clause(NamedTuple):
    """A clause with departments: its words before and behind them, and what stands before it."""

    before: str
    opening: str
    names: tuple[Department, ...]
    span: tuple[int, int]
    behind: str
