"""What a person may ask for; the same verbs as the facts, in the imperative."""

from dataclasses import dataclass
from datetime import date

from kalends.domain.details import Details, Participation, Source, Status
from kalends.domain.settings import Settings
from kalends.domain.when import When


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCampaign:
    """Begin a campaign's record."""

    id: str
    settings: Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseCampaign:
    """Change the campaign's settings to these."""

    settings: Settings
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDepartment:
    """Add a department to the roster, since `on` or since ever."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasDepartment:
    """Give a department a further name."""

    code: str
    alias: str
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameDepartment:
    """Give a department a new name from a day on."""

    code: str
    name: str
    on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeDepartment:
    """Let a department go up in another one."""

    code: str
    into: str
    on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDepartment:
    """End a department."""

    code: str
    on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanActivity:
    """Put down what is to come."""

    details: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordActivity:
    """Put down what has happened."""

    details: Details


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldActivity:
    """Say that a planned activity took place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveActivity:
    """Give a planned activity another time."""

    when: When
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelActivity:
    """Say that a planned activity will not take place."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinstateActivity:
    """Say that a cancelled activity will take place after all."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreActivity:
    """Set details and status back to what they were: how an act is undone."""

    details: Details
    status: Status
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractActivity:
    """Say that it should never have been recorded."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdActivity:
    """Keep it out of public feeds and pages."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
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
