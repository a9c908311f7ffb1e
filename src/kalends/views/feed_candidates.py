"""What a feed may show: light rows to choose from, and the names of all feeds."""

import json
from collections.abc import Collection, Iterator
from functools import partial
from typing import NamedTuple

from kalends.domain.text import fold
from kalends.views.activity_filter import EVERY, UNDONE, ActivityFilter, joined
from kalends.views.database import Views
from kalends.views.revision import STANDING

_SHOWN = ":p < r.until AND r.dated IS NOT NULL"
_PUBLIC = "NOT r.withheld"
# For all, the plus sign keeps to the index by day, and replaced revisions are skipped.
_OF_ALL, _OF_SOME = "+r.position <= :p", "r.position <= :p"
_NAMED = (
    "r.position IN (SELECT position FROM {table} WHERE {key} IN "
    "(SELECT value FROM json_each(:{wanted})) AND position <= :p AND :p < until)"
)
# An entry ends the day after: the last of all days has no day after.
_CAN_END = "r.dated_last_day < '9999-12-31'"
# Larger activities may be left out of a feed for their size.
_LARGE = 100_000
_BY_ID = "ORDER BY a.id"
_LATEST = "ORDER BY r.dated_last_day DESC, a.id DESC LIMIT :most"


class FeedCandidate(NamedTuple):
    """An activity that a feed may show: its id, and the position of its revision."""

    id: str
    position: int


class ChangedActivity(NamedTuple):
    """An activity that changed, in its current state.

    `candidate` is None when no feed may show it; `codes` and `tags` (folded) belong to its
    departments and tags.
    """

    id: str
    candidate: FeedCandidate | None
    codes: frozenset[str]
    tags: frozenset[str]


def feed_candidates(  # noqa: PLR0913 - each narrows down what is asked for
    db: Views,
    *,
    known_at: int,
    codes: Collection[str] | None = None,
    tag: str | None = None,
    most: int | None = None,
    undone: bool = True,
    withheld: bool = False,
    wanted: ActivityFilter = EVERY,
) -> Iterator[FeedCandidate]:
    """Yield what a feed may show, by id; memory stays flat.

    Only of the departments with these codes, and with this tag (folded); None means all. Withheld
    activities are left out, and those never known to ten days or better. Cancelled and retracted
    ones are included, and those corrected to a month or coarser, which stay on the last days they
    had. With `most`, at most so many: the latest by that last day, then by id, the latest first.
    Without `undone`, what was recorded and undone at once is left out too, and what ends on the
    last of all days. With `withheld`, withheld activities are not left out. `wanted` leaves out
    what a filter does not match.
    """
    conditions, parameters = _may_be_shown(known_at, codes, tag, undone=undone)
    conditions = conditions if withheld else f"{conditions} AND {_PUBLIC}"
    conditions = joined(conditions, wanted=wanted)
    parameters |= wanted.parameters
    found = db.execute(
        "SELECT a.id, r.position FROM revision AS r "  # noqa: S608 - our own words
        "CROSS JOIN activity AS a ON a.number = r.activity "
        f"WHERE {conditions} {_BY_ID if most is None else _LATEST}",
        {**parameters, "most": most},
    )
    return map(partial(tuple.__new__, FeedCandidate), found)  # a third of the time of `_make`


def count_feed_candidates(
    db: Views,
    *,
    known_at: int,
    codes: Collection[str] | None = None,
    tag: str | None = None,
    undone: bool = True,
) -> int:
    """Return how many activities `feed_candidates` yields without `most`."""
    conditions, parameters = _may_be_shown(known_at, codes, tag, undone=undone)
    statement = f"SELECT count(*) FROM revision AS r WHERE {conditions} AND {_PUBLIC}"  # noqa: S608 - our own words
    (found,) = db.execute(statement, parameters).fetchone()
    return int(found)


def _may_be_shown(
    known_at: int, codes: Collection[str] | None, tag: str | None, *, undone: bool
) -> tuple[str, dict[str, object]]:
    conditions = [_OF_ALL if codes is None and tag is None else _OF_SOME, _SHOWN]
    if not undone:
        conditions += [f"NOT {UNDONE}", _CAN_END]
    parameters: dict[str, object] = {"p": known_at}
    if codes is not None:
        conditions.append(_NAMED.format(table="participation", key="code", wanted="codes"))
        parameters["codes"] = json.dumps(sorted(codes))
    if tag is not None:
        conditions.append(_NAMED.format(table="tag", key="key", wanted="tags"))
        parameters["tags"] = json.dumps([fold(tag)])
    return " AND ".join(conditions), parameters


def last_days(db: Views, ids: Collection[str], *, known_at: int) -> list[tuple[str, str]]:
    """Return the last day and the id, by which feeds sort, of activities that they may show."""
    return db.execute(
        "SELECT r.dated_last_day, a.id FROM json_each(:ids) AS wanted "  # noqa: S608 - our own words
        "CROSS JOIN activity AS a ON a.id = wanted.value "
        "CROSS JOIN revision AS r ON r.activity = a.number "
        f"WHERE {STANDING} AND r.dated IS NOT NULL",
        {"ids": json.dumps(sorted(ids)), "p": known_at},
    ).fetchall()


def candidates_between(
    db: Views,
    *,
    first: int,
    last: int,
    codes: Collection[str] | None = None,
    tag: str | None = None,
) -> list[tuple[int, int, bool]]:
    """Return when feeds may show activities: from a position to another, which is excluded.

    These are the activities of `feed_candidates` at any position from `first` to `last`. The third
    value says whether such an activity was certainly shown, unless another limit of a feed left it
    out.
    """
    named = (
        "r.position IN (SELECT position FROM {table} WHERE {key} IN "
        "(SELECT value FROM json_each(?)))"
    )
    conditions = ["r.position <= ? AND r.until > ? AND NOT r.withheld AND r.dated IS NOT NULL"]
    parameters: list[object] = [last, first]
    if codes is not None:
        conditions.append(named.format(table="participation", key="code"))
        parameters.append(json.dumps(sorted(codes)))
    if tag is not None:
        conditions.append(named.format(table="tag", key="key"))
        parameters.append(json.dumps([fold(tag)]))
    return db.execute(
        f"SELECT r.position, r.until, NOT {UNDONE} AND {_CAN_END} AND length(r.details) < {_LARGE} "  # noqa: S608, E501 - our own words
        f"FROM revision AS r WHERE {' AND '.join(conditions)} ORDER BY r.position",
        parameters,
    ).fetchall()


class Span(NamedTuple):
    """From which position to which (excluded) a feed could show an activity.

    `last_day` is the last day that calendars show; `size` the bytes of its details; `undone` says
    that it was recorded and undone at once; `code` is one of its departments.
    """

    first: int
    until: int
    last_day: str
    size: int
    undone: bool
    code: str


def spans(
    db: Views,
    *,
    known_at: int,
    codes: Collection[str] | None = None,
    tag: str | None = None,
) -> list[Span]:
    """Return when feeds could show activities up to a position, for every revision so far.

    Of the departments with these codes (a span for each that a revision names), or with this tag
    in any case, or all. What is still shown ends after that position.
    """
    table, code = "", "''"
    asked: dict[str, object] = {"p": known_at}
    if codes is not None:
        code = "named.code"
        table = (
            "json_each(:codes) AS wanted CROSS JOIN participation AS named "
            "ON named.code = wanted.value CROSS JOIN "
        )
        asked["codes"] = json.dumps(sorted(codes))
    elif tag is not None:
        table = "tag AS named CROSS JOIN "
        asked["tag"] = fold(tag)
    conditions = ["r.position <= :p", "NOT r.withheld", "r.dated IS NOT NULL"]
    conditions += ["named.position = r.position"] if table else []
    conditions += ["named.key = :tag"] if "tag" in asked else []
    found = db.execute(
        "SELECT r.position, min(r.until, :p + 1), r.dated_last_day, length(r.details), "  # noqa: S608 - our own words
        f"{UNDONE}, {code} FROM {table}revision AS r WHERE {' AND '.join(conditions)}",
        asked,
    )
    return list(map(Span._make, found))


def changed_activities(
    db: Views, *, after: int, known_at: int, most: int, undone: bool = True
) -> list[ChangedActivity]:
    """Return the activities that changed after a position, by id; at most `most`.

    Without `undone`, no feed may show what was recorded and undone at once.
    """
    may_be_shown = "NOT r.withheld AND r.dated IS NOT NULL"
    if not undone:
        may_be_shown += f" AND NOT {UNDONE} AND {_CAN_END}"
    found = db.execute(
        f"SELECT a.id, r.position, {may_be_shown}, "  # noqa: S608 - our own words
        "(SELECT json_group_array(code) FROM participation WHERE position = r.position), "
        "(SELECT json_group_array(key) FROM tag WHERE position = r.position) "
        "FROM (SELECT DISTINCT activity FROM revision WHERE position > :after AND position <= :p "
        "LIMIT :most) AS t CROSS JOIN revision AS r ON r.activity = t.activity "
        f"CROSS JOIN activity AS a ON a.number = r.activity WHERE {STANDING} ORDER BY a.id",
        {"after": after, "p": known_at, "most": most},
    )
    return [
        ChangedActivity(
            activity_id,
            FeedCandidate(activity_id, position) if is_shown else None,
            frozenset(json.loads(codes)),
            frozenset(json.loads(keys)),
        )
        for activity_id, position, is_shown, codes, keys in found
    ]


def named_codes(db: Views, *, known_at: int) -> Iterator[tuple[int, str]]:
    """Yield the position of each standing revision with the code of each of its departments."""
    return _named(db, "code", "participation", known_at)


def named_tags(db: Views, *, known_at: int) -> Iterator[tuple[int, str]]:
    """Yield the position of each standing revision with each of its tags, folded."""
    return _named(db, "key", "tag", known_at)


def _named(db: Views, key: str, table: str, known_at: int) -> Iterator[tuple[int, str]]:
    yield from db.execute(
        f"SELECT position, {key} FROM {table} WHERE position <= :p AND :p < until",  # noqa: S608 - our own names
        {"p": known_at},
    )


def is_named(db: Views, code: str, *, known_at: int) -> bool:
    """Return whether an activity ever named this department, if only until a correction."""
    found = db.execute(
        "SELECT 1 FROM participation WHERE code = ? AND position <= ? LIMIT 1", (code, known_at)
    )
    return found.fetchone() is not None
