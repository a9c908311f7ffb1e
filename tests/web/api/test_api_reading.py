"""Reading over the API: lists, an activity, departments, changes, and what a sentence says."""

import pytest

from kalends.application.reading import read_as

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
    if path.startswith("/activities") and "MOVED" not in path:
        assert given.pop("more") is False
        assert wanted["activities"]
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
