"""Logging a browser in and out, and what ends a session."""

import io
import re
import sys
from datetime import timedelta

import pytest

from kalends import bootstrap
from kalends.application.access.sessions import Sessions
from kalends.application.access.tokens import Tokens

HERE = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}


@pytest.fixture
def tokens(campaign):
    return Tokens(campaign.opened().folder, campaign.machine.now)


@pytest.fixture
def token(tokens):
    seed = bootstrap.new_seed()
    return tokens.new(seed, actor="zhang", role="clerk", departments=("tsw",), by="li")


@pytest.fixture
def code(tokens, token):
    return Sessions(tokens).new_link(bootstrap.new_seed(), token.made.mark, by="li").code


def log_in(client, token, **headers):
    return client.post("/login", data={"token": token.secret}, headers={**HERE, **headers})


def is_logged_in(client):
    return "zhang" in client.get("/login").text


def test_a_token_logs_a_browser_in_with_a_cookie_that_scripts_and_other_sites_never_get(
    client, token
):
    answer = log_in(client, token)
    assert (answer.status_code, answer.headers["location"]) == (303, "/record")
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert is_logged_in(client)
    page = client.get("/en/login")
    assert "You are logged in as zhang." in page.text
    assert page.headers["cache-control"] == "private, no-store"
    assert page.headers["referrer-policy"] == "same-origin"


def test_the_cookie_is_for_https_alone_where_the_site_is(campaign, serve, token):
    client = serve(campaign, public_url="https://example.org/city")
    answer = client.post(
        "/city/login", data={"token": token.secret}, headers={"origin": "https://example.org"}
    )
    assert {"Secure", "Path=/city/"} <= set(answer.headers["set-cookie"].split("; "))
    assert answer.headers["location"] == "/city/record"


@pytest.mark.parametrize("text", ["", "kalends_wrong", "<b>", "é" * 300])
def test_a_wrong_token_is_refused_in_words(client, text):
    answer = client.post("/en/login", data={"token": text}, headers=HERE)
    assert answer.status_code == 401
    assert "This token is unknown, has expired or was revoked." in answer.text
    assert "set-cookie" not in answer.headers
    assert "<b>" not in answer.text


def test_a_link_logs_in_once_when_its_button_is_pressed(client, code, tokens):
    for _ in range(2):  # a chat program reads the link to show it
        assert client.get(f"/login/{code}").status_code == 200
    answer = client.post(f"/login/{code}", data={}, headers=HERE)
    assert answer.status_code == 303
    assert is_logged_in(client)
    client.cookies.clear()
    again = client.post(f"/en/login/{code}", data={}, headers=HERE)
    assert again.status_code == 403
    assert "was used before" in again.text
    assert not is_logged_in(client)
    assert [type(line).__name__ for line in tokens.lines()] == [
        "TokenMade", "LinkMade", "SessionBegun",
    ]  # fmt: skip


def test_a_link_that_is_wrong_or_ten_minutes_old_is_refused(campaign, client, code):
    assert client.post("/login/nothing", data={}, headers=HERE).status_code == 403
    campaign.now += timedelta(minutes=10)
    assert client.post(f"/login/{code}", data={}, headers=HERE).status_code == 403


def test_the_link_of_a_revoked_token_is_refused(client, code, token, tokens):
    tokens.revoke(token.made.mark, by="li")
    assert client.post(f"/login/{code}", data={}, headers=HERE).status_code == 403


def test_a_revoked_token_ends_its_sessions_at_once(client, token, tokens):
    log_in(client, token)
    tokens.revoke(token.made.mark, by="li")
    assert not is_logged_in(client)


def test_a_session_ends_after_twelve_hours(campaign, client, token):
    log_in(client, token)
    campaign.now += timedelta(hours=11, minutes=58)
    assert is_logged_in(client)
    campaign.now += timedelta(minutes=2)
    assert not is_logged_in(client)


def _form(client):
    return re.search(r'name="form" value="([0-9a-f]{64})"', client.get("/login").text)[1]


def test_logging_out_ends_the_session_itself(client, token):
    log_in(client, token)
    kept = dict(client.cookies)
    client.post("/logout", data={"form": _form(client)}, headers=HERE)
    client.cookies.update(kept)
    assert not is_logged_in(client)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_form_of_another_site_is_refused(client, token, headers):
    answer = client.post("/login", data={"token": token.secret}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("fields", [{}, {"form": "0" * 64}, {"form": "é"}])
def test_a_form_without_the_secret_of_its_session_is_refused(client, token, fields):
    log_in(client, token)
    assert client.post("/logout", data=fields, headers=HERE).status_code == 403
    assert is_logged_in(client)


def test_what_is_no_form_is_refused(client):
    form = "application/x-www-form-urlencoded"
    for body, kind in ((b"{}", "application/json"), (b"token=%ff", form), (b"\xff=1", form)):
        answer = client.post("/login", content=body, headers={**HERE, "content-type": kind})
        assert answer.status_code == 403
    assert client.post("/login", content=b"a" * 70_000, headers=HERE).status_code == 413
    assert client.put("/login", content=b"", headers=HERE).status_code == 405
    assert client.get("/logout/more").status_code == 404
    assert client.post("/agenda", data={}, headers=HERE).status_code == 405


def test_no_log_holds_a_token_a_code_or_a_session(campaign, serve, token, code, monkeypatch):
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    client = serve(campaign)
    log_in(client, token)
    client.get(f"/login/{code}")
    client.get(f"/en/login/{code}/more")
    session = client.cookies["kalends_session"]
    client.__exit__(None, None, None)
    client.__enter__()
    assert "/login/-" in said.getvalue()
    kept = (campaign.folder / ".kalends-secrets" / "access.jsonl").read_text("utf-8")
    for secret in (token.secret, code, session):
        assert secret not in said.getvalue()
        assert secret not in kept
