"""`kalends` alone: where things stand, and what to do next."""

from datetime import timedelta

from kalends.cli import printing, shapes, story
from kalends.cli.call import Call, lines
from kalends.cli.moment import context
from kalends.domain.errors import N_
from kalends.views import activities
from kalends.views import roster as rosters

_DAYS = 14
_MOST = 8


def status(call: Call) -> None:
    """Say what is known, what is coming, what was put right last, and what waits."""
    db, known_at = call.views, call.as_known
    here = context(call.desk)
    today = here.now.date()
    roster = rosters.roster(db, known_at=known_at)
    campaign = rosters.campaign(db, known_at=known_at)
    coming = activities.agenda(db, today, today + timedelta(days=_DAYS), known_at=known_at)
    overdue = [
        one
        for one in activities.agenda(db, None, today - timedelta(days=1), known_at=known_at)
        if one.status == "planned" and one.details.when.last_day < today
    ]
    corrections = activities.latest(db, known_at=known_at, limit=_MOST)
    published = call.desk.published()
    if call.json:
        found = {"coming": coming, "overdue": overdue, "corrections": corrections}
        refs = activities.refs(
            db, (one.id for many in found.values() for one in many), known_at=known_at
        )
        shaped = {
            name: [shapes.activity(one, ref=refs[one.id], roster=roster) for one in many]
            for name, many in found.items()
        }
        title = campaign.settings.title if campaign else None
        call.emit({"known_at": known_at, "title": title, "published": published, **shaped})
        return
    title = campaign.settings.title if campaign else ""
    many = len(activities.agenda(db, known_at=known_at))
    count = N_("{title} — activities: {count}, departments: {departments}, position: {position}")
    lines(
        [
            call.say(
                count,
                title=title,
                count=many,
                departments=len(roster.departments),
                position=known_at,
            )
        ]
    )
    _section(call, N_("The next {days} days"), coming[:_MOST])
    _section(
        call, N_("Planned, and the day has passed: held, moved or cancelled?"), overdue[:_MOST]
    )
    if corrections:
        lines(["", call.say(N_("Last changes"))])
        for one in corrections:
            before = _before(call, one)
            lines(f"  {text}" for text in [*story.told(call, before, one, roster), ""][:-1])
    lines(["", *_next(call, many, len(roster.departments), len(overdue), published)])


def _before(call: Call, one: activities.Revision) -> activities.Revision:
    found = activities.revisions(call.views, one.id, known_at=one.position)
    return found[-2]


def _section(call: Call, title: str, found: list[activities.Revision]) -> None:
    if not found:
        return
    db, known_at = call.views, call.as_known
    roster = rosters.roster(db, known_at=known_at)
    refs = activities.refs(db, (one.id for one in found), known_at=known_at)
    lines(["", call.say(title, days=_DAYS)])
    printing.table([["", *story.line(call, one, refs[one.id], roster)] for one in found])


def _next(call: Call, many: int, departments: int, overdue: int, published: int) -> list[str]:
    """Return what to do next, the most needed first."""
    if not departments:
        return [call.say(N_("→ Register the departments first: `kalends dept add NAME`."))]
    if not many:
        return [call.say(N_("→ Record the first activity: `kalends add 7月14日上午 NAME …`."))]
    told = []
    if overdue:
        told.append(
            N_("→ Say what became of what was planned: `kalends held ID`, `move`, `cancel`.")
        )
    if published != call.desk.log.position():
        told.append(N_("→ Publish what is new: `kalends publish`."))
    return [call.say(one) for one in told] or [call.say(N_("Everything is published."))]
