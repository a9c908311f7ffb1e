"""The campaign and its departments, as known at one position of the record."""

from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from kalends.application.queries.known_at import position_of
from kalends.application.readers.feed_serving import FeedSource
from kalends.application.workspaces.date_context import date_context
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.campaign import Campaign
from kalends.domain.errors import NotFoundError
from kalends.domain.roster import Roster
from kalends.views import roster_view
from kalends.views.database import Views


class RecordAt:
    """The record of one workspace, as known at one position.

    `feeds` is shared by those who read the same workspace, and remembers what they counted.
    """

    def __init__(
        self, workspace: Workspace, known_at: str | None = None, *, feeds: FeedSource | None = None
    ) -> None:
        """Take a moment in words; None is now."""
        self._workspace = workspace
        self._feeds = feeds
        self._asked = known_at

    @cached_property
    def known_at(self) -> int:
        """Return the position; raises what `position_of` raises."""
        return position_of(self._workspace, self._asked, may_be_file=False)

    @property
    def is_past(self) -> bool:
        """Return whether another moment than now was asked for."""
        return self._asked is not None

    @cached_property
    def campaign(self) -> Campaign:
        """Return the campaign; raises `NotFoundError` before it was opened."""
        found = roster_view.campaign(self._db, known_at=self.known_at)
        if found is None:
            raise NotFoundError(name="campaign")
        return found

    @cached_property
    def roster(self) -> Roster:
        """Return the departments; those of now are remembered until one of them changes."""
        db, known_at = self._db, self.known_at

        def made() -> Roster:
            return roster_view.roster(db, known_at=known_at)

        if self._feeds is None or self.is_past:
            return made()
        remembered = self._feeds.remembered
        happened = remembered.last_changes(db, known_at)
        return remembered.since("roster", happened.roster, known_at, made)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the campaign's time zone."""
        return ZoneInfo(self.campaign.settings.zone)

    @cached_property
    def today(self) -> date:
        """Return the day that it is now, in the campaign's zone."""
        return date_context(self._workspace).today

    @property
    def _db(self) -> Views:
        return self._workspace.views
