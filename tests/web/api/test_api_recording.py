"""Recording over the API: what the command line answers, in the name of whoever has the token."""

import re

import pytest

ADD = "/api/v1/activities"
SENTENCE = {"sentence": "7月15日上午9点 团市委 青年论坛 #青年 @文化馆"}


def _events(campaign):
    with campaign.opened() as workspace:
        return list(workspace.log.entries())


def test_a_sentence_is_recorded_for_whoever_has_the_token(campaign, client, clerk, run_json):
    answer = client.post(ADD, json=SENTENCE, headers=clerk)
    made = answer.json()
    assert answer.status_code == 201
    assert made["ok"]
    assert made["changed"]
    assert made["activity"]["title"] == "青年论坛"
    assert answer.headers["location"] == f"{ADD}/{made['activity']['id']}"
    assert answer.headers["etag"] == '"1"'
    last = _events(campaign)[-1]
    assert (last.event.by, last.event.via, last.position) == ("zhang", "api", made["position"])
    shown = run_json(campaign, ["show", made["activity"]["id"]])
    assert {**shown["activity"], "revisions": None} == {**made["activity"], "revisions": None}


def test_details_are_recorded_as_lines_of_a_file_are(client, clerk):
    fields = {
        "when": "7月16日",
        "title": "清洁日",
        "departments": ["团市委", {"name": "龙山区", "role": "participant"}],
        "headcount": 40,
        "tags": ["志愿"],
        "planned": True,
    }
    made = client.post(ADD, json=fields, headers=clerk).json()["activity"]
    assert made["status"] == "planned"
    assert [each["code"] for each in made["departments"]] == ["tsw", "ls"]
    assert (made["headcount"], made["tags"]) == (40, ["志愿"])


def test_a_dry_run_answers_what_would_be_recorded(campaign, client, clerk, run_json):
    before = len(_events(campaign))
    answer = client.post(f"{ADD}?dry_run=1", json=SENTENCE, headers=clerk)
    assert answer.status_code == 200
    assert answer.json()["dry_run"] is True
    (event,) = answer.json()["events"]
    assert event["topic"] == "activity.recorded"
    assert len(_events(campaign)) == before
    shown = run_json(campaign, ["add", "-n", SENTENCE["sentence"]])
    assert answer.json().keys() == shown.keys()


CHANGES = [
    ("held", {}, "held"),
    ("move", {"to": "7月25日", "reason": "改期"}, "planned"),
    ("cancel", {"reason": "下雨"}, "cancelled"),
    ("correct", {"reason": "笔误", "title": "另一个名称"}, "planned"),
    ("retract", {"reason": "重复"}, "retracted"),
    ("withhold", {"reason": "保密"}, "planned"),
]


@pytest.mark.parametrize(("name", "body", "status"), CHANGES)
def test_an_activity_is_changed(client, office, campaign, name, body, status):
    address = f"{ADD}/{campaign.ids['moved']}"
    answer = client.post(f"{address}/{name}", json=body, headers=office)
    assert answer.status_code == 200, answer.text
    now = client.get(address, headers=office)
    assert now.json()["activity"]["status"] == status
    assert answer.headers["etag"] == now.headers["etag"] == '"3"'
    assert now.json()["activity"]["revisions"][-1]["reason"] == body.get("reason")


def test_what_was_changed_is_changed_back(client, office, campaign):
    address = f"{ADD}/{campaign.ids['cancelled']}"
    assert client.post(f"{address}/reinstate", json={"reason": "晴"}, headers=office).is_success
    assert client.post(f"{address}/withhold", json={"reason": "密"}, headers=office).is_success
    assert client.get(f"/activities/{campaign.ids['cancelled']}.json").status_code == 404
    assert client.post(f"{address}/release", json={}, headers=office).json()["changed"]
    assert client.get(f"/activities/{campaign.ids['cancelled']}.json").status_code == 200


def test_what_stands_already_is_answered_and_not_recorded_again(client, office, campaign):
    address = f"{ADD}/{campaign.ids['cancelled']}/cancel"
    answer = client.post(address, json={"reason": "下雨"}, headers=office).json()
    assert answer["changed"] is False
    assert answer["activity"]["status"] == "cancelled"


def test_undo_reverses_ones_own_last_act_alone(client, clerk, office):
    made = client.post(ADD, json=SENTENCE, headers=clerk).json()["activity"]
    other = client.post(ADD, json={"sentence": "7月16日 龙山区 清洁日"}, headers=office).json()[
        "activity"
    ]
    undone = client.post("/api/v1/undo", headers=clerk).json()
    assert undone["activity"]["id"] == made["id"]
    assert undone["activity"]["status"] == "retracted"
    stands = client.get(f"{ADD}/{other['id']}", headers=office).json()["activity"]
    assert stands["status"] == "recorded"
    nothing = client.post("/api/v1/undo", headers=clerk)
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-to-undo")


def test_a_version_that_was_seen_is_demanded(client, office, campaign):
    address = f"{ADD}/{campaign.ids['moved']}"
    seen = client.get(address, headers=office).headers["etag"]
    first = client.post(f"{address}/held", headers={**office, "if-match": seen})
    assert first.is_success
    late = client.post(
        f"{address}/correct", json={"title": "x", "reason": "y"},
        headers={**office, "if-match": seen},
    )  # fmt: skip
    assert (late.status_code, late.json()["code"]) == (409, "conflict")
    assert late.json()["activity"]["version"] == 3
    assert late.json()["activity"]["status"] == "held"


@pytest.mark.parametrize("text", ["3", 'W/"3"', '"3", "4"', '"0"', '""', "x"])
def test_a_condition_that_is_none_is_refused(client, office, campaign, text):
    answer = client.post(
        f"{ADD}/{campaign.ids['moved']}/held", headers={**office, "if-match": text}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-header")


def test_a_rule_that_forbids_says_what_stands_now(client, office, campaign):
    address = f"{ADD}/{campaign.ids['cancelled']}"
    answer = client.post(f"{address}/held", headers=office)
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["activity"]["status"] == "cancelled"
    assert {"type", "title", "status", "detail", "code", "hint"} <= answer.json().keys()


def test_the_same_again_is_a_duplicate_unless_it_is_allowed(client, clerk):
    made = client.post(ADD, json=SENTENCE, headers=clerk).json()["activity"]
    again = client.post(ADD, json=SENTENCE, headers=clerk)
    assert (again.status_code, again.json()["code"]) == (422, "on-record")
    assert again.json()["id"] == made["id"]
    allowed = client.post(f"{ADD}?allow_duplicates=1", json=SENTENCE, headers=clerk)
    assert allowed.status_code == 201


# A request is neither a line of a file nor a page.
OF_A_FILE = re.compile(r"\blines?\b|record-many|page\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "missing-field"),
        (b"[]", 400, "wrong-type"),
        (b"{", 400, "cut-line"),
        (b'{"sentence": 1}', 400, "wrong-type"),
        (b'{"sentence": "x", "sentence": "y"}', 400, "repeated-key"),
        (b'{"sentence": "x", "secret": 1}', 400, "unknown-field"),
        (b'{"sentence": "\xff"}', 400, "wrong-encoding"),
        (b"[" * 60_000, 400, None),
        ('{"sentence": "7月15日 团市委"}'.encode(), 422, "no-title"),
        ('{"sentence": "7月15日 气象局 检查"}'.encode(), 422, None),
        ('{"sentence": "2月30日 团市委 检查"}'.encode(), 422, None),
        ('{"when": "7月15日", "title": "x", "departments": []}'.encode(), None, None),
        ('{"when": "7月15日", "title": "x", "departments": ["气象局"]}'.encode(), None, None),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_recorded(
    campaign, client, clerk, body, status, code
):
    before = len(_events(campaign))
    headers = {"content-type": "application/json; charset=utf-8", "accept-language": "en"}
    answer = client.post(ADD, content=body, headers={**clerk, **headers})
    assert 400 <= answer.status_code < 500
    assert status in {None, answer.status_code}, answer.text
    assert code in {None, answer.json()["code"]}, answer.text
    assert answer.json()["hint"]
    assert not OF_A_FILE.search(f"{answer.json()['detail']} {answer.json()['hint']}"), answer.text
    assert len(_events(campaign)) == before


def test_an_address_that_there_is_not_is_said_without_pages(client, clerk):
    answer = client.post(f"{ADD}/x/y/z", json={}, headers={**clerk, "accept-language": "en"})
    assert answer.status_code == 404
    assert not OF_A_FILE.search(f"{answer.json()['detail']} {answer.json()['hint']}")


def test_a_body_that_is_not_marked_as_json_is_refused(client, clerk):
    answer = client.post(ADD, content=b'{"sentence": "x"}', headers=clerk)
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type")


def test_a_huge_body_is_refused_before_it_is_read(client, clerk):
    answer = client.post(ADD, json={"sentence": "x" * 70_000}, headers=clerk)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-long")

    def pieces():
        for _ in range(100):
            yield b" " * 1_000

    answer = client.post(ADD, content=pieces(), headers=clerk)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-long")


def test_a_time_alone_keeps_the_day_of_an_activity_and_begins_none(client, office, campaign):
    address = f"{ADD}/{campaign.ids['moved']}"
    day = client.get(address, headers=office).json()["activity"]["when"]

    moved = client.post(f"{address}/move", json={"to": "3pm", "reason": "改期"}, headers=office)
    body = {"when": "15:00", "title": "座谈会", "departments": ["团市委"]}
    added = client.post(ADD, json=body, headers=office)

    assert moved.status_code == 200, moved.text
    now = client.get(address, headers=office).json()["activity"]["when"]
    assert (now["first_day"], now["starts"]) == (day["first_day"], "15:00")
    assert added.status_code == 422, added.text
    assert added.json()["code"] == "time-alone"
