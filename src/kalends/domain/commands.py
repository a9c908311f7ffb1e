"""What a person can ask for: the verbs of the events, in the imperative."""

from datetime import date

from kalends.domain.campaign_settings import Settings
from kalends.domain.department import Department
from kalends.domain.details import Details, Participation, Source, Status
from kalends.domain.value import Value
from kalends.domain.when import When


class OpenCampaign(Value):
    """Start the record of a campaign."""

    id: str
    settings: Settings


class ReviseCampaign(Value):
    """Change the campaign's settings to these."""

    settings: Settings
    reason: str | None = None


class CorrectClock(Value):
    """Record that the clock was ahead and is right from now on."""

    reason: str


class RegisterDepartment(Value):
    """Add a department to the roster; it exists since `on`, or always."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    on: date | None = None


class AliasDepartment(Value):
    """Give a department another name."""

    code: str
    alias: str


class UnaliasDepartment(Value):
    """Remove an alias."""

    code: str
    alias: str
    reason: str | None = None


class AbbreviateDepartment(Value):
    """Set the short name that lists and feeds use; None removes it."""

    code: str
    short: str | None = None


class RenameDepartment(Value):
    """Give a department a new name from a date."""

    code: str
    name: str
    on: date | None = None
    reason: str | None = None


class MergeDepartment(Value):
    """Merge a department into another."""

    code: str
    into: str
    on: date | None = None
    reason: str | None = None


class CloseDepartment(Value):
    """Close a department."""

    code: str
    on: date | None = None
    reason: str | None = None


class ReopenDepartment(Value):
    """Reopen a closed department from a date, or as if it had never been closed."""

    code: str
    on: date | None = None
    reason: str | None = None


class MoveDepartment(Value):
    """Put a department under another parent, or under none."""

    code: str
    parent: str | None = None
    reason: str | None = None


class RestoreDepartment(Value):
    """Set a department back to an earlier state: this is how an act is undone."""

    department: Department
    reason: str

    @property
    def code(self) -> str:
        """Return the department's code."""
        return self.department.code


class WithdrawDepartment(Value):
    """Remove a department registered by mistake: this is how registering is undone."""

    code: str
    reason: str


class PlanActivity(Value):
    """Plan an activity that is still to come."""

    details: Details


class RecordActivity(Value):
    """Record an activity that has already happened."""

    details: Details


class HoldActivity(Value):
    """Mark a planned activity as held."""


class MoveActivity(Value):
    """Give a planned activity another date or time."""

    when: When
    reason: str


class CancelActivity(Value):
    """Cancel a planned activity."""

    reason: str


class ReinstateActivity(Value):
    """Put a cancelled activity back on the plan."""

    reason: str


class CorrectActivity(Value):
    """Correct a wrong record: None keeps a field, `clear` names the fields to empty."""

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


class RestoreActivity(Value):
    """Set details and status back to an earlier state: this is how an act is undone."""

    details: Details
    status: Status
    reason: str


class RetractActivity(Value):
    """Retract an activity that should never have been recorded."""

    reason: str


class WithholdActivity(Value):
    """Keep an activity out of public feeds and pages."""

    reason: str


class ReleaseActivity(Value):
    """Make a withheld activity public again."""

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
