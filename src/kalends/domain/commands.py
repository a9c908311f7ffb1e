"""What a person may ask for; the same verbs as the facts, in the imperative."""

from datetime import date

from kalends.domain.department import Department
from kalends.domain.details import Details, Participation, Source, Status
from kalends.domain.settings import Settings
from kalends.domain.value import Value, value
from kalends.domain.when import When


@value
class OpenCampaign(Value):
    """Begin a campaign's record."""

    id: str
    settings: Settings


@value
class ReviseCampaign(Value):
    """Change the campaign's settings to these."""

    settings: Settings
    reason: str | None = None


@value
class CorrectClock(Value):
    """Record that the clock had been ahead, and that its times are to be trusted from now on."""

    reason: str


@value
class RegisterDepartment(Value):
    """Add a department to the roster, since `on` or since ever."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    on: date | None = None


@value
class AliasDepartment(Value):
    """Give a department a further name."""

    code: str
    alias: str


@value
class UnaliasDepartment(Value):
    """Take an alias back."""

    code: str
    alias: str
    reason: str | None = None


@value
class AbbreviateDepartment(Value):
    """Give a department the short name that lists and feeds use; None takes it back."""

    code: str
    short: str | None = None


@value
class RenameDepartment(Value):
    """Give a department a new name from a day on."""

    code: str
    name: str
    on: date | None = None
    reason: str | None = None


@value
class MergeDepartment(Value):
    """Let a department go up in another one."""

    code: str
    into: str
    on: date | None = None
    reason: str | None = None


@value
class CloseDepartment(Value):
    """End a department."""

    code: str
    on: date | None = None
    reason: str | None = None


@value
class ReopenDepartment(Value):
    """Let a closed department act again from a day on, or as if it had never been closed."""

    code: str
    on: date | None = None
    reason: str | None = None


@value
class MoveDepartment(Value):
    """Let a department belong to another parent, or to none."""

    code: str
    parent: str | None = None
    reason: str | None = None


@value
class RestoreDepartment(Value):
    """Set a department back to what it was: how an act is undone."""

    department: Department
    reason: str

    @property
    def code(self) -> str:
        """Return the department's code."""
        return self.department.code


@value
class WithdrawDepartment(Value):
    """Say that a department should never have been registered: how that is undone."""

    code: str
    reason: str


@value
class PlanActivity(Value):
    """Put down what is to come."""

    details: Details


@value
class RecordActivity(Value):
    """Put down what has happened."""

    details: Details


@value
class HoldActivity(Value):
    """Say that a planned activity took place."""


@value
class MoveActivity(Value):
    """Give a planned activity another time."""

    when: When
    reason: str


@value
class CancelActivity(Value):
    """Say that a planned activity will not take place."""

    reason: str


@value
class ReinstateActivity(Value):
    """Say that a cancelled activity will take place after all."""

    reason: str


@value
class CorrectActivity(Value):
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


@value
class RestoreActivity(Value):
    """Set details and status back to what they were: how an act is undone."""

    details: Details
    status: Status
    reason: str


@value
class RetractActivity(Value):
    """Say that it should never have been recorded."""

    reason: str


@value
class WithholdActivity(Value):
    """Keep it out of public feeds and pages."""

    reason: str


@value
class ReleaseActivity(Value):
    """Let a withheld activity be public again."""

    reason: str | None = None


CampaignCommand = OpenCampaign | ReviseCampaign | CorrectClock
RosterCommand = (
    RegisterDepartment
    | AliasDepartment
    | UnaliasDepartment
    | AbbreviateDepartment
    | RenameDepartment
    | MergeDepartment
    | CloseDepartment
    | ReopenDepartment
    | MoveDepartment
    | RestoreDepartment
    | WithdrawDepartment
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
