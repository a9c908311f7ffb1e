"""Reading over the API: lists, an activity, departments, changes, and what a sentence says."""

import pytest

from kalends.application.recording.reading import read_as
from kalends.domain.commands import CancelActivity, ReleaseActivity
from served_campaign import SECRET

V1 = "/api/v1"


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("/activities", ["agenda", "--all"]),
        ("/activities?dept=ls", ["agenda", "--all", "--dept", "ls"]),
        ("/activities?tag=志愿服务", ["agenda", "--all", "--tag", "志愿服务"]),
        ("/activities?status=cancelled", ["agenda", "--all", "--status", "cancelled"]),
        (
            "/activities?from=7月20日&to=7月22日",
            ["agenda", "--from", "7月20日", "--to", "7月22日"],
        ),
        ("/activities?by=li", ["agenda", "--all", "--by", "li"]),
        ("/activities?known_at=5", ["--known-at", "5", "agenda", "--all"]),
        ("/departments", ["dept", "ls"]),
        ("/departments?known_at=3", ["--known-at", "3", "dept", "ls"]),
        ("/search?q=推进会", ["search", "推进会"]),
        (
            "/search?q=志愿&dept=ls&known_at=6",
            ["--known-at", "6", "search", "志愿", "--dept", "ls"],
        ),
        ("/departments/ls", ["dept", "show", "ls"]),
        ("/departments/龙山区?known_at=4", ["--known-at", "4", "dept", "show", "ls"]),
        ("/departments/ls/history", ["history", "ls"]),
        ("/departments/团市委/history?known_at=6", ["--known-at", "6", "history", "团市委"]),
        ("/events", ["log"]),
        ("/events?dept=ls", ["log", "--dept", "ls"]),
        ("/late?days=0", ["late", "--days", "0"]),
        ("/late", ["late"]),
        ("/report", ["report"]),
        ("/report?from=7月1日&to=7月31日&days=0", ["report", "7月", "--days", "0"]),
        ("/diff?since=5", ["diff", "5"]),
        ("/diff?since=5&until=7&dept=ls", ["diff", "5", "7", "--dept", "ls"]),
        ("/campaign", ["campaign", "show"]),
        ("/feeds", ["feed", "ls"]),
        ("/feeds/all.ics", ["feed", "show", "all"]),
        ("/feeds/ls?known_at=6", ["--known-at", "6", "feed", "show", "ls"]),
        ("/activities/MOVED/explanation", ["--lang", "en", "feed", "explain", "MOVED"]),
        ("/activities/MOVED", ["show", "MOVED"]),
        ("/activities/MOVED?known_at=6", ["--known-at", "6", "show", "MOVED"]),
    ],
)
def test_the_office_reads_what_the_command_line_says(
    campaign, client, office, run_json, path, command
):
    moved = campaign.ids["moved"]
    answer = client.get(V1 + path.replace("MOVED", moved), headers=office)
    assert answer.status_code == 200, answer.text
    wanted = run_json(campaign, [word.replace("MOVED", moved) for word in command])
    given = answer.json()
    assert given.pop("more", False) is False
    for name in ("after", "next"):  # where the log is read on
        if name not in wanted:
            given.pop(name, None)
    assert given == wanted


def test_an_activity_bears_its_version_as_known_then(campaign, client, office):
    address = f"{V1}/activities/{campaign.ids['moved']}"
    assert client.get(address, headers=office).headers["etag"] == '"2"'
    assert client.get(f"{address}?known_at=6", headers=office).headers["etag"] == '"1"'
    assert client.head(address, headers=office).content == b""


def test_changes_are_followed_by_position_without_a_gap(client, clerk, office):
    first = client.get(f"{V1}/changes", headers=office).json()
    assert first["next"] == first["known_at"]
    sentence = {"sentence": "7月15日 团市委 青年论坛"}
    made = client.post(f"{V1}/activities", json=sentence, headers=clerk).json()
    later = client.get(f"{V1}/changes?after={first['next']}", headers=office).json()
    (change,) = later["changes"]
    assert change["position"] == made["position"] == later["next"]
    assert change["activity"] == made["activity"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("after=x", 400), ("known_at=9999", 404), ("known_at=%ff", 400), ("from=2月30日", 422),
     ("dept=nobody", 404), ("status=lost", None), ("by=%00", None), ("skip=-1", 400),
     ("&".join("tag=x" for _ in range(60)), 400), ("dry_run=%ff", 400)],
)  # fmt: skip
def test_words_that_cannot_be_read_are_a_problem(client, office, query, status):
    answer = client.get(f"{V1}/activities?{query}", headers=office)
    assert status in {None, answer.status_code}, answer.text
    assert answer.status_code < 500


def _position(campaign):
    with campaign.opened() as workspace:
        return workspace.log.position()


def _read(client, headers, sentence):
    answer = client.post(f"{V1}/read", json={"sentence": sentence}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_whole_sentence_is_read_and_nothing_recorded(campaign, client, clerk):
    before = _position(campaign)
    found = _read(client, clerk, "7月15日上午9点 团市委、龙山区 青年论坛 #青年 @文化馆")
    assert found["unread"] == []
    read = found["read"]
    assert (read["title"], read["place"], read["tags"]) == ("青年论坛", "文化馆", ["青年"])
    assert (read["when"]["first_day"], read["weekday"]) == ("2020-07-15", 3)
    assert [(each["code"], each["role"]) for each in read["departments"]] == [
        ("tsw", "lead"), ("ls", "joint"),
    ]  # fmt: skip
    assert read["planned"] is False
    assert _position(campaign) == before


@pytest.mark.parametrize("sentence", ["", "团", "7月", "7月15日", "7月15日 团市委", "团市委 论坛"])
def test_what_is_typed_so_far_is_read_and_what_is_missing_is_said(client, clerk, sentence):
    found = _read(client, clerk, sentence)
    assert found["unread"]
    assert all(each["message"] and each["hint"] for each in found["unread"])
    if "7月15日" in sentence:
        assert found["read"]["when"]["first_day"] == "2020-07-15"
    if "团市委" in sentence:
        assert found["read"]["departments"][0]["code"] == "tsw"


def test_what_was_not_understood_is_pointed_at(client, clerk):
    sentence = "2月30日 团市委 检查"
    (unread,) = _read(client, clerk, sentence)["unread"]
    begin, end = unread["span"]
    assert "2月30日" in sentence[begin:end]


def test_a_long_sentence_is_refused(client, clerk):
    answer = client.post(f"{V1}/read", json={"sentence": "会" * 5_000}, headers=clerk)
    assert (answer.status_code, answer.json()["code"]) == (422, "long-text")


def test_reading_takes_no_views_and_no_turn(campaign, monkeypatch):
    """What is asked for with each key that is typed reads the roster and nothing else."""
    with campaign.opened() as workspace:
        monkeypatch.setattr(type(workspace), "views", property(lambda _: pytest.fail("views")))
        monkeypatch.setattr(type(workspace.log), "turn", lambda *_, **__: pytest.fail("turn"))
        assert read_as(workspace, "7月15日 团市委 论坛").title == "论坛"


VIEWS = (
    "/activities", "/search?q=绝密演练", "/departments/ls/history", "/events", "/late?days=0",
    "/diff?since=3", "/feeds", "/feeds/all", "/changes", "/log",
)  # fmt: skip


@pytest.mark.parametrize("path", VIEWS)
def test_no_view_gives_a_clerk_what_is_withheld(client, clerk, headers_of, path):
    assert SECRET not in client.get(V1 + path, headers=clerk).text
    own = client.get(V1 + path, headers=headers_of("wang", "clerk", ["ls"])).text
    # What is public is the same for everybody; what was planned is not late.
    assert (SECRET in own) == (not path.startswith(("/feeds", "/late")))


def test_no_moment_gives_a_clerk_what_was_public_and_is_withheld_now(campaign, client, clerk):
    moved = campaign.ids["moved"]
    title = client.get(f"{V1}/activities/{moved}", headers=clerk).json()["activity"]["title"]
    before = client.get(f"{V1}/feeds", headers=clerk).json()
    campaign.withhold(moved)
    last = client.get(f"{V1}/events", headers=clerk).json()["known_at"]
    for path in VIEWS:
        for known_at in range(1, last + 1):
            address = f"{V1}{path}{'&' if '?' in path else '?'}known_at={known_at}"
            text = client.get(address, headers=clerk).text
            assert title not in text, address
            assert moved not in text or (path == "/feeds/all" and known_at == last), address
    then = client.get(f"{V1}/feeds?known_at={before['known_at']}", headers=clerk).json()
    counts = [
        {each["name"]: each["activities"] for each in said["feeds"]} for said in (before, then)
    ]
    assert counts[1]["all"] == counts[0]["all"] - 1


def test_a_clerk_s_figures_count_what_they_may_see(client, clerk, office):
    few = client.get(f"{V1}/report", headers=clerk).json()["total"]["activities"]
    assert few == client.get(f"{V1}/report", headers=office).json()["total"]["activities"] - 1


def test_what_was_recorded_while_it_was_withheld_is_not_in_the_views(campaign, client, clerk):
    moved = campaign.ids["moved"]
    campaign.withhold(moved)
    campaign.correct(moved, place="暗处", reason="暗中")
    with campaign.opened() as workspace:
        workspace.service.change(moved, ReleaseActivity())
        workspace.service.change(moved, CancelActivity(reason="雨"))
        withheld = workspace.log.position() - 2  # it was released and cancelled since
    between = f"/diff?since=3&until={withheld}"
    assert "暗" not in client.get(V1 + between, headers=clerk).text
    for path in ("/departments/ls/history", "/diff?since=3", f"/activities/{moved}"):
        text = client.get(V1 + path, headers=clerk).text
        assert "暗中" not in text, path
        assert "雨" in text, path


def test_the_log_is_read_on_from_a_position(client, office):
    whole = client.get(f"{V1}/events", headers=office).json()
    assert (whole["after"], whole["next"]) == (0, whole["known_at"])
    rest = client.get(f"{V1}/events?after=5", headers=office).json()
    assert rest["events"] == whole["events"][5:]


def test_a_date_is_read_without_being_recorded(client, auditor):
    def ask(**body):
        return client.post(f"{V1}/read/date", json=body, headers=auditor)

    document = ask(phrase="明天上午", today="2020-07-01").json()
    assert document["when"]["first_day"] == "2020-07-02"
    assert document.keys() == {"ok", "phrase", "when", "rule", "notes"}
    assert ask(phrase="没有日子").json()["code"] == "unreadable-date"
    assert ask(phrase="明天", today="x").status_code == 422


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/late?days=-1", "bad-address"),
        ("/report?days=x", "bad-address"),
        ("/diff", "bad-address"),
        ("/diff?since=没有", "unreadable-date"),
        ("/departments/nobody", "department-not-found"),
        ("/departments/nobody/history", "department-not-found"),
        ("/feeds/nothing", "feed-not-found"),
        ("/activities/zzzz/explanation", "activity-not-found"),
    ],
)
def test_what_cannot_be_found_is_a_problem(client, auditor, path, code):
    answer = client.get(V1 + path, headers=auditor)
    assert (answer.status_code // 100, answer.json()["code"]) == (4, code)
