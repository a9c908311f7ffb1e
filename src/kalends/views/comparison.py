"""Every row of the views, in an order that does not depend on how they were built."""

from collections.abc import Callable, Iterator
from typing import Any

from kalends.views.database import Views

_SCHEMA, _PAIRS = "sqlite_schema", "pairs"
_NUMBERED = ("entry", "activity", "revision", "indexed_text", "department", "campaign")
# Each table, with the columns that order its rows.
_ORDERS = {
    _SCHEMA: "type, name",
    **dict.fromkeys(_NUMBERED, "1"),
    **dict.fromkeys(("participation", "tag", "tile"), "1, 2"),
    _PAIRS: "term, doc",
}
# What is compared of these; an index of pairs stores no text, so its terms are compared.
_COLUMNS = {_SCHEMA: "type, name, sql", _PAIRS: "term, doc"}
# The tree has as many nodes as there are events.
_DEEP = "tile"


def tables(*, deep: bool) -> list[str]:
    """Return the names of all tables; that of the tree's nodes only with `deep`."""
    return [name for name in _ORDERS if deep or name != _DEEP]


def rows(db: Views, table: str, as_text: Callable[[bytes], str] | None = None) -> Iterator[Any]:
    """Return the rows of a table; `as_text` decodes texts in a file that somebody changed.

    Reading a damaged file raises one of `database.DAMAGE`.
    """
    if as_text is not None:
        db.text_factory = as_text
    name = table
    if table == _PAIRS:
        name = "temp.terms"
        db.execute(f"DROP TABLE IF EXISTS {name}")
        db.execute(f"CREATE VIRTUAL TABLE {name} USING fts5vocab(main, pairs, instance)")
    columns, order = _COLUMNS.get(table, "*"), _ORDERS[table]
    return db.execute(f"SELECT {columns} FROM {name} ORDER BY {order}")  # noqa: S608 - our own names
