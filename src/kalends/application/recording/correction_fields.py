"""Reads a correction from a form: only the fields that differ from the record."""

import re
from collections.abc import Mapping

from kalends.application.recording.given import Correction
from kalends.domain.errors import NumberError
from kalends.intake.roles import split_role

_BETWEEN = re.compile(r"[、,，;；]")
_BEFORE_TAG = re.compile(r"[\s#＃、,，;；]+")
_CLEARED = ("place", "description", "headcount", "tags")


def correction_of(fields: Mapping[str, str], standing: Mapping[str, str]) -> Correction:
    """Return what a form corrects: each field that is not as it stands, or is not there at all.

    `when` holds a date only if it is to be another. Raises `NumberError` for a headcount that is
    no number.
    """
    changed = {
        name: fields[name].strip()
        for name, value in standing.items()
        if name in fields and fields[name].strip() != value
    }
    return Correction(
        title=changed.get("title"),
        when=fields.get("when", "").strip() or None,
        dept=tuple(map(_department, _parts(_BETWEEN, changed.get("departments", "")))),
        place=changed.get("place") or None,
        tag=_parts(_BEFORE_TAG, changed.get("tags", "")),
        description=changed.get("description") or None,
        headcount=_number(changed.get("headcount")),
        clear=tuple(name for name in _CLEARED if changed.get(name) == ""),
    )


def _parts(between: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in between.split(text) if part.strip())


def _department(text: str) -> str:
    name, role = split_role(text)
    return text if role is None else f"{name}:{role}"


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()):
        raise NumberError(field="headcount", value=text)
    return int(text)
