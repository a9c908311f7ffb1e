"""Files over the API: the rows of a table, sentences, JSON Lines, and a whole roster."""

import pytest

from kalends.web.api import files

V1 = "/api/v1"
_ROWS = "date,department,title\n7月15日,团市委,第一次\n7月16日,团市委,第二次\n".encode()
_BAD = "date,department,title\n7月15日,团市委,第一次\n7月16日,没有,第二次\n".encode()


@pytest.fixture
def send(client, clerk):
    def send(path, body, headers=clerk):
        return client.post(f"{V1}{path}", content=body, headers=headers)

    return send


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("rows.csv", _ROWS),
        ("rows.txt", "7月15日 团市委 第一次\n7月16日 团市委 第二次\n".encode()),
        (
            "rows.jsonl",
            '{"when": "7月15日", "title": "第一次", "departments": ["团市委"]}\n'
            '{"when": "7月16日", "title": "第二次", "departments": ["团市委"]}\n'.encode(),
        ),
    ],
)
def test_every_row_is_recorded_once(send, client, clerk, name, body):
    dry = send(f"/import/activities?name={name}&dry_run=1", body).json()
    assert (dry["recorded"], len({event["line"] for event in dry["events"]})) == (2, 2)
    first = send(f"/import/activities?name={name}", body).json()
    assert (first["recorded"], first["already"], first["failed"]) == (2, 0, [])
    again = send(f"/import/activities?name={name}", body).json()
    assert (again["recorded"], again["already"]) == (0, 2)
    undone = client.post(f"{V1}/undo", headers=clerk).json()
    assert len(undone["events"]) == 2


def test_a_bad_row_stops_all_or_is_listed(send):
    stopped = send("/import/activities?name=rows.csv", _BAD)
    assert (stopped.status_code, stopped.json()["code"]) == (404, "bad-line")
    done = send("/import/activities?name=rows.csv&keep_going=1", _BAD).json()
    assert done["recorded"] == 1
    assert [each["line"] for each in done["failed"]] == [3]


def test_what_looks_like_a_recorded_activity_is_refused_or_passed(send):
    send("/import/activities?name=rows.csv", _ROWS)
    other = _ROWS + b"\n"
    assert send("/import/activities?name=rows.csv", other).json()["code"] == "bad-line"
    passed = send("/import/activities?name=rows.csv&skip_duplicates=1", other).json()
    assert (passed["recorded"], len(passed["duplicates"])) == (0, 2)
    assert (
        send("/import/activities?name=rows.csv&allow_duplicates=1", other).json()["recorded"] == 2
    )


def test_what_a_clerk_may_not_see_is_no_duplicate(campaign, send):
    hidden = campaign.add("7月15日 龙山区 团市委 第一次")
    campaign.withhold(hidden)
    row = '{"when": "7月15日", "title": "第一次", "departments": ["团市委", "龙山区"]}\n'
    assert send("/import/activities?name=rows.jsonl", row.encode()).json()["recorded"] == 1


def test_a_workbook_has_sheets(send):
    answer = send("/import/activities?name=rows.xlsx&sheet=x", b"PK")
    assert answer.status_code == 400
    assert send("/import/activities?name=rows.csv&sheet=x", _ROWS).json()["code"] == "usage"
    assert send("/import/activities", _ROWS).json()["code"] == "bad-address"


def test_a_roster_is_registered_whole_by_the_office(send, office):
    body = "name,alias,parent\n西安区,西安,\n北寿街道,,西安区\n".encode()
    assert send("/import/departments", body).json()["code"] == "office-only"
    done = send("/import/departments", body, office).json()
    assert (done["registered"], done["already"]) == (2, 0)
    assert [each["name"] for each in done["departments"]] == ["西安区", "北寿街道"]
    again = send("/import/departments", body, office).json()
    assert (again["registered"], again["already"], again["events"]) == (0, 2, [])
    wrong = send("/import/departments", "name,parent\n甲,没有\n".encode(), office)
    assert wrong.json()["code"] == "bad-roster-line"


@pytest.mark.parametrize(
    ("path", "who", "code"),
    [
        ("/import/departments", "clerk", "office-only"),
        ("/import/departments", "auditor", "reads-only"),
        ("/import/activities?name=rows.xlsx", "auditor", "reads-only"),
        ("/import/activities?name=rows.xlsx&dry_run=1", "auditor", "reads-only"),
    ],
)
def test_a_file_of_somebody_who_may_not_record_it_is_not_read(
    send, request, monkeypatch, path, who, code
):
    def read(*_, **__):
        pytest.fail("the file was read")

    monkeypatch.setattr(files, "roster_file", read)
    monkeypatch.setattr(files, "row_file", read)
    answer = send(path, b"PK\x03\x04", request.getfixturevalue(who))
    assert (answer.status_code, answer.json()["code"]) == (403, code)
