"""A request with an Idempotency-Key is recorded at most once; the log itself remembers it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalends.application.recording.keyed_request import KeyedRequest

ADD = "/api/v1/activities"
SENTENCE = {"sentence": "7月15日上午9点 团市委 青年论坛"}


def _keyed(headers, key="k-1"):
    return {**headers, "idempotency-key": key}


def _count(campaign):
    with campaign.opened() as workspace:
        return workspace.log.position()


def test_the_same_key_and_request_is_recorded_once_and_answered_alike(campaign, client, clerk):
    first = client.post(ADD, json=SENTENCE, headers=_keyed(clerk))
    count = _count(campaign)
    again = client.post(ADD, json=SENTENCE, headers=_keyed(clerk))
    assert _count(campaign) == count
    assert again.json() == first.json()
    assert again.status_code == first.status_code == 201
    for name in ("location", "etag"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers


def test_a_server_that_was_started_anew_remembers(campaign, serve, clerk):
    first = serve(campaign).post(ADD, json=SENTENCE, headers=_keyed(clerk)).json()
    count = _count(campaign)
    again = serve(campaign).post(ADD, json=SENTENCE, headers=_keyed(clerk)).json()
    assert again == first
    assert _count(campaign) == count


def test_what_happened_since_is_not_in_the_answer(client, clerk):
    first = client.post(ADD, json=SENTENCE, headers=_keyed(clerk)).json()
    address = f"{ADD}/{first['activity']['id']}/correct"
    client.post(address, json={"title": "x", "reason": "y"}, headers=clerk)
    assert client.post(ADD, json=SENTENCE, headers=_keyed(clerk)).json() == first


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("", {"sentence": "7月15日上午9点 团市委 青年论坛二"}),
        ("?allow_duplicates=1", SENTENCE),
        ("/MOVED/held", {}),
        ("/undo", {}),
    ],
)
def test_the_same_key_with_another_request_is_refused(campaign, client, office, path, body):
    client.post(ADD, json=SENTENCE, headers=_keyed(office))
    count = _count(campaign)
    address = "/api/v1/undo" if path == "/undo" else ADD + path
    address = address.replace("MOVED", campaign.ids["moved"])
    answer = client.post(address, json=body, headers=_keyed(office))
    assert (answer.status_code, answer.json()["code"]) == (422, "key-reused")
    assert str(count) in answer.json()["detail"]
    assert _count(campaign) == count


@pytest.mark.parametrize("second", ["k-1", "k-2", ""])
@pytest.mark.parametrize("path", ["/activities", "/undo", "/webhooks", "/digests"])
def test_two_keys_are_none_and_nothing_is_recorded(campaign, client, office, path, second):
    client.post(ADD, json=SENTENCE, headers=_keyed(office))  # what a key of the two has recorded
    count = _count(campaign)
    headers = [*office.items(), ("idempotency-key", "k-1"), ("Idempotency-Key", second)]
    body = {"/activities": SENTENCE, "/undo": {}}.get(path, {"url": "https://93.184.215.14/"})
    answer = client.post(f"/api/v1{path}", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-header")
    assert answer.json()["fields"]["name"] == "Idempotency-Key"
    assert _count(campaign) == count
    assert client.get("/api/v1/webhooks", headers=office).json()["webhooks"] == []


@pytest.mark.parametrize(
    ("name", "values", "status"),
    [
        ("if-match", ('"2"', '"2"'), 400),
        ("if-match", ("*", "*"), 400),
        ("content-type", ("application/json", "application/json"), 415),
        ("authorization", None, 401),
    ],
)
def test_another_header_that_comes_twice_is_not_chosen_from(
    campaign, client, office, name, values, status
):
    count = _count(campaign)
    values = values or (office["authorization"],) * 2
    headers = {
        "content-type": "application/json",
        **{each: value for each, value in office.items() if each != name},
    }
    headers.pop(name, None)
    twice = [*headers.items(), *((name, value) for value in values)]
    address = f"{ADD}/{campaign.ids['moved']}/held"
    assert client.post(address, content=b"{}", headers=twice).status_code == status
    assert _count(campaign) == count


def test_the_key_of_another_actor_is_another_key(client, clerk, office):
    first = client.post(ADD, json=SENTENCE, headers=_keyed(clerk)).json()
    other = {"sentence": "7月16日 龙山区 清洁日"}
    second = client.post(ADD, json=other, headers=_keyed(office))
    assert second.status_code == 201
    assert second.json()["activity"]["id"] != first["activity"]["id"]


def test_an_undo_is_repeated_without_undoing_more(campaign, client, clerk):
    kept = client.post(ADD, json=SENTENCE, headers=clerk).json()["activity"]["id"]
    other = {"sentence": "7月16日 团市委 清洁日"}
    gone = client.post(ADD, json=other, headers=_keyed(clerk, "add")).json()["activity"]["id"]
    first = client.post("/api/v1/undo", headers=_keyed(clerk, "undo"))
    count = _count(campaign)
    again = client.post("/api/v1/undo", headers=_keyed(clerk, "undo"))
    assert again.json() == first.json()
    assert first.json()["activity"]["id"] == gone
    assert _count(campaign) == count
    next_one = client.post("/api/v1/undo", headers=_keyed(clerk, "undo-2")).json()
    assert next_one["activity"]["id"] == kept


@pytest.mark.parametrize(
    ("name", "body"),
    [("held", {}), ("move", {"to": "7月25日", "reason": "x"}), ("cancel", {"reason": "x"}),
     ("retract", {"reason": "x"}), ("correct", {"title": "x", "reason": "y"}),
     ("withhold", {"reason": "x"})],
)  # fmt: skip
def test_a_change_is_repeated_even_where_it_would_be_refused_by_now(
    campaign, client, office, name, body
):
    address = f"{ADD}/{campaign.ids['moved']}"
    headers = {**_keyed(office), "if-match": '"2"'}
    first = client.post(f"{address}/{name}", json=body, headers=headers)
    assert first.status_code == 200
    client.post(f"{address}/correct", json={"place": "别处", "reason": "z"}, headers=office)
    count = _count(campaign)
    again = client.post(f"{address}/{name}", json=body, headers=headers)
    assert {**again.json(), "notes": []} == {**first.json(), "notes": []}
    assert again.headers["etag"] == first.headers["etag"] == '"3"'
    assert _count(campaign) == count


def test_what_was_refused_is_not_remembered(client, clerk, headers_of):
    sentence = {"sentence": "7月15日 龙山区 清洁日"}
    assert client.post(ADD, json=sentence, headers=_keyed(clerk)).status_code == 403
    wider = headers_of(departments=("tsw", "ls"))
    assert client.post(ADD, json=sentence, headers=_keyed(wider)).status_code == 201


def test_a_dry_run_uses_no_key_up(client, clerk):
    dry = client.post(f"{ADD}?dry_run=1", json=SENTENCE, headers=_keyed(clerk))
    assert dry.json()["dry_run"] is True
    assert client.post(ADD, json=SENTENCE, headers=_keyed(clerk)).status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "ключ".encode()])
def test_a_key_that_is_none_is_refused(client, clerk, key):
    answer = client.post(ADD, json=SENTENCE, headers={**clerk, "idempotency-key": key})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-header")


def _recorded_ids(campaign):
    with campaign.opened() as workspace:
        entries = list(workspace.log.entries())
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    made = {"activity.recorded", "activity.planned"}
    return [e.stream.removeprefix("activity-") for e in entries if e.event.TOPIC in made]


@pytest.mark.campaign
def test_twenty_at_once_each_key_twice_lose_nothing_and_record_nothing_twice(
    campaign, many_hands, clerk
):
    before = _recorded_ids(campaign)

    def add(number):
        body = {"sentence": f"7月15日 团市委 第{number}次活动"}
        return many_hands.post(ADD, json=body, headers=_keyed(clerk, f"k-{number}"))

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(add, [*range(10), *range(10)]))
    assert {answer.status_code for answer in answers} == {201}
    ids = {answer.json()["activity"]["id"] for answer in answers}
    now = _recorded_ids(campaign)
    assert len(ids) == 10
    assert sorted(now) == sorted([*before, *ids])
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 10


@pytest.mark.campaign
def test_twenty_at_once_with_the_same_key_record_once(campaign, many_hands, clerk):
    before = len(_recorded_ids(campaign))
    with ThreadPoolExecutor(20) as threads:
        answers = list(
            threads.map(
                lambda _: many_hands.post(ADD, json=SENTENCE, headers=_keyed(clerk)), range(20)
            )
        )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len(_recorded_ids(campaign)) == before + 1


_TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(_TEXT, _TEXT, st.binary(max_size=40)), min_size=2, max_size=4, unique=True)
)
def test_acts_are_the_same_only_for_the_same_actor_key_and_request(requests):
    found = [KeyedRequest(*each) for each in requests]
    assert len({each.act for each in found}) == len(found)
    for each in found:
        assert each.act == KeyedRequest(each.actor, each.key, each.request).act
        assert each.act.isalnum()
        same_key = KeyedRequest(each.actor, each.key, each.request + b"x")
        assert same_key.act[:12] == each.act[:12]
        assert same_key.act != each.act
