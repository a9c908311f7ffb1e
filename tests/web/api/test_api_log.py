"""The log as somebody with a token may copy it, and commands of the domain sent as they are."""

import json
import time
import tracemalloc
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
import zstandard
from starlette.testclient import TestClient

from kalends.log.journal_line import compose
from kalends.web.api.api import Api
from served_campaign import SECRET

_ID = "abcdefgh0123"
_WHEN = {
    "first_day": "2020-07-25", "last_day": "2020-07-25", "precision": "day",
    "zone": "Asia/Shanghai", "text": "7月25日",
}  # fmt: skip
_DETAILS = {
    "title": "座谈会", "when": _WHEN, "departments": [{"code": "tsw", "role": "lead"}],
}  # fmt: skip


def _new(new_id=_ID, **changes):
    return {"do": "activity.plan", "id": new_id, "details": {**_DETAILS, **changes}}


@pytest.fixture
def send(client):
    def send(headers, *commands, key=None, query="", **body):
        named = headers if key is None else {**headers, "idempotency-key": key}
        body = {"commands": list(commands), **body}
        return client.post(f"/api/v1/commands{query}", json=body, headers=named)

    return send


def test_an_auditor_copies_the_journal_byte_for_byte(campaign, client, auditor):
    answer = client.get("/api/v1/log", headers=auditor)
    with campaign.opened() as workspace:
        lines = [compose(row) for row in workspace.log.rows()]
    assert answer.status_code == 200
    assert b",".join(lines) in answer.content
    document = answer.json()
    assert (document["after"], document["next"], document["more"]) == (0, len(lines), False)
    assert document["known_at"] == len(lines)
    assert document["reader"] == {"actor": "audit", "role": "auditor", "departments": []}
    assert (document["campaign"], document["language"]) == ("0123456789ab", "zh")
    assert (document["hidden"], document["published"]) == ("", 0)
    rest = client.get("/api/v1/log?after=5", headers=auditor).json()
    assert rest["lines"] == document["lines"][5:]
    beyond = client.get("/api/v1/log?after=999", headers=auditor).json()
    assert (beyond["lines"], beyond["next"], beyond["more"]) == ([], 999, False)


@pytest.mark.parametrize("encoding", ["identity", "gzip", "zstd"])
def test_a_long_answer_comes_in_the_encoding_that_is_asked_for(client, auditor, encoding):
    asked = {**auditor, "accept-encoding": encoding}
    answer = client.get("/api/v1/log", headers=asked)
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    octets = answer.content  # the client unpacks gzip alone
    if encoding == "zstd":
        octets = zstandard.ZstdDecompressor().decompress(octets, max_output_size=1 << 20)
    assert json.loads(octets)["lines"]


def test_a_clerk_gets_nothing_of_what_is_withheld(campaign, client, clerk, headers_of):
    answer = client.get("/api/v1/log", headers=clerk)
    assert SECRET not in answer.text
    document = answer.json()
    assert document["lines"].count(None) == 2
    assert document["hidden"]
    assert sha256(b"").hexdigest() != document["hidden"]
    own = client.get("/api/v1/log", headers=headers_of("wang", "clerk", ["ls"]))
    assert SECRET in own.text
    assert own.json()["hidden"] == ""
    campaign.withhold(campaign.ids["moved"])
    assert client.get("/api/v1/log", headers=clerk).json()["hidden"] != document["hidden"]


def test_new_activities_are_one_act_and_recorded_once(send, clerk):
    two = _new(), _new("abcdefgh0124", title="第二次座谈会")
    answer = send(clerk, *two, key="k1")
    assert answer.status_code == 200, answer.text
    document = answer.json()
    events = document["events"]
    assert [event["topic"] for event in events] == ["activity.planned"] * 2
    assert len({event["state"]["act"] for event in events}) == 1
    assert {(event["by"], event["via"]) for event in events} == {("zhang", "api")}
    assert document["position"] == events[-1]["position"]
    assert document["changed"]
    again = send(clerk, *two, key="k1")
    assert again.json() == document
    assert again.headers["idempotency-replayed"] == "true"
    assert send(clerk, _new(), key="k1").json()["code"] == "key-reused"
    there = send(clerk, *two).json()
    assert (there["changed"], there["events"]) == (False, [])


def test_a_dry_run_records_nothing(campaign, send, clerk):
    with campaign.opened() as workspace:
        before = workspace.log.position()
    document = send(clerk, _new(), query="?dry_run=1").json()
    assert document["dry_run"]
    assert document["events"][0]["state"]["details"]["title"] == "座谈会"
    with campaign.opened() as workspace:
        assert workspace.log.position() == before


def test_what_was_recorded_since_somebody_looked_is_looked_at(campaign, send, clerk):
    with campaign.opened() as workspace:
        position = workspace.log.position()
    assert send(clerk, _new(), looked_until=position).status_code == 200
    other = _new("abcdefgh0124")
    assert send(clerk, other, looked_until=position).json()["code"] == "on-record"
    assert send(clerk, other, looked_until=position + 1).status_code == 200
    assert send(clerk, _new("abcdefgh0125")).status_code == 200


def test_departments_and_settings_are_for_the_office(client, send, clerk, office):
    commands = (
        {"do": "department.register", "code": "zgh", "name": "市总工会"},
        {"do": "department.alias", "code": "zgh", "alias": "工会"},
    )
    assert send(clerk, *commands).json()["code"] == "office-only"
    document = send(office, *commands).json()
    assert [event["topic"] for event in document["events"]] == [
        "department.registered", "department.aliased",
    ]  # fmt: skip
    wrong = {"do": "department.alias", "code": "no", "alias": "x"}
    also = {"do": "department.register", "code": "new", "name": "新部门"}
    assert send(office, also, wrong).status_code == 404
    names = client.get("/api/v1/departments", headers=office).json()["departments"]
    assert "new" not in {each["code"] for each in names}
    settings = {
        "title": "创城", "zone": "Asia/Shanghai", "language": "zh", "uid_domain": "x.kalends",
    }  # fmt: skip
    revised = send(office, {"do": "campaign.revise", "settings": settings, "reason": "短"}).json()
    assert revised["events"][0]["state"]["settings"]["feed_format"] == 1
    mars = {**settings, "zone": "Mars/Base"}
    assert send(office, {"do": "campaign.revise", "settings": mars}).json()["code"]
    other = {**settings, "uid_domain": "y.kalends"}
    said = send(office, {"do": "campaign.revise", "settings": other}).json()
    assert said["code"] == "bad-campaign"


def test_an_activity_is_changed_at_the_version_that_was_seen(send, clerk):
    send(clerk, _new())
    later = {**_WHEN, "first_day": "2020-07-26", "last_day": "2020-07-26", "text": "7月26日"}
    move = {"do": "activity.move", "id": _ID, "version": 1, "when": later, "reason": "冲突"}
    assert send(clerk, move).json()["events"][0]["state"]["when"]["first_day"] == "2020-07-26"
    assert send(clerk, move).json()["code"] == "conflict"
    assert send(clerk, {**move, "version": 2, "when": _WHEN}).json()["changed"]


def test_what_is_not_theirs_is_not_theirs_by_commands_either(campaign, send, clerk, auditor):
    other = campaign.ids["moved"]
    hold = {"do": "activity.hold", "id": other}
    assert send(clerk, hold).json()["code"] == "other-department"
    assert send(auditor, hold).json()["code"] == "reads-only"
    with campaign.opened() as workspace:
        events = [
            entry for entry in workspace.log.entries() if entry.event.TOPIC.endswith("withheld")
        ]
    hidden = events[0].stream.removeprefix("activity-")
    assert (
        send(clerk, {"do": "activity.hold", "id": hidden}).json()["code"] == "activity-not-found"
    )
    theirs = [{"code": "ls", "role": "lead"}]
    assert send(clerk, _new(departments=theirs)).json()["code"] == "other-department"


@pytest.mark.parametrize(
    ("commands", "code"),
    [
        ([], "bad-format"),
        ([{"do": "activity.restore"}], "bad-format"),
        ([{"do": "department.withdraw", "code": "tsw", "reason": "x"}], "bad-format"),
        ([{"do": "campaign.open"}], "bad-format"),
        ([_new("ABC")], "bad-format"),
        ([{**_new(), "at": "2020-01-01T00:00:00Z"}], "unknown-field"),
        ([_new(), {"do": "activity.hold", "id": _ID}], "mixed-commands"),
        ([{"do": "activity.hold", "id": _ID}] * 2, "mixed-commands"),
        ([{"do": "activity.hold", "id": _ID}], "activity-not-found"),
        ([_new(when={**_WHEN, "precision": "part"})], "impossible-date"),
        ([_new(when={**_WHEN, "zone": "Mars/Base"})], "impossible-date"),
        ([_new(when={**_WHEN, "first_day": "2020-13-01"})], "bad-format"),
        ([_new(title=" ")], "empty-text"),
        ([_new(departments=[])], "empty-text"),
        ([_new(departments=[{"code": "nobody", "role": "lead"}])], "department-not-found"),
        ([{"do": "department.register", "code": "new", "name": "7月14日"}], "bad-text"),
        ([{"do": "department.alias", "code": "tsw", "alias": "和"}], "bad-text"),
    ],
)
def test_what_the_domain_or_the_types_refuse_is_refused(send, office, commands, code):
    answer = send(office, *commands)
    assert 400 <= answer.status_code < 500
    assert answer.json()["code"] == code, answer.text


def test_nobody_without_a_token_sends_a_large_body(client, clerk):
    large = json.dumps({"commands": [_new(title="x" * 100_000)]}).encode()
    typed = {"content-type": "application/json"}
    wrong = {"authorization": "Bearer kalends_x", **typed}
    assert client.post("/api/v1/commands", content=large, headers=wrong).status_code == 401
    assert (
        client.post("/api/v1/undo", content=large, headers={**clerk, **typed}).status_code == 413
    )
    said = client.post("/api/v1/commands", content=large, headers={**clerk, **typed})
    assert said.json()["code"] == "long-text"


def test_only_the_act_that_was_looked_up_is_undone(send, client, clerk):
    position = send(clerk, _new()).json()["position"]
    wrong = client.post("/api/v1/undo", json={"position": position - 1}, headers=clerk)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "other-act")
    right = client.post("/api/v1/undo", json={"position": position}, headers=clerk)
    assert right.json()["events"][0]["topic"] == "activity.retracted"


def test_a_problem_names_what_its_message_names(client, clerk):
    said = client.get("/api/v1/activities/zzzz", headers=clerk).json()
    assert said["fields"] == {"name": "zzzz"}


# More than a megabyte of JSON that takes many times as much as objects, and is no commands.
_SWOLLEN = {
    "keys": json.dumps({f"{number:x}": number for number in range(80_000)}),
    "objects": '{"commands":[%s{}]}' % ("{}," * 400_000),
    "lists": '{"commands":[%s[]]}' % ("[]," * 400_000),
    "beside": '{"commands":[],"x":[%s{}]}' % ("{}," * 400_000),
    "inside": json.dumps({"commands": [{**_new(), "x": [{}] * 400_000}]}),
    "long": json.dumps({"commands": [_new(title="x" * 1_200_000)]}),
}


@pytest.mark.parametrize("key", [None, "k"])
@pytest.mark.parametrize("body", _SWOLLEN.values(), ids=_SWOLLEN)
def test_a_long_body_of_another_shape_does_not_swell(client, clerk, body, key):
    named = {**clerk, "content-type": "application/json"}
    headers = named if key is None else {**named, "idempotency-key": key}
    content = body.encode()
    assert len(content) > 1_000_000
    client.post("/api/v1/commands", json={}, headers=clerk)
    tracemalloc.start()
    try:
        answer = client.post("/api/v1/commands", content=content, headers=headers)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 400 <= answer.status_code < 500, answer.text
    assert most < 8 * len(content), most / len(content)


def test_long_bodies_are_read_one_at_a_time(campaign, serve, clerk, monkeypatch):
    """The others wait; short ones go on."""
    reading, most = Counter(), Counter()
    made = Api._made

    def slowly(self, asked, *rest):
        kind = "long" if len(asked.body) > 1_000_000 else "short"
        reading[kind] += 1
        most[kind] = max(most[kind], reading[kind])
        time.sleep(0.05)
        reading[kind] -= 1
        return made(self, asked, *rest)

    monkeypatch.setattr(Api, "_made", slowly)
    headers = {**clerk, "content-type": "application/json"}
    client = serve(campaign, TestClient)
    with ThreadPoolExecutor(6) as threads:
        sent = [
            threads.submit(client.post, "/api/v1/commands", content=content, headers=headers)
            for content in [_SWOLLEN["long"].encode(), b'{"commands":[]}'] * 3
        ]
        assert all(each.result().status_code < 500 for each in sent)
    assert most["long"] == 1 < most["short"]
