"""Splits cells that hold several departments, tags or links."""

import re

# The separators of departments; a department whose name contains one is given by its code.
SEPARATORS = re.compile("[,，、;；\n]")
_TAG_SEPARATORS = re.compile("[\\s,，、;；]+")


def departments_in(cell: str) -> list[str]:
    """Return the departments in a cell, each `NAME` or `NAME:ROLE`."""
    return [part.strip() for part in SEPARATORS.split(cell) if part.strip()]


def tags_in(cell: str) -> list[str]:
    """Return the tags in a cell; tags that begin with # may be separated by blanks alone."""
    if all(part[0] in "#＃" for part in cell.split()):
        return cell.split()
    return [part for part in _TAG_SEPARATORS.split(cell) if part]


def links_in(cell: str) -> list[str]:
    """Return the links in a cell."""
    return cell.split()
