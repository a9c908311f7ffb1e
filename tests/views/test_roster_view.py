"""Departments and campaign as they stood."""

from dataclasses import replace

from kalends.domain.commands import RenameDepartment, ReviseCampaign
from kalends.domain.events import CAMPAIGN, ROSTER
from kalends.domain.roster import Roster
from kalends.views.roster_view import campaign, roster, turning_points


def test_the_roster_is_the_domains_own_at_every_position(ledger):
    stood = {0: Roster(), 1: Roster(), 2: ledger.states[ROSTER]}
    position = ledger.register("cgj", "城管局", "执法局", parent="tsw")
    stood[position] = ledger.states[ROSTER]
    position = ledger.tell(ROSTER, RenameDepartment(code="tsw", name="共青团"))
    stood[position] = ledger.states[ROSTER]
    db = ledger.views()
    assert {n: roster(db, known_at=n) for n in stood} == stood
    assert list(roster(db, known_at=position).departments) == ["tsw", "cgj"]


def test_the_campaign_is_told_as_it_was_known(ledger):
    settings = replace(ledger.states[CAMPAIGN].settings, title="创建全国文明城市")
    opened = ledger.states[CAMPAIGN]
    revised = ledger.tell(CAMPAIGN, ReviseCampaign(settings=settings))
    db = ledger.views()
    assert campaign(db, known_at=0) is None
    assert campaign(db, known_at=2) == opened
    assert campaign(db, known_at=revised) == ledger.states[CAMPAIGN]


def test_turning_points_are_where_roster_or_campaign_changed(ledger):
    ledger.record("aaaa11112222")
    ledger.register("cgj", "城管局")
    db = ledger.views()
    assert turning_points(db, known_at=4) == [1, 2, 4]
    assert turning_points(db, known_at=3) == [1, 2]
