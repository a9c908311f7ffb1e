"""The filter form of a list: its choices, what is chosen, and links that remove a filter."""

from collections.abc import Iterator
from typing import Any

from kalends.domain.errors import N_
from kalends.domain.text import fold
from kalends.presentation.texts import STATUS_WORDS
from kalends.web.http.query import written
from kalends.web.pages.page_reader import Reader

# The words that the form has fields for.
_IN_FORM = frozenset({"dept", "tag", "status", "from", "to", "known_at"})
_NAMES = {
    "dept": N_("Department"),
    "tag": N_("Tag"),
    "place": N_("Place"),
    "status": N_("Status"),
    "from": N_("From"),
    "to": N_("To"),
}


def choice(reader: Reader) -> dict[str, Any]:
    """Return the departments, tags and statuses of the form, each with whether it is chosen."""
    wanted, query, record = reader.wanted, reader.query, reader.record
    words = query.words
    # `held` is all that took place; an address may ask for `recorded` alone.
    statuses = [each for each in STATUS_WORDS if each != "recorded" or each in words.status]
    chosen = {record.department(name) for name in words.dept}
    tags = {fold(name).removeprefix("#") for name in words.tag}
    return {
        "departments": [
            {
                "code": each.code,
                "name": each.name_on(reader.today),
                "chosen": each in chosen,
            }
            for each in record.roster.listed
        ],
        "tags": [{"name": each.tag, "chosen": fold(each.tag) in tags} for each in record.tags()],
        "statuses": [
            {"code": each, "name": reader.words.say(each), "chosen": each in words.status}
            for each in statuses
        ],
        # A field takes one value, unless more are chosen already.
        "several": {name for name in ("dept", "tag", "status") if len(getattr(words, name)) > 1},
        "first": wanted.first or "",
        "last": wanted.last or "",
        "known_at": query.known_day or "",
        "kept": [
            pair
            for pair in query.kept
            # A moment that is no day stays, unless a day is chosen.
            if pair[0] not in _IN_FORM or (pair[0] == "known_at" and not query.known_day)
        ],
        "chosen": list(_chosen(reader)),
    }


def _chosen(reader: Reader) -> Iterator[dict[str, str]]:
    """Yield each word that narrows the list, with a link to the list without it."""
    kept = reader.query.kept
    searched = [("q", reader.query.search)] if reader.query.search else []
    for pair in kept:
        name = _NAMES.get(pair[0])
        if name is not None:
            others = [*searched, *(each for each in kept if each != pair)]
            yield {
                "name": reader.words.gettext(name),
                "value": _said(reader, *pair),
                "without": written(others) or "?",
            }


def _said(reader: Reader, name: str, value: str) -> str:
    """Return what a word of the address means."""
    if name == "dept":
        return reader.record.department(value).name_on(reader.today)
    if name == "status":
        return reader.words.gettext(value)
    if name == "from":
        return f"{reader.wanted.first}"
    if name == "to":
        return f"{reader.wanted.last}"
    return value
