"""What commands are decided against: the current campaign and roster."""

from functools import cached_property
from zoneinfo import ZoneInfo

from kalends.domain.activity import Activity
from kalends.domain.campaign import Campaign
from kalends.domain.commands import CorrectActivity, MoveActivity, PlanActivity, RecordActivity
from kalends.domain.draft import Draft
from kalends.domain.errors import NotFoundError
from kalends.domain.events import CAMPAIGN, ROSTER
from kalends.domain.roster import Roster, check_acting
from kalends.domain.streams import STREAMS
from kalends.domain.value import replace
from kalends.domain.when import When, resolved
from kalends.log.log import Log
from kalends.service.zones import zone

# So many new events cost less to look through than the roster costs to read.
_FEW = 200


class Standing:
    """The campaign and roster as of a position; `found` is None before the campaign was opened."""

    def __init__(self, *, position: int, found: Campaign | None, roster: Roster) -> None:
        """Keep them."""
        self.position, self.found, self.roster = position, found, roster

    @property
    def campaign(self) -> Campaign:
        """Return the campaign; `NotFoundError` when none was opened."""
        if self.found is None:
            raise NotFoundError(name="campaign")
        return self.found

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the campaign's time zone."""
        return zone(self.campaign.settings.zone)

    def resolved(self, when: When) -> When:
        """Return a date with its instants, from the campaign's zone and office hours."""
        return resolved(when, self.zone, self.campaign.settings.office_hours)

    def first_command(self, draft: Draft) -> PlanActivity | RecordActivity:
        """Return the command that records a draft; raise if its departments cannot act then."""
        details = replace(draft.details, when=self.resolved(draft.details.when))
        when = details.when
        check_acting(self.roster, details.departments, when.first_day, when.last_day)
        return PlanActivity(details=details) if draft.planned else RecordActivity(details=details)

    def checked(
        self, command: MoveActivity | CorrectActivity, state: Activity | None
    ) -> MoveActivity | CorrectActivity:
        """Return a change with its date resolved; raise as `first_command` does."""
        if command.when is not None:
            command = replace(command, when=self.resolved(command.when))
        if state is None:
            return command
        when = command.when or state.details.when
        named = command.departments if isinstance(command, CorrectActivity) else None
        if command.when is not None or named is not None:
            acting = named or state.details.departments
            check_acting(self.roster, acting, when.first_day, when.last_day)
        return command


def standing(log: Log, known: Standing | None = None) -> Standing:
    """Return campaign and roster as of the newest position.

    `known` is what was read before: if nothing has changed them since, they are not read again.
    """
    position = log.position()
    if known is not None and known.position == position:
        return known
    if known is not None and 0 < position - known.position <= _FEW:
        added = log.entries(after=known.position, until=position)
        if not any(entry.stream in {CAMPAIGN, ROSTER} for entry in added):
            return Standing(position=position, found=known.found, roster=known.roster)
    return Standing(
        position=position,
        found=STREAMS[CAMPAIGN].fold(log.stream(CAMPAIGN)),
        roster=STREAMS[ROSTER].fold(log.stream(ROSTER)),
    )
