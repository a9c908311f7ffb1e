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


def _undo(ledger, one):
    ledger.plan(one, "会", ledger.when(starts="09:00"), "jcd", tags=("乙",))
    ledger.change(one, RetractActivity(reason="误记"))


STEPS = {
    "record": lambda ledger, one: ledger.record(one, "会", ledger.when(), "cgj", tags=("甲",)),
    "plan": lambda ledger, one: ledger.plan(
        one, "会", ledger.when(starts="09:00"), "jcd", tags=("乙",)
    ),
    "undo": _undo,
    "move": lambda ledger, one: ledger.move(one, ledger.when("2020-07-30"), "冲突"),
    "cancel": lambda ledger, one: ledger.change(one, CancelActivity(reason="下雨")),
    "reinstate": lambda ledger, one: ledger.change(one, ReinstateActivity(reason="天晴")),
    "hold": lambda ledger, one: ledger.change(one, HoldActivity()),
    "retag": lambda ledger, one: ledger.correct(one, tags=("丙",)),
    "to tsw": lambda ledger, one: ledger.correct(
        one, departments=(Participation(code="tsw", role="lead"),)
    ),
    "coarse": lambda ledger, one: ledger.correct(one, when=ledger.when(precision="month")),
    "morning": lambda ledger, one: ledger.correct(
        one, when=ledger.when("2020-07-21", part="morning")
    ),
    "dated": lambda ledger, one: ledger.correct(one, when=ledger.when("2020-08-02")),
    "last day": lambda ledger, one: ledger.correct(one, when=ledger.when("9999-12-31")),
    "retract": lambda ledger, one: ledger.change(one, RetractActivity(reason="误记")),
    "withhold": lambda ledger, one: ledger.change(one, WithholdActivity(reason="未公开")),
    "release": lambda ledger, one: ledger.change(one, ReleaseActivity()),
    "rename": lambda ledger, one: ledger.roster(RenameDepartment(code="jcd", name=f"队{one}")),
    "short": lambda ledger, one: ledger.roster(AbbreviateDepartment(code="cgj", short=one[:4])),
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
    for step, one in steps:
        with suppress(KalendsError):
            STEPS[step](ledger, one)
    return ledger
