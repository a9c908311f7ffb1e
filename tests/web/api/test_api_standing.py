"""Whoever comes too late, or wants what a rule forbids, reads in the answer what stands now."""

import pytest

V1 = "/api/v1"
_SETTINGS = {"title": "x", "zone": "Asia/Shanghai", "language": "zh", "uid_domain": "x.kalends"}


@pytest.fixture
def send(client, office):
    """Return a function that sends a request of the office, or commands."""

    def send(path, body=None, *, headers=office, **named):
        given = {**headers, **named}
        if isinstance(body, bytes):
            return client.post(f"{V1}{path}", content=body, headers=given)
        return client.post(f"{V1}{path}", json=body or {}, headers=given)

    return send


@pytest.fixture
def carry_out(send):
    return lambda *commands: send("/commands", {"commands": list(commands)})


def _closed(carry_out):
    assert carry_out(
        {"do": "department.close", "code": "jyj", "on": "2020-07-01", "reason": "x"}
    ).is_success


def _new(code):
    when = {
        "first_day": "2020-07-16", "last_day": "2020-07-16", "precision": "day",
        "zone": "Asia/Shanghai", "text": "7月16日",
    }  # fmt: skip
    return {
        "do": "activity.record",
        "id": "0123456789ab",
        "details": {
            "title": "x",
            "when": when,
            "departments": [{"code": code, "role": "lead"}],
        },
    }


def _conflict(answer, code):
    assert (answer.status_code, answer.json()["code"]) == (409, code), answer.text
    return answer.json()


@pytest.mark.parametrize("how", ["header", "command"])
def test_a_version_that_is_over_is_answered_with_the_activity(send, carry_out, campaign, how):
    target = campaign.ids["moved"]
    assert send(f"/activities/{target}/held").is_success
    if how == "header":
        body = {"reason": "x", "title": "y"}
        answer = send(f"/activities/{target}/correct", body, **{"if-match": '"2"'})
    else:
        answer = carry_out({"do": "activity.withhold", "id": target, "reason": "x", "version": 2})
    stands = _conflict(answer, "conflict")
    assert (stands["activity"]["id"], stands["activity"]["version"]) == (target, 3)
    assert stands["position"] == stands["activity"]["position"]


@pytest.mark.parametrize("how", ["address", "command"])
def test_a_change_that_does_not_fit_is_answered_with_the_activity(send, carry_out, campaign, how):
    target = campaign.ids["cancelled"]
    hold = {"do": "activity.hold", "id": target}
    answer = send(f"/activities/{target}/held") if how == "address" else carry_out(hold)
    assert _conflict(answer, "not-possible")["activity"]["status"] == "cancelled"


def test_of_what_they_may_not_see_a_clerk_learns_nothing(client, clerk, campaign):
    with campaign.opened() as workspace:
        hidden = next(
            entry.stream.removeprefix("activity-")
            for entry in workspace.log.entries()
            if entry.event.TOPIC == "activity.withheld"
        )
    command = {"do": "activity.hold", "id": hidden, "version": 9}
    answer = client.post(f"{V1}/commands", json={"commands": [command]}, headers=clerk)
    assert answer.status_code == 404
    assert "activity" not in answer.json()


@pytest.mark.parametrize(
    ("command", "code", "named"),
    [
        ({"do": "department.register", "code": "new", "name": "团市委"}, "name-taken", ["tsw"]),
        ({"do": "department.alias", "code": "ls", "alias": "团市委"}, "name-taken", ["tsw"]),
        ({"do": "department.unalias", "code": "tsw", "alias": "共青团辽源市委员会"}, "not-an-alias", ["tsw"]),
        ({"do": "department.merge", "code": "ls", "into": "ls", "reason": "x"}, "bad-merge",
         ["ls"]),
        ({"do": "department.move", "code": "ls", "parent": "ls"}, "bad-parent", ["ls"]),
        (_new("jyj"), "department-closed", ["jyj"]),
    ],
)  # fmt: skip
def test_a_change_of_departments_is_answered_with_those_it_is_about(
    carry_out, command, code, named
):
    _closed(carry_out)
    stands = _conflict(carry_out(command), code)
    assert [each["code"] for each in stands["departments"]] == named
    assert stands["position"] > 0


def test_a_sentence_or_a_file_for_a_closed_department_is_answered_with_it(send, carry_out):
    _closed(carry_out)
    for path, body in (
        ("/activities", {"sentence": "7月16日 市教育局 座谈"}),
        ("/import/activities?name=a.txt", "7月16日 市教育局 座谈\n".encode()),
    ):
        answer = send(path, body)
        assert answer.status_code == 409, answer.text
        assert [each["code"] for each in answer.json()["departments"]] == ["jyj"]
        assert answer.json()["departments"][0]["closed_on"] == "2020-07-01"


def test_a_roster_that_says_otherwise_is_answered_with_the_department(send):
    roster = '{"code": "tsw", "name": "共青团辽源市委员会", "short": "团委"}\n'.encode()
    stands = _conflict(send("/import/departments", roster), "bad-roster-line")
    assert [each["code"] for each in stands["departments"]] == ["tsw"]


def test_settings_that_cannot_be_are_answered_with_those_that_are(carry_out):
    wrong = {"do": "campaign.revise", "settings": {**_SETTINGS, "site": "ftp://x"}, "reason": "x"}
    stands = _conflict(carry_out(wrong), "bad-campaign")
    assert stands["campaign"]["language"] == "zh"


def test_an_undo_is_answered_with_the_act_that_would_be_undone_now(client, headers_of):
    mine = headers_of(actor="sun")
    nothing = _conflict(client.post(f"{V1}/undo", json={}, headers=mine), "nothing-to-undo")
    assert nothing["events"] == []
    sentence = {"sentence": "7月16日 团市委 清洁日"}
    made = client.post(f"{V1}/activities", json=sentence, headers=mine).json()
    wrong = client.post(f"{V1}/undo", json={"position": 1}, headers=mine)
    stands = _conflict(wrong, "other-act")
    assert [event["position"] for event in stands["events"]] == [made["position"]]
    assert stands["activity"]["id"] == made["activity"]["id"]


def test_an_act_that_others_have_built_on_is_shown_with_what_they_made_of_it(
    client, send, headers_of
):
    mine, sentence = headers_of(actor="sun"), {"sentence": "7月16日 团市委 清洁日"}
    made = client.post(f"{V1}/activities", json=sentence, headers=mine).json()["activity"]
    assert send(f"/activities/{made['id']}/correct", {"reason": "x", "title": "y"}).is_success
    stands = _conflict(client.post(f"{V1}/undo", json={}, headers=mine), "changed-since")
    assert (stands["activity"]["title"], stands["activity"]["version"]) == ("y", 2)


def test_of_an_act_that_they_may_not_read_whole_nothing_is_shown(headers_of, client):
    mine, sentence = headers_of(actor="sun"), {"sentence": "7月16日 团市委 清洁日"}
    made = client.post(f"{V1}/activities", json=sentence, headers=mine).json()["activity"]
    rows = "date,department,title\n7月15日,团市委,第一次\n7月16日,团市委,第二次\n".encode()
    client.post(f"{V1}/import/activities?name=a.csv", content=rows, headers=mine)
    found = client.get("/search.json?q=第一次").json()["activities"][0]["id"]
    other = headers_of("office", "office")
    body = {"reason": "x", "departments": ["龙山区"]}
    client.post(f"{V1}/activities/{found}/correct", json=body, headers=other)
    client.post(f"{V1}/activities/{found}/withhold", json={"reason": "x"}, headers=other)
    refused = client.post(f"{V1}/undo", json={"position": 1}, headers=mine)
    assert (refused.status_code, refused.json()["code"]) == (403, "undo-unseen")
    assert "events" not in refused.json()
    assert made["id"] not in refused.text


@pytest.mark.parametrize(
    "path",
    ["/activities", "/undo", "/commands", "/import/activities?name=a.txt", "/import/departments"],
)
def test_a_version_of_no_activity_is_refused_and_not_passed_over(send, campaign, path):
    with campaign.opened() as workspace:
        before = workspace.log.position()
    answer = send(path, {"sentence": "7月16日 龙山区 清洁日"}, **{"if-match": '"2"'})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-header")
    with campaign.opened() as workspace:
        assert workspace.log.position() == before
    assert send(
        "/activities", {"sentence": "7月16日 龙山区 清洁日"}, **{"if-match": "*"}
    ).is_success
