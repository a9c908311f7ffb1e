"""Histories of a few activities, for tests of what their feeds hold at every position."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st

from kalends.domain.commands import (
    AbbreviateDepartment,
    CancelActivity,
    HoldActivity,
    MergeDepartment,
    ReinstateActivity,
    ReleaseActivity,
    RenameDepartment,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.details import Participation
from kalends.domain.errors import KalendsError

ONE, TWO, THREE = "aaaa11112222", "bbbb11112222", "cccc11112222"


def _undo(ledger, activity_id):
    ledger.plan(activity_id, "会", ledger.when(starts="09:00"), "jcd", tags=("乙",))
    ledger.change(activity_id, RetractActivity(reason="误记"))


STEPS = {
    "record": lambda ledger, activity_id: ledger.record(
        activity_id, "会", ledger.when(), "cgj", tags=("甲",)
    ),
    "plan": lambda ledger, activity_id: ledger.plan(
        activity_id, "会", ledger.when(starts="09:00"), "jcd", tags=("乙",)
    ),
    "undo": _undo,
    "move": lambda ledger, activity_id: ledger.move(
        activity_id, ledger.when("2020-07-30"), "冲突"
    ),
    "cancel": lambda ledger, activity_id: ledger.change(
        activity_id, CancelActivity(reason="下雨")
    ),
    "reinstate": lambda ledger, activity_id: ledger.change(
        activity_id, ReinstateActivity(reason="天晴")
    ),
    "hold": lambda ledger, activity_id: ledger.change(activity_id, HoldActivity()),
    "retag": lambda ledger, activity_id: ledger.correct(activity_id, tags=("丙",)),
    "to tsw": lambda ledger, activity_id: ledger.correct(
        activity_id, departments=(Participation(code="tsw", role="lead"),)
    ),
    "coarse": lambda ledger, activity_id: ledger.correct(
        activity_id, when=ledger.when(precision="month")
    ),
    "morning": lambda ledger, activity_id: ledger.correct(
        activity_id, when=ledger.when("2020-07-21", part="morning")
    ),
    "dated": lambda ledger, activity_id: ledger.correct(
        activity_id, when=ledger.when("2020-08-02")
    ),
    "last day": lambda ledger, activity_id: ledger.correct(
        activity_id, when=ledger.when("9999-12-31")
    ),
    "retract": lambda ledger, activity_id: ledger.change(
        activity_id, RetractActivity(reason="误记")
    ),
    "withhold": lambda ledger, activity_id: ledger.change(
        activity_id, WithholdActivity(reason="未公开")
    ),
    "release": lambda ledger, activity_id: ledger.change(activity_id, ReleaseActivity()),
    "rename": lambda ledger, activity_id: ledger.roster(
        RenameDepartment(code="jcd", name=f"队{activity_id}")
    ),
    "short": lambda ledger, activity_id: ledger.roster(
        AbbreviateDepartment(code="cgj", short=activity_id[:4])
    ),
    "merge": lambda ledger, _: ledger.roster(MergeDepartment(code="tsw", into="cgj")),
    "format": lambda ledger, _: ledger.revise(feed_format=3 - ledger.settings.feed_format),
    "language": lambda ledger, _: ledger.revise(
        language={"zh": "en", "en": "zh"}[ledger.settings.language]
    ),
    "at once": lambda ledger, _: ledger.wait(timedelta(minutes=-1)),
}
HISTORIES = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from((ONE, TWO, THREE))), max_size=14
)


def lived(ledger_type, steps, **settings):
    """Return a ledger to which this happened; what cannot be is passed over."""
    ledger = ledger_type(**settings)
    ledger.register("cgj", "城管局")
    ledger.register("jcd", "监察大队", parent="cgj")
    for step, activity_id in steps:
        with suppress(KalendsError):
            STEPS[step](ledger, activity_id)
    return ledger
