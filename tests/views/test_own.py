"""What is withheld is shown to those whose department leads the activity now."""

import pytest

from kalends.domain.value import replace
from kalends.views import activities, recent
from kalends.views.activity_filter import PUBLIC
from served_campaign import campaign_at


@pytest.fixture
def views(tmp_path):
    made = campaign_at(tmp_path / "w")
    shown, hidden = made.add_all("7月14日 团市委 龙山区 推进会", "7月15日 龙山区 团市委 演练")
    made.withhold(hidden)
    made.ids = {"shown": shown, "hidden": hidden}
    with made.opened() as workspace:
        yield made, workspace.views, workspace.log.position()


@pytest.mark.parametrize(
    ("own", "seen"), [((), ["shown"]), (("tsw",), ["shown"]), (("ls",), ["shown", "hidden"])]
)
def test_only_the_department_that_leads_sees_what_is_withheld(views, own, seen):
    made, db, last = views
    wanted = replace(PUBLIC, own=frozenset(own))
    found = activities.by_day(db, None, None, known_at=last, wanted=wanted)
    assert [each.id for each in found] == [made.ids[name] for name in seen]
    topics = [
        pair.after.topic for pair in recent.recent(db, known_at=last, wanted=wanted, limit=9)
    ]
    assert ("activity.withheld" in topics) == ("hidden" in seen)
