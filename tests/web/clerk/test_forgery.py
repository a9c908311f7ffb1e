"""What no page of this site sent changes nothing, whatever the address; nor does what never ends."""

import asyncio
import re

import pytest

from kalends import bootstrap
from kalends.application.access.sessions import Sessions, form_secret
from kalends.web.clerk.forms import FORMS, OF_NOBODY
from kalends.web.http import bodies
from web.clerk.conftest import HERE, Browser

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


class Forms(dict):
    """The forms that the pages send, by address: what the browser sends, and in whose session."""

    def sent(self, *, but=()):
        """Yield an address and the fields of each form, but for some."""
        for template, (address, fields) in self.items():
            if template not in but:
                yield address, fields


@pytest.fixture
def forms(client, tokens):
    """Return a form for each address of `FORMS`, as its page would send it to the office."""
    made = tokens.new(bootstrap.new_seed(), actor="office", role="office", by="li")
    link = Sessions(tokens).new_link(bootstrap.new_seed(), made.made.mark, by="li")
    office = Browser(client, made)
    office.page = client.get("/en/record").text
    office.send("/record", line="明天上午 团市委 志愿培训")
    checked = dict(re.findall(r'name="(step|seen)" value="([^"]*)"', office.page))
    office.send("/record")
    position = re.search(r'name="position" value="(\d+)"', office.page)[1]
    target = client.get("/search.json?q=志愿培训").json()["activities"][0]["id"]
    change = {"key": "k", "version": "1", "reason": "x"}
    day = {"key": "k", "on": "2020年7月20日", "reason": "x"}
    fields = {
        "/login": {"token": made.secret},
        "/login/{code}": {},
        "/logout": {},
        "/record": {**checked, "line": "明天上午 团市委 志愿培训", "key": "other", "allow": "1"},
        "/record/reading": {"line": "后天 团市委 例会"},
        "/record/undo": {"key": "k", "position": position},
        "/record/{id}/move": {**change, "to": "7月30日"},
        "/record/{id}/correct": {**change, "title": "别的"},
        "/record/roster": {"key": "k", "step": "record", "lines": '{"name": "文明办"}'},
        "/record/settings": {"key": "k", "title": "另一个活动"},
        "/record/departments/new": {"key": "k", "name": "文明办"},
        "/record/departments/{code}/rename": {**day, "name": "教育和体育局"},
        "/record/departments/{code}/short": {"key": "k", "short": "教育"},
        "/record/departments/{code}/alias": {"key": "k", "alias": "教育局"},
        "/record/departments/{code}/unalias": {"key": "k", "alias": "市教育局"},
        "/record/departments/{code}/move": {**day, "parent": "龙山区"},
        "/record/departments/{code}/merge": {**day, "into": "龙山区"},
        "/record/departments/{code}/close": day,
        "/record/departments/{code}/reopen": day,
    }
    found = Forms()
    for template in FORMS:
        assert template in fields or template.startswith("/record/{id}/"), template
        names = {"id": target, "code": "jyj" if "departments" in template else link.code}
        found[template] = template.format(**names), fields.get(template, change)
    return found


def _position(campaign):
    with campaign.opened() as workspace:
        return workspace.log.position()


@pytest.mark.parametrize("origin", _ORIGINS)
def test_a_form_from_elsewhere_is_refused_at_every_address(forms, client, campaign, origin):
    before, secret = _position(campaign), form_secret(client.cookies["kalends_session"])
    for address, fields in forms.sent():
        data = {**fields, "form": secret}
        answer = client.post(address, data=data, headers=_ORIGINS[origin])
        assert answer.status_code == 403, address
        assert "例会" not in answer.text
    assert _position(campaign) == before
    assert client.get("/record").status_code == 200  # not even logged out


@pytest.mark.campaign
def test_the_same_forms_are_taken_from_a_page_of_this_site(forms, client):
    secret = form_secret(client.cookies["kalends_session"])
    for template in (*forms.keys() - {*OF_NOBODY, "/logout"}, "/logout", *OF_NOBODY):
        address, fields = forms[template]
        answer = client.post(address, data={**fields, "form": secret}, headers=HERE)
        assert answer.status_code in {200, 303, 409}, (address, answer.status_code)


@pytest.mark.usefixtures("visitor")
def test_what_is_sent_to_another_address_is_no_form(client):
    secret = form_secret(client.cookies["kalends_session"])
    for address in ("/record/departments", "/record/settings/x", "/record/x", "/login/x/y"):
        answer = client.post(address, data={"form": secret, "key": "k"}, headers=HERE)
        assert answer.status_code == 404, address


@pytest.mark.campaign
def test_a_form_without_the_secret_of_this_session_is_refused_at_every_address(
    forms, client, campaign, tokens
):
    other = tokens.new(bootstrap.new_seed(), actor="wang", role="office", by="li")
    mine = client.cookies["kalends_session"]
    client.post("/login", data={"token": other.secret}, headers=HERE)
    theirs = client.cookies["kalends_session"]
    client.cookies.clear()
    client.cookies["kalends_session"] = mine
    before = _position(campaign)
    for secret in (None, "", "0" * 64, "é", form_secret(theirs), mine):
        for address, fields in forms.sent(but=OF_NOBODY):
            data = {**fields, **({} if secret is None else {"form": secret})}
            answer = client.post(address, data=data, headers=HERE)
            assert answer.status_code == 403, (secret, address)
    assert _position(campaign) == before


def test_without_a_session_nothing_is_done_at_any_address(forms, client, campaign):
    secret = form_secret(client.cookies["kalends_session"])
    client.cookies.clear()
    before = _position(campaign)
    for address, fields in forms.sent(but=OF_NOBODY):
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
