"""The types of the JSON shapes (docs/reference/json.md): what each key holds."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired, TypedDict, final

import msgspec

from kalends.domain.details import Role, Status
from kalends.domain.when import Part, Precision

Day = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date"})]
Instant = Annotated[str, msgspec.Meta(extra_json_schema={"format": "date-time"})]
Number = Annotated[int, msgspec.Meta(ge=0)]
# A position, or a version: they are counted from 1.
Place = Annotated[int, msgspec.Meta(ge=1)]


class WhenShape(TypedDict):
    """A date."""

    first_day: Day
    last_day: Day
    precision: Precision
    part: Part | None
    starts: str | None
    ends: str | None
    zone: str
    text: str


class ParticipationShape(TypedDict):
    """A department that takes part."""

    code: str
    name: str
    role: Role


class SourceShape(TypedDict):
    """Where an activity was read."""

    document: str
    quote: str | None
    span: tuple[int, int] | None


class DetailsShape(TypedDict):
    """The details of an activity."""

    title: str
    when: WhenShape
    departments: list[ParticipationShape]
    place: str | None
    tags: list[str]
    description: str | None
    headcount: Number | None
    links: list[str]
    source: SourceShape | None


class ActivityShape(DetailsShape):
    """An activity as it was at a revision."""

    id: str
    ref: str
    version: Place
    status: Status
    withheld: bool
    position: Place
    at: Instant
    by: str


Field = WhenShape | Sequence[ParticipationShape | str] | str | int | bool | None
# What a field held before, and what it holds now.
Change = Annotated[list[Field], msgspec.Meta(min_length=2, max_length=2)]


class RevisionShape(TypedDict):
    """What one event did to an activity."""

    version: Place
    position: Place
    at: Instant
    by: str
    topic: str
    reason: str | None
    changes: dict[str, Change]


class HappenedShape(RevisionShape):
    """What one event did to an activity, and the activity as it left it."""

    activity: ActivityShape


class HistoryShape(ActivityShape):
    """An activity, and what happened to it."""

    revisions: list[RevisionShape]


class DifferenceShape(HistoryShape):
    """An activity that changed between two positions; `added` says that it is new."""

    added: bool


class LateShape(ActivityShape):
    """An activity that was recorded late."""

    told_on: Day
    days_late: Number


PeriodShape = TypedDict("PeriodShape", {"from": Day, "to": Day})


class CampaignShape(TypedDict):
    """The settings of the campaign."""

    id: str
    title: str
    zone: str
    language: str
    uid_domain: str
    site: str | None
    period: PeriodShape | None
    office_hours: dict[Part, str]
    feed_format: Place


class NameShape(TypedDict):
    """A name of a department, and the day from which it is valid."""

    name: str
    on: Day | None


class PauseShape(TypedDict):
    """Days on which a department was closed."""

    since: Day | None
    until: Day


class DepartmentShape(TypedDict):
    """A department."""

    code: str
    name: str
    names: list[NameShape]
    aliases: list[str]
    short: str
    parent: str | None
    since: Day | None
    closed: bool
    closed_on: Day | None
    merged_into: str | None
    pauses: list[PauseShape]


class EventShape(TypedDict):
    """An event of the log; `state` is what is stored of it."""

    position: Place
    stream: str
    version: Place
    topic: str
    at: Instant
    by: str
    via: str
    state: dict[str, Any]


class AttemptShape(TypedDict):
    """The last try to send something."""

    at: Instant
    status: int | None
    problem: str | None
    text: str


class SubscriptionShape(TypedDict):
    """A webhook, or a digest: only that has `every`."""

    mark: str
    address: str
    every: NotRequired[Literal["hour", "day", "week"]]
    departments: list[str]
    tags: list[str]
    withheld: bool
    made: Instant
    by: str
    note: str
    position: Number | None
    behind: Number | None
    sent: Instant | None
    failing: Instant | None
    next_try: Instant | None
    paused: Instant | None
    last: AttemptShape | None


@final
class TriedShape(TypedDict):
    """What a change would append; nothing was recorded."""

    dry_run: Literal[True]
    events: list[EventShape]
    notes: list[str]


@final
class ChangedShape(TypedDict):
    """An activity as it stands after a change; `changed` is false if it stood like this before."""

    activity: ActivityShape
    position: Place
    changed: bool
    notes: list[str]


class UndoneShape(TypedDict):
    """The events that were undone, those that undid them, and what stands now.

    In a dry run there are only the events. `activity` is there if there is exactly one.
    """

    undone: list[EventShape]
    events: list[EventShape]
    dry_run: bool
    activities: NotRequired[list[ActivityShape]]
    departments: NotRequired[list[DepartmentShape]]
    activity: NotRequired[ActivityShape]
    position: NotRequired[Place]
    changed: NotRequired[Literal[True]]
