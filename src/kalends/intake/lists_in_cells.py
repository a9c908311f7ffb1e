"""Cells that hold several departments, tags or addresses."""

import re

# What stands between departments; a name that holds one of these is given by its code.
SEPARATORS = re.compile("[,，、;；\n]")
_TAG_SEPARATORS = re.compile("[\\s,，、;；]+")


def departments_in(cell: str) -> list[str]:
    """Return the departments of a cell, each `NAME` or `NAME:ROLE`."""
    return [part.strip() for part in SEPARATORS.split(cell) if part.strip()]


def tags_in(cell: str) -> list[str]:
    """Return the tags of a cell; where each begins with #, only blanks stand between them."""
    if all(part[0] in "#＃" for part in cell.split()):
        return cell.split()
    return [part for part in _TAG_SEPARATORS.split(cell) if part]


def links_in(cell: str) -> list[str]:
    """Return the addresses of a cell."""
    return cell.split()
