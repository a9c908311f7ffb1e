"""What no page of this site sent changes nothing, whatever the address; nor does what never ends."""

import asyncio
import re

import pytest

from kalends import bootstrap
from kalends.application.sessions import form_secret
from kalends.web import bodies
from web.clerk.conftest import HERE

_ORIGINS = {
    "none": {},
    "another": {"origin": "https://evil.example"},
    "another port": {"origin": "http://testserver:8080"},
    "opaque": {"origin": "null"},
    "cross-site": {"sec-fetch-site": "cross-site"},
    "same-site": {"sec-fetch-site": "same-site"},
    "typed in": {"sec-fetch-site": "none"},
    "ours, cross-site": {**HERE, "sec-fetch-site": "cross-site"},
    "another, same-origin": {**HERE, "origin": "https://evil.example"},
}


@pytest.fixture
def requests(visitor, client):
    """Return every form of the pages, as its page would send it: an address and its fields."""
    visitor.send("/record", line="明天上午 团市委 志愿培训")
    checked = dict(re.findall(r'name="(step|seen)" value="([^"]*)"', visitor.page))
    visitor.send("/record")
    position = re.search(r'name="position" value="(\d+)"', visitor.page)[1]
    target = client.get("/search.json?q=志愿培训").json()["activities"][0]["id"]
    change = {"key": "k", "version": "1", "reason": "x"}
    return [
        ("/record", {"line": "后天 团市委 例会"}),
        ("/record", {**checked, "line": "明天上午 团市委 志愿培训", "key": "other", "allow": "1"}),
        ("/record/reading", {"line": "后天 团市委 例会"}),
        ("/record/undo", {"key": "k", "position": position}),
        ("/logout", {}),
        (f"/record/{target}/held", change),
        (f"/record/{target}/move", {**change, "to": "7月30日"}),
        (f"/record/{target}/correct", {**change, "title": "别的"}),
        *(
            (f"/record/{target}/{action}", change)
            for action in ("cancel", "retract", "withhold", "release", "reinstate")
        ),
    ]


def _position(campaign):
    with campaign.opened() as workspace:
        return workspace.log.position()


@pytest.mark.parametrize("origin", _ORIGINS)
def test_a_form_from_elsewhere_is_refused_at_every_address(requests, client, campaign, origin):
    before, secret = _position(campaign), form_secret(client.cookies["kalends_session"])
    for address, fields in requests:
        data = {**fields, "form": secret}
        answer = client.post(address, data=data, headers=_ORIGINS[origin])
        assert answer.status_code == 403, address
        assert "例会" not in answer.text
    assert _position(campaign) == before
    assert client.get("/record").status_code == 200  # not even logged out


@pytest.mark.campaign
def test_a_form_without_the_secret_of_this_session_is_refused_at_every_address(
    requests, client, campaign, tokens
):
    other = tokens.new(bootstrap.new_seed(), actor="wang", role="office", by="li")
    mine = client.cookies["kalends_session"]
    client.post("/login", data={"token": other.secret}, headers=HERE)
    theirs = client.cookies["kalends_session"]
    client.cookies.clear()
    client.cookies["kalends_session"] = mine
    before = _position(campaign)
    for secret in (None, "", "0" * 64, "é", form_secret(theirs), mine):
        for address, fields in requests:
            data = {**fields, **({} if secret is None else {"form": secret})}
            answer = client.post(address, data=data, headers=HERE)
            assert answer.status_code == 403, (secret, address)
    assert _position(campaign) == before


def test_without_a_session_nothing_is_done_at_any_address(requests, client, campaign):
    secret = form_secret(client.cookies["kalends_session"])
    client.cookies.clear()
    before = _position(campaign)
    for address, fields in requests:
        for cookie in ("", "kalends_session=x", "kalends_session="):
            headers = {**HERE, **({"cookie": cookie} if cookie else {})}
            answer = client.post(address, data={**fields, "form": secret}, headers=headers)
            assert answer.status_code in {401, 303}, address
            assert answer.status_code == 401 or answer.headers["location"] == "/login"
    assert _position(campaign) == before


def test_a_form_that_never_ends_is_refused_in_words(client, campaign, monkeypatch):
    monkeypatch.setattr(bodies.body_of, "__defaults__", (bodies.Bounds(seconds=0.05),))
    before, sent = _position(campaign), []
    scope = {
        "type": "http", "method": "POST", "path": "/record", "query_string": b"", "scheme": "http",
        "headers": [(b"host", b"testserver"), (b"content-length", b"100")],
        "client": ("127.0.0.1", 1), "server": ("testserver", 80),
    }  # fmt: skip

    async def receive():
        await asyncio.sleep(5)

    async def send(message):
        sent.append(message)

    client.call(client.app, scope, receive, send)
    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]
    assert "<h1>请求正文未在" in sent[1]["body"].decode()
    assert _position(campaign) == before


def test_whoever_leaves_before_their_form_is_whole_gets_no_answer(client):
    sent = []
    scope = {
        "type": "http", "method": "POST", "path": "/record", "query_string": b"", "scheme": "http",
        "headers": [(b"host", b"testserver")], "client": None, "server": ("testserver", 80),
    }  # fmt: skip

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    client.call(client.app, scope, receive, send)
    assert sent == []
