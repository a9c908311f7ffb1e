"""What the form of a list offers to choose from, and what is chosen."""

from typing import Any

from kalends.application.filter_text import STATUSES
from kalends.web.reader import Reader


def choice(reader: Reader) -> dict[str, Any]:
    """Return the departments, tags and statuses of the form, each with whether it is chosen."""
    wanted, query, record = reader.wanted, reader.query, reader.record
    words = query.words
    chosen = {record.roster.find(name) for name in words.dept}
    return {
        "departments": [
            {
                "code": each.code,
                "name": each.name_on(reader.today),
                "chosen": each in chosen,
            }
            for each in record.roster.listed
        ],
        "tags": [
            {"name": each.tag, "chosen": any(each.tag in name for name in words.tag)}
            for each in record.tags()
        ],
        "statuses": [
            {"code": each, "name": reader.words.gettext(each), "chosen": each in wanted.statuses}
            for each in STATUSES
        ],
        "first": wanted.first or "",
        "last": wanted.last or "",
        "known_at": query.known_at or "",
    }
