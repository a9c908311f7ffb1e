"""The record as the owner of a token sees it: public entries, and withheld ones they may see."""

from functools import cached_property

from kalends.application.access.permissions import Caller
from kalends.application.queries.filter_text import FilterText, read_filter
from kalends.application.readers.public_record import PublicRecord
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.events import activity_stream
from kalends.domain.overriding import override
from kalends.domain.value import replace
from kalends.views import activities, counts
from kalends.views.activities import Revision
from kalends.views.activity_filter import EVERY, PUBLIC, ActivityFilter


class CallersRecord(PublicRecord):
    """What one caller may read, as known at one position.

    A clerk reads what is public, and everything of activities that a department of theirs leads
    now. The others read everything. Questions are asked with `visible`, or with `filtered`.
    """

    def __init__(self, workspace: Workspace, caller: Caller, known_at: str | None = None) -> None:
        """Take who reads, and a moment in words; None is now."""
        super().__init__(workspace, known_at)
        self._caller = caller

    @cached_property
    def visible(self) -> ActivityFilter:
        """Return the filter of what they may read."""
        if self._caller.sees_withheld:
            return EVERY
        return replace(PUBLIC, own=self._caller.own(self._workspace.service.roster()))

    @override
    def filtered(self, words: FilterText) -> ActivityFilter:
        """Return the filter that words mean, within what they may read; raises as it does."""
        return self.filtered_at(words, self.known_at)

    def filtered_at(self, words: FilterText, position: int) -> ActivityFilter:
        """Return the filter that words mean at a position, within what they may read."""
        found = read_filter(self._workspace, words, known_at=position)
        return replace(found, is_public=self.visible.is_public, own=self.visible.own)

    @override
    def activity_id(self, prefix: str) -> str:
        """Return the id of the only activity that begins so and that they may read.

        Raises `ActivityNotFoundError`, or `AmbiguousIdError`.
        """
        return activities.resolve(self._db, prefix, known_at=self.known_at, wanted=self.visible)

    @override
    def revisions(self, prefix: str) -> list[Revision]:
        """Return an activity's revisions, oldest first; see `activity_id`."""
        target = self.activity_id(prefix)
        return self.shown(activities.revisions(self._db, target, known_at=self.known_at))

    def shown(self, revisions: list[Revision]) -> list[Revision]:
        """Return those of an activity's revisions that they may read."""
        if not self.visible.is_public or self._leads(revisions[0].id):
            return revisions
        return [revision for revision in revisions if not revision.withheld]

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Return the streams of the activities that they may not read now."""
        if not self.visible.is_public:
            return frozenset()
        withheld = counts.withheld_ids(self._db)
        return frozenset(activity_stream(each) for each in withheld if not self._leads(each))

    def _leads(self, activity: str) -> bool:
        """Return whether a department of theirs leads an activity now."""
        now = activities.current(self._db, activity, known_at=self._workspace.log.position())
        return now.details.departments[0].code in self.visible.own
