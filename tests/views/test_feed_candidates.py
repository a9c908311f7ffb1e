"""What feeds may show."""

from kalends.domain.commands import (
    CancelActivity,
    CorrectActivity,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import Participation
from kalends.views import activities
from kalends.views.activities import FeedCandidate

ONE, TWO, THREE = "aaaa11112222", "bbbb11112222", "cccc11112222"


def shown(db, known_at, **chosen):
    return [
        candidate.id for candidate in activities.feed_candidates(db, known_at=known_at, **chosen)
    ]


def test_a_row_tells_enough_to_choose_by(ledger):
    ledger.record(ONE, "会", ledger.day("2020-07-14", "2020-07-16"))
    (found,) = activities.feed_candidates(ledger.views(), known_at=3)
    assert found == FeedCandidate(id=ONE, position=3)


def test_what_was_never_known_to_the_day_is_in_no_feed(ledger):
    ledger.record(ONE, "会", ledger.month("2020-06-01", "2020-06-30"))
    assert shown(ledger.views(), 3) == []


def test_what_is_corrected_to_a_month_stays_on_its_last_days(ledger):
    ledger.record(ONE, "会", "2020-07-14")
    month = ledger.month("2020-06-01", "2020-06-30")
    ledger.change(ONE, CorrectActivity(reason="错", when=month))
    ledger.change(ONE, CorrectActivity(reason="错", title="推进会"))
    ledger.record(TWO, "会", "2020-07-13")
    assert shown(ledger.views(), 6, most=1) == [ONE]


def test_what_is_withheld_is_out_and_what_is_released_in(ledger):
    ledger.record(ONE)
    ledger.change(ONE, WithholdActivity(reason="未公开"))
    ledger.change(ONE, ReleaseActivity())
    db = ledger.views()
    assert [shown(db, known_at) for known_at in (3, 4, 5)] == [[ONE], [], [ONE]]


def test_what_is_cancelled_or_retracted_stays(ledger):
    ledger.plan(ONE)
    ledger.change(ONE, CancelActivity(reason="下雨"))
    ledger.record(TWO)
    ledger.change(TWO, RetractActivity(reason="重复"))
    assert shown(ledger.views(), 6) == [ONE, TWO]


def test_departments_and_tags_choose_by_what_stands(ledger):
    ledger.register("cgj", "城管局")
    ledger.record(ONE, "会", "2020-07-14", "tsw", tags=("Day",))
    ledger.record(TWO, "会", "2020-07-14", "tsw", "cgj", tags=("DAY", "创城"))
    ledger.record(THREE, "会", "2020-07-14", "cgj")
    lead = (Participation(code="cgj", role="lead"),)
    ledger.change(ONE, CorrectActivity(reason="错", departments=lead, tags=("创城",)))
    db = ledger.views()
    assert shown(db, 6, codes=["tsw"]) == [ONE, TWO]
    assert shown(db, 7, codes=["tsw"]) == [TWO]
    assert shown(db, 7, codes={"tsw", "cgj"}) == [ONE, TWO, THREE]
    for chosen in (
        {},
        {"codes": {"tsw", "cgj"}},
        {"codes": ["tsw"], "tag": "创城"},
        {"tag": "day"},
    ):
        counted = activities.count_feed_candidates(db, known_at=7, **chosen)
        assert counted == len(shown(db, 7, **chosen))
    assert shown(db, 7, codes=[]) == []
    assert shown(db, 6, tag="day") == [ONE, TWO]
    assert shown(db, 7, tag="day") == [TWO]
    assert shown(db, 7, codes=["tsw"], tag="创城") == [TWO]


def test_tags_keep_their_first_spelling_even_when_corrected_away(ledger):
    ledger.record(ONE, tags=("Day", "day", "创城"))
    ledger.change(ONE, CorrectActivity(reason="错", tags=("DAY",)))
    db = ledger.views()
    assert activities.tags(db, known_at=4) == {"day": "Day", "创城": "创城"}
    assert activities.tags(db, known_at=2) == {}


def test_departments_once_named_stay_named(ledger):
    ledger.register("cgj", "城管局")
    ledger.record(ONE)
    lead = (Participation(code="cgj", role="lead"),)
    ledger.change(ONE, CorrectActivity(reason="错", departments=lead))
    db = ledger.views()
    assert [activities.is_named(db, "cgj", known_at=position) for position in (4, 5)] == [
        False,
        True,
    ]
    assert activities.is_named(db, "tsw", known_at=5)


def test_a_department_is_named_from_the_first_activity_on_even_if_it_was_corrected_out(ledger):
    ledger.register("cgj", "城管局")
    ledger.record(ONE, "会", "2020-07-14", "tsw")
    other = (Participation(code="cgj", role="lead"),)
    ledger.change(ONE, CorrectActivity(reason="错", departments=other))
    db = ledger.views()

    def named(code):
        return [activities.is_named(db, code, known_at=position) for position in (3, 4, 5)]

    assert named("tsw") == [False, True, True]
    assert named("cgj") == [False, False, True]


def test_between_two_positions_a_feed_may_show_what_is_of_its_departments_and_its_tag(new_ledger):
    ledger = new_ledger()
    ledger.begin()
    ledger.register("tsw", "团市委")
    ledger.register("jyj", "教育局")
    first = ledger.record(ONE, "会", "2020-07-14", "tsw", tags=("创城",))
    second = ledger.record(TWO, "会", "2020-07-15", "jyj", tags=("创城",))
    last = ledger.record(THREE, "会", "2020-07-16", "jyj")

    def between(**chosen):
        found = activities.candidates_between(ledger.views(), first=1, last=last, **chosen)
        return [position for position, _, _ in found]

    assert between() == [first, second, last]
    assert between(codes={"jyj"}) == [second, last]
    assert between(tag="创城") == [first, second]
    assert between(codes={"jyj"}, tag="创城") == [second]
