"""What a person may ask for; the same verbs as the facts, in the imperative."""

from dataclasses import dataclass
from datetime import date

from kalends.domain.details import Details, Participation, Source, Status
from kalends.domain.settings import Settings
from kalends.domain.when import When


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class OpenCampaign:
    """Begin a campaign's record."""

    id: str
    settings: Settings


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ReviseCampaign:
    """Change the campaign's settings to these."""

    settings: Settings
    reason: str | None = None


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class RegisterDepartment:
    """Add a department to the roster, since `on` or since ever."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    on: date | None = None


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class AliasDepartment:
    """Give a department a further name."""

    code: str
    alias: str
    on: date | None = None


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class RenameDepartment:
    """Give a department a new name from a day on."""

    code: str
    name: str
    on: date | None = None
    reason: str | None = None


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class MergeDepartment:
    """Let a department go up in another one."""

    code: str
    into: str
    on: date | None = None
    reason: str | None = None


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CloseDepartment:
    """End a department."""

    code: str
    on: date | None = None
    reason: str | None = None


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class PlanActivity:
    """Put down what is to come."""

    details: Details


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class RecordActivity:
    """Put down what has happened."""

    details: Details


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class HoldActivity:
    """Say that a planned activity took place."""


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class MoveActivity:
    """Give a planned activity another time."""

    when: When
    reason: str


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CancelActivity:
    """Say that a planned activity will not take place."""

    reason: str


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ReinstateActivity:
    """Say that a cancelled activity will take place after all."""

    reason: str


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class CorrectActivity:
    """Put a wrong record right: what is None stays; what `clear` names is emptied."""

    reason: str
    title: str | None = None
    when: When | None = None
    departments: tuple[Participation, ...] | None = None
    place: str | None = None
    tags: tuple[str, ...] | None = None
    description: str | None = None
    headcount: int | None = None
    links: tuple[str, ...] | None = None
    source: Source | None = None
    status: Status | None = None
    clear: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class RestoreActivity:
    """Set details and status back to what they were: how an act is undone."""

    details: Details
    status: Status
    reason: str


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class RetractActivity:
    """Say that it should never have been recorded."""

    reason: str


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class WithholdActivity:
    """Keep it out of public feeds and pages."""

    reason: str


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class ReleaseActivity:
    """Let a withheld activity be public again."""

    reason: str | None = None


CampaignCommand = OpenCampaign | ReviseCampaign
RosterCommand = (
    RegisterDepartment | AliasDepartment | RenameDepartment | MergeDepartment | CloseDepartment
)
ActivityCommand = (
    PlanActivity
    | RecordActivity
    | HoldActivity
    | MoveActivity
    | CancelActivity
    | ReinstateActivity
    | CorrectActivity
    | RestoreActivity
    | RetractActivity
    | WithholdActivity
    | ReleaseActivity
)
Command = CampaignCommand | RosterCommand | ActivityCommand
