"""The events of the roster: what happened to departments."""

from datetime import date
from typing import ClassVar

from kalends.domain.department import Name, Pause
from kalends.domain.events.stamps import Stamped


class DepartmentRegistered(Stamped):
    """A department was added to the roster; `on` is its first day, None for always."""

    TOPIC: ClassVar[str] = "department.registered"
    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    on: date | None = None


class DepartmentAliased(Stamped):
    """A department got another name to be found by, for any day; `on` is not used."""

    TOPIC: ClassVar[str] = "department.aliased"
    code: str
    alias: str
    on: date | None = None


class DepartmentUnaliased(Stamped):
    """A department lost an alias and is no longer found by it."""

    TOPIC: ClassVar[str] = "department.unaliased"
    code: str
    alias: str
    reason: str | None = None


class DepartmentAbbreviated(Stamped):
    """A department got the short name that lists and feeds use; None: the usual one again."""

    TOPIC: ClassVar[str] = "department.abbreviated"
    code: str
    short: str | None = None


class DepartmentRenamed(Stamped):
    """A department has a new name from a date; the old name stays an alias."""

    TOPIC: ClassVar[str] = "department.renamed"
    code: str
    name: str
    on: date | None = None
    reason: str | None = None


class DepartmentMerged(Stamped):
    """A department was merged into another."""

    TOPIC: ClassVar[str] = "department.merged"
    code: str
    into: str
    on: date | None = None
    reason: str | None = None


class DepartmentClosed(Stamped):
    """A department was closed."""

    TOPIC: ClassVar[str] = "department.closed"
    code: str
    on: date | None = None
    reason: str | None = None


class DepartmentReopened(Stamped):
    """A closed department is open again from a date; None: as if it had never been closed."""

    TOPIC: ClassVar[str] = "department.reopened"
    code: str
    on: date | None = None
    reason: str | None = None


class DepartmentMoved(Stamped):
    """A department was put under this parent, for every date; None: under no parent."""

    TOPIC: ClassVar[str] = "department.moved"
    code: str
    parent: str | None = None
    reason: str | None = None


class DepartmentRestored(Stamped):
    """An act on a department was undone; this is the department's whole state again."""

    TOPIC: ClassVar[str] = "department.restored"
    code: str
    names: tuple[Name, ...]
    aliases: tuple[str, ...]
    closed: bool
    pauses: tuple[Pause, ...]
    reason: str
    short: str | None = None
    parent: str | None = None
    since: date | None = None
    closed_on: date | None = None
    merged_into: str | None = None


class DepartmentWithdrawn(Stamped):
    """A department was registered by mistake; its code and names are free again."""

    TOPIC: ClassVar[str] = "department.withdrawn"
    code: str
    reason: str


RosterEvent = (
    DepartmentRegistered
    | DepartmentAliased
    | DepartmentUnaliased
    | DepartmentAbbreviated
    | DepartmentRenamed
    | DepartmentMerged
    | DepartmentClosed
    | DepartmentReopened
    | DepartmentMoved
    | DepartmentRestored
    | DepartmentWithdrawn
)
