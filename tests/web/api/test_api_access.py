"""Who may do what over the API, and what nobody learns without the right."""

import io
import sys

import pytest

from served_campaign import SECRET

ADD = "/api/v1/activities"


@pytest.fixture
def withheld(client, auditor):
    """Return the id of the activity that is withheld; 龙山区 leads it."""
    found = client.get(ADD, headers=auditor).json()["activities"]
    return next(each["id"] for each in found if each["withheld"])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cookie": "session=abc"},
        {"authorization": "Basic YTpi"},
        {"authorization": "Bearer"},
        {"authorization": "Bearer kalends_" + "a" * 52},
        {"authorization": "Bearer \xff".encode("latin-1")},
    ],
)
@pytest.mark.parametrize("path", ["/activities", "/departments", "/changes", "/activities/abcd"])
def test_without_a_token_that_works_nothing_is_answered(client, headers, path):
    answer = client.get(f"/api/v1{path}", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="kalends"'
    assert answer.json()["code"] in {"token-missing", "token-refused"}


def test_a_token_in_the_address_is_none(client, clerk):
    secret = clerk["authorization"].split()[1]
    for word in ("token", "access_token", "authorization"):
        assert client.get(f"{ADD}?{word}={secret}").status_code == 401


def test_a_token_that_expired_or_was_revoked_is_refused_at_once(
    campaign, client, headers_of, tokens
):
    short, long = headers_of(lifetime="1d"), headers_of()
    assert client.get(ADD, headers=short).status_code == 200
    tokens.revoke(tokens.all()[-1].made.mark, by="li")
    assert client.get(ADD, headers=long).status_code == 401
    campaign.now = campaign.now.replace(day=campaign.now.day + 2)
    assert client.get(ADD, headers=short).status_code == 401


def test_a_clerk_records_for_their_own_departments_alone(client, clerk, campaign):
    refused = client.post(ADD, json={"sentence": "7月15日 龙山区 清洁日"}, headers=clerk)
    assert (refused.status_code, refused.json()["code"]) == (403, "other-department")
    address = f"{ADD}/{campaign.ids['moved']}/cancel"
    refused = client.post(address, json={"reason": "x"}, headers=clerk)
    assert (refused.status_code, refused.json()["code"]) == (403, "other-department")


def test_an_auditor_records_nothing(client, auditor):
    refused = client.post(ADD, json={"sentence": "7月15日 龙山区 清洁日"}, headers=auditor)
    assert (refused.status_code, refused.json()["code"]) == (403, "reads-only")


def test_what_is_withheld_is_seen_by_those_who_may(
    client, clerk, office, auditor, headers_of, withheld
):
    leading = headers_of("wang", departments=("ls",))
    for path in (ADD, f"{ADD}/{withheld}", "/api/v1/changes", f"{ADD}?dept=ls", f"{ADD}?tag=保密"):
        for headers in (office, auditor, leading):
            assert SECRET in client.get(path, headers=headers).text, path
        assert SECRET not in client.get(path, headers=clerk).text, path
    assert client.get(f"{ADD}/{withheld}", headers=clerk).status_code == 404


def test_what_is_withheld_cannot_be_guessed_by_changing_it(client, clerk, withheld):
    for name in ("held", "cancel", "retract", "withhold", "release", "reinstate"):
        answer = client.post(f"{ADD}/{withheld}/{name}", json={"reason": "x"}, headers=clerk)
        missing = client.post(f"{ADD}/zzzz/{name}", json={"reason": "x"}, headers=clerk)
        assert answer.status_code == missing.status_code
        assert answer.status_code in {400, 404}


def test_what_is_withheld_does_not_stand_in_the_way_of_those_who_may_not_see_it(
    client, office, clerk
):
    sentence = "7月25日 龙山区 团市委 联合演练"
    made = client.post(ADD, json={"sentence": sentence}, headers=office).json()["activity"]
    client.post(f"{ADD}/{made['id']}/withhold", json={"reason": "密"}, headers=office)
    fields = {"when": "7月25日", "title": "联合演练", "departments": ["团市委", "龙山区"]}
    assert client.post(ADD, json=fields, headers=clerk).status_code == 201


def test_what_happened_while_it_was_withheld_is_read_by_those_who_lead_alone(
    client, clerk, headers_of, withheld
):
    leading, office = headers_of("wang", departments=("ls",)), headers_of("office", role="office")
    release = f"{ADD}/{withheld}/release"
    assert client.post(release, json={}, headers=leading).status_code == 403
    assert client.post(release, json={}, headers=office).status_code == 200
    topics = {
        who: [each["topic"] for each in client.get(f"{ADD}/{withheld}", headers=headers).json()[
            "activity"
        ]["revisions"]]
        for who, headers in (("leading", leading), ("other", clerk))
    }  # fmt: skip
    assert "activity.withheld" in topics["leading"]
    assert "activity.withheld" not in topics["other"]


def test_who_was_given_a_token_is_in_no_line_of_the_log(campaign, clerk, serve, monkeypatch):
    lines = io.StringIO()
    monkeypatch.setattr(sys, "stderr", lines)
    client = serve(campaign)
    client.get(ADD, headers=clerk)
    client.post(ADD, json={"sentence": "x"}, headers=clerk)
    client.__exit__(None, None, None)
    client.__enter__()
    assert "POST /api/v1/activities 422" in lines.getvalue()
    assert "kalends_" not in lines.getvalue()


@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/api", 404, None),
        ("GET", "/api/v2/activities", 404, None),
        ("POST", "/api/v1/activities/", 404, None),
        ("GET", "/api/v1/undo", 405, "POST"),
        ("PUT", "/api/v1/activities", 405, "HEAD, GET, POST"),
        ("OPTIONS", "/api/v1/departments", 405, "HEAD, GET"),
        ("DELETE", "/api/v1/activities/abcd", 405, "HEAD, GET"),
    ],
)
def test_an_address_or_a_method_that_is_not_there(client, office, method, path, status, allow):
    answer = client.request(method, path, headers=office)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers.get("allow") == allow


def test_other_addresses_take_no_body_as_before(client, office):
    assert client.post("/agenda", json={}, headers=office).status_code == 405
    assert client.request("GET", "/agenda", content=b"x", headers=office).status_code == 413


def test_too_many_requests_are_a_problem_too(campaign, serve, office):
    client = serve(campaign, rate=2)
    answers = (
        client.get(ADD, headers=office) for _ in range(5)
    )  # even if a minute ends meanwhile
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["code"] == "too-many-requests"
    assert int(refused.headers["retry-after"]) > 0


def test_answers_are_kept_nowhere_and_are_no_pages(client, office):
    for path in ("/activities", "/nothing"):
        headers = client.get(f"/api/v1{path}", headers=office).headers
        assert headers["cache-control"] == "private, no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    ("wanted", "says"),
    [("en", "no token"), ("zh-CN,zh;q=0.9,en;q=0.8", "令牌"), ("en;q=0.2, zh;q=0.3", "令牌"),
     ("fr", "令牌"), ("", "令牌"), ("*", "令牌")],
)  # fmt: skip
def test_a_problem_speaks_the_language_asked_for(client, wanted, says):
    client.get("/agenda.json")
    answer = client.get(ADD, headers={"accept-language": wanted})
    assert says in answer.json()["detail"]
