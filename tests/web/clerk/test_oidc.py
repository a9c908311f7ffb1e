"""Logging in at a provider of OpenID Connect, and everything that somebody may try with it."""

import base64
import json
import re
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from kalends import bootstrap, config
from kalends.application.access import oidc
from kalends.application.access.tokens import Tokens
from kalends.application.health import health
from kalends.domain.errors import NoOidcError, SettingError
from kalends.web.app import application
from kalends.web.operations.options import WebOptions
from web.clerk.conftest import served_at
from web.clerk.oidc_provider import CLIENT, SECRET, Provider, started

BACK = "http://testserver/login/oidc"


@pytest.fixture(scope="module")
def _server():
    server, issuer, stop = started()
    yield server, issuer
    stop()


@pytest.fixture
def provider(_server, campaign, monkeypatch):
    server, issuer = _server
    server.provider = Provider(issuer=issuer, now=int(campaign.now.timestamp()))
    settings = campaign.folder / "kalends.toml"
    settings.write_text(
        f'{settings.read_text()}\n[oidc]\nissuer = "{issuer}"\nclient_id = "{CLIENT}"\nname = "市统一认证"\n'
    )
    monkeypatch.setenv("KALENDS_OIDC_SECRET", SECRET)
    return server.provider


@pytest.fixture
def client(provider, campaign, serve):
    assert provider.issuer in (campaign.folder / "kalends.toml").read_text()
    return serve(campaign)


@pytest.fixture
def tokens(campaign):
    return Tokens(campaign.opened().folder, campaign.machine.now)


def known(tokens, login, actor="zhang", **how):
    return tokens.new(
        bootstrap.new_seed(), actor=actor, role="office", login=login, by="li", **how
    ).made


def begun(client, language=""):
    """Return where the login page sends somebody."""
    answer = client.get(f"{language}/login/oidc")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def came_back(client, provider):
    """Log in at the provider, and return what our page then says."""
    return client.get(provider.authorize(begun(client)))


def is_logged_in(client):
    return "zhang" in client.get("/login").text


def refused(client, answer, status=403):
    assert answer.status_code == status, answer.text
    assert "text/html" in answer.headers["content-type"]
    assert "kalends_session=" not in answer.headers.get("set-cookie", "")
    assert not is_logged_in(client)
    assert not client.cookies.get("kalends_login")
    return answer.text


def test_who_the_office_knows_logs_in_and_is_sent_on_by_a_page_of_ours(client, provider, tokens):
    assert 'href="/login/oidc">用市统一认证登录' in client.get("/login").text
    made = known(tokens, "Zhang@Example.org")
    answer = came_back(client, provider)
    assert answer.status_code == 200
    assert '<meta http-equiv="refresh" content="0; url=/record">' in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    cookies = answer.headers.get_list("set-cookie")
    (session,) = [each for each in cookies if each.startswith("kalends_session=")]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"} <= set(session.split("; "))
    assert client.get("/record").status_code == 200
    assert is_logged_in(client)
    assert [line.mark for line in tokens.lines()] == [made.mark] * 2
    tokens.revoke(made.mark, by="li")
    assert not is_logged_in(client)


def test_the_cookie_of_a_login_comes_back_from_another_site_and_is_used_once(
    client, provider, tokens
):
    known(tokens, provider.subject)
    answer = client.get("/login/oidc")
    (cookie,) = answer.headers.get_list("set-cookie")
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=600"} <= set(cookie.split("; "))
    back = provider.authorize(answer.headers["location"])
    assert client.get(back).status_code == 200
    assert "kalends_login" not in client.cookies
    client.cookies.delete("kalends_session")
    refused(client, client.get(back))


@pytest.mark.parametrize(("at", "leads_to"), [
    ("/record/abc", "/record/abc"), ("/record/undo", "/record"), ("//evil.example", "/record"),
    ("https://evil.example/record/abc", "/record"), ("/record/a%22b", "/record"), ("/record/a-b", "/record"),
])  # fmt: skip
def test_it_leads_on_to_where_somebody_wanted_to_be(client, provider, tokens, at, leads_to):
    known(tokens, provider.subject)
    page = client.get(f"/login?at={at}").text
    assert (f'href="/login/oidc?at={at}"' in page) is (at == leads_to)
    address = client.get(f"/login/oidc?at={at}").headers["location"]
    answer = client.get(provider.authorize(address))
    assert f'content="0; url={leads_to}">' in answer.text


def test_a_cookie_that_was_changed_leads_nowhere_else(client, provider, tokens):
    known(tokens, provider.subject)
    back = provider.authorize(begun(client))
    kept = client.cookies["kalends_login"].partition("-")[0]
    client.cookies.clear()
    client.cookies.set("kalends_login", f"{kept}-//evil.example-//evil.example")
    assert 'content="0; url=/record">' in client.get(back).text


def test_in_another_language_it_is_the_same_address_that_is_come_back_to(client, provider, tokens):
    known(tokens, provider.subject)
    address = begun(client, "/en")
    assert re.search(r"redirect_uri=http%3A%2F%2Ftestserver%2Flogin%2Foidc&", address)
    answer = client.get(provider.authorize(address))
    assert 'content="0; url=/en/record">' in answer.text
    assert "You are logged in" in answer.text


def test_the_address_to_come_back_to_is_that_of_the_site(provider, campaign, serve):
    client = serve(campaign, public_url="https://example.org/city")
    answer = client.get("/city/login/oidc")
    assert answer.headers["location"].startswith(f"{provider.issuer}/authorize?")
    assert (
        "redirect_uri=https%3A%2F%2Fexample.org%2Fcity%2Flogin%2Foidc"
        in answer.headers["location"]
    )
    assert {"Secure", "Path=/city/"} <= set(answer.headers["set-cookie"].split("; "))


def test_with_a_wrong_state_nobody_logs_in(client, provider, tokens):
    known(tokens, provider.subject)
    back = provider.authorize(begun(client))
    refused(client, client.get(re.sub(r"state=[^&]*", "state=other", back)))
    assert "/token" not in provider.asked


def test_somebody_elses_login_cannot_be_finished_in_this_browser(client, provider, tokens):
    known(tokens, provider.subject)
    theirs = provider.authorize(begun(client))
    client.cookies.clear()
    refused(client, client.get(theirs))
    begun(client)
    refused(client, client.get(theirs))


def test_a_code_is_good_for_once(client, provider, tokens):
    known(tokens, provider.subject)
    back = provider.authorize(begun(client))
    cookie = client.cookies["kalends_login"]
    assert client.get(back).status_code == 200
    client.cookies.clear()
    client.cookies.set("kalends_login", cookie)
    text = client.get(back)
    assert text.status_code == 403
    client.cookies.clear()
    assert not is_logged_in(client)


@pytest.mark.parametrize("claims", [
    {"nonce": "other"}, {"nonce": None}, {"aud": "other"}, {"aud": ["other", "third"]}, {"aud": None},
    {"aud": [CLIENT, "other"], "azp": "other"}, {"iss": "https://elsewhere.example"}, {"iss": None},
    {"exp": 1}, {"exp": None}, {"exp": "never"}, {"iat": None}, {"iat": 99_999_999_999},
    {"nbf": 99_999_999_999}, {"sub": None}, {"sub": ""}, {"sub": 7}, {"at_hash": "wrong"},
])  # fmt: skip
def test_a_token_that_says_something_else_logs_nobody_in(client, provider, tokens, claims):
    known(tokens, provider.subject)
    known(tokens, "zhang@example.org")
    provider.claims = claims
    refused(client, came_back(client, provider))


def b64(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unsigned(claims):
    return f"{b64(json.dumps({'alg': 'none'}))}.{b64(json.dumps(claims))}."


def by_another_key(claims):
    return jwt.encode({"alg": "ES256", "kid": "one"}, claims, ECKey.generate_key("P-256"))


def by_an_unknown_key(claims):
    return jwt.encode({"alg": "ES256", "kid": "two"}, claims, ECKey.generate_key("P-256"))


def by_our_secret(claims):
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 4))


def changed(claims):
    good = jwt.encode({"alg": "ES256", "kid": "one"}, {**claims, "sub": "other"}, changed.key)
    head, body, signature = good.split(".")
    return f"{head}.{body[:-4]}AAAA.{signature}"


@pytest.mark.parametrize("signed", [
    unsigned, by_another_key, by_an_unknown_key, by_our_secret, changed, lambda _: "", lambda _: "a.b.c",
    lambda _: None, lambda _: 7, lambda _: "é" * 1_000,
])  # fmt: skip
def test_a_token_that_the_provider_has_not_signed_logs_nobody_in(client, provider, tokens, signed):
    known(tokens, provider.subject)
    changed.key = provider.key
    provider.signed = signed
    refused(client, came_back(client, provider))


def test_by_the_providers_public_key_as_a_shared_secret_nobody_logs_in(client, provider, tokens):
    known(tokens, provider.subject)
    public = provider.key.as_pem(private=False)
    provider.signed = lambda claims: jwt.encode(
        {"alg": "HS256"}, claims, OctKey.import_key(public.hex())
    )
    refused(client, came_back(client, provider))


@pytest.mark.parametrize("token", [
    (400, {"error": "invalid_grant"}), (500, {}), (200, b"nonsense"), (200, []), (200, {}),
    (200, {"access_token": "x", "token_type": "Bearer"}), (302, {}), (200, b"[" * 100_000),
    (200, {"error": "<b>", "error_description": "\x1b[2J"}), (200, b"\xff\xfe"), (401, {"error": "invalid_client"}),
])  # fmt: skip
def test_whatever_the_provider_answers_is_a_plain_page(client, provider, tokens, token):
    known(tokens, provider.subject)
    provider.token = token
    text = refused(client, came_back(client, provider))
    assert "<b>" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("query", [
    "error=access_denied", "error=access_denied&state=x", "code=1", "state=x", "code=1&state=x",
    "code=1&state=%ff", "code=1&state=é", "x=y", "code=1&code=2&state=x&state=y", "at=/record/abc&code=1",
])  # fmt: skip
def test_what_comes_back_without_a_login_is_refused(client, provider, query):
    del provider
    refused(client, client.get(f"/login/oidc?{query}"))


def test_another_issuer_than_the_one_that_was_asked_is_refused(client, provider, tokens):
    known(tokens, provider.subject)
    back = re.sub(
        r"iss=[^&]*", "iss=https%3A%2F%2Fevil.example", provider.authorize(begun(client))
    )
    refused(client, client.get(back))
    assert "/token" not in provider.asked


def test_whom_nobody_knows_is_told_what_to_tell_the_office(client, provider, tokens):
    known(tokens, "li@example.org", actor="li")
    text = refused(client, came_back(client, provider))
    assert "zhang@example.org" in text
    assert len(tokens.lines()) == 1


@pytest.mark.parametrize(("login", "claims", "is_known"), [
    ("248289761001", {}, True),
    ("sub:248289761001", {"email": None}, True),
    ("ZHANG@EXAMPLE.ORG", {}, True),
    ("zhang@example.org", {"email_verified": False}, False),
    ("zhang@example.org", {"email_verified": None}, False),
    ("zhang@example.org", {"email_verified": "true"}, False),
    ("zhang@example.org", {"email": ["zhang@example.org"]}, False),
    # A subject that looks like somebody's address is nobody's address.
    ("zhang@example.org", {"sub": "zhang@example.org", "email": "wu@example.org"}, False),
    ("sub:zhang@example.org", {"sub": "zhang@example.org", "email": None}, True),
    ("sub:zhang@example.org", {}, False),
    ("248289761001", {"sub": "2482897610012"}, False),
])  # fmt: skip
def test_somebody_is_known_by_subject_or_verified_address(
    client, provider, tokens, login, claims, is_known
):
    known(tokens, login)
    provider.claims = claims
    answer = came_back(client, provider)
    assert answer.status_code == (200 if is_known else 403)
    assert is_logged_in(client) is is_known


def test_the_newest_role_that_works_is_theirs(campaign, client, provider, tokens):
    known(tokens, provider.subject, actor="old")
    ended = known(tokens, provider.subject, actor="ended", lifetime=timedelta(days=1))
    campaign.now += timedelta(days=2)
    provider.now = int(campaign.now.timestamp())
    came_back(client, provider)
    assert "old" in client.get("/login").text
    assert ended.mark not in {line.mark for line in tokens.lines()[2:]}


def test_a_role_of_somebody_who_logs_in_elsewhere_is_no_token(client, tokens):
    made = tokens.new(bootstrap.new_seed(), actor="zhang", role="office", by="li", login="x")
    said = client.get("/api/v1/activities", headers={"authorization": "Bearer "})
    assert said.status_code == 401
    assert made.made.login == "x"


def test_new_keys_of_the_provider_are_found(campaign, client, provider, tokens):
    known(tokens, provider.subject)
    assert came_back(client, provider).status_code == 200
    client.cookies.clear()
    provider.key = ECKey.generate_key("P-256", {"kid": "two"})
    provider.signed = lambda claims: jwt.encode(
        {"alg": "ES256", "kid": "two"}, claims, provider.key
    )
    campaign.now += timedelta(minutes=5)
    provider.now = int(campaign.now.timestamp())
    assert came_back(client, provider).status_code == 200
    assert provider.asked.count("/keys") == 2
    assert provider.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize("metadata", [
    {"issuer": "https://elsewhere.example"}, {"token_endpoint": "http://elsewhere.example/token"},
    {"authorization_endpoint": None}, {"jwks_uri": "file:///etc/passwd"}, {"jwks_uri": 7},
])  # fmt: skip
def test_a_provider_that_is_not_what_the_settings_say_is_not_used(client, provider, metadata):
    provider.metadata = metadata
    refused(client, client.get("/login/oidc"), 503)


def test_a_provider_that_is_down_is_said_and_tokens_still_work(client, tokens, monkeypatch):
    monkeypatch.setattr(oidc.Oidc, "_metadata", lambda self: self._read("http://127.0.0.1:1/"))
    assert "市统一认证" in refused(client, client.get("/login/oidc"), 503)
    here = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
    token = tokens.new(bootstrap.new_seed(), actor="zhang", role="office", by="li")
    assert client.post("/login", data={"token": token.secret}, headers=here).status_code == 303


def test_only_few_wait_for_the_provider_at_a_time(campaign, provider):
    here = config.load(campaign.folder)
    login = oidc.Oidc(here, here.provider, campaign.machine.now)
    for _ in range(oidc._MOST_WAITING):
        assert login._waiting.acquire(blocking=False)
    with pytest.raises(oidc.ProviderUnreachableError):
        login.begin("secret", BACK)
    assert provider.asked == []


@pytest.mark.campaign
def test_a_real_browser_comes_back_from_another_site_and_is_logged_in(
    campaign, provider, tokens, browser
):
    """The name of another host makes it another site, from which strict cookies are not sent."""
    known(tokens, provider.email)
    provider.issuer = provider.issuer.replace("127.0.0.1", "localhost")
    settings = campaign.folder / "kalends.toml"
    settings.write_text(settings.read_text().replace("http://127.0.0.1:", "http://localhost:"))
    options = WebOptions(folder=str(campaign.folder), settings=str(campaign.settings), rate=0)
    with served_at(application(options, machine=campaign.machine)) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/login")
        page.get_by_role("link", name="用市统一认证登录").click()
        page.get_by_role("link", name="Let them know who I am").click()
        page.wait_for_url("**/record")
        assert "zhang" in page.content()
        assert {each["name"]: each["sameSite"] for each in context.cookies()} == {
            "kalends_session": "Strict"
        }
        context.close()


def test_without_a_provider_there_is_no_such_page(campaign, serve):
    client = serve(campaign)
    assert client.get("/login/oidc").status_code == 404
    assert "/login/oidc" not in client.get("/login").text


def test_forms_cannot_begin_a_login(client):
    here = {"sec-fetch-site": "same-origin", "origin": "http://testserver"}
    assert client.post("/login/oidc", data={}, headers=here).status_code == 404


def test_our_secret_is_read_from_a_file_that_only_its_owner_can_read(
    campaign, client, provider, tokens, monkeypatch
):
    monkeypatch.delenv("KALENDS_OIDC_SECRET")
    known(tokens, provider.subject)
    refused(client, came_back(client, provider))  # without it the provider refuses
    path = campaign.folder / ".kalends-secrets/oidc.secret"
    path.write_text(f"{SECRET}\n")
    path.chmod(0o644)
    assert client.get("/login/oidc").status_code >= 400
    path.chmod(0o600)
    assert came_back(client, provider).status_code == 200


def test_without_the_libraries_it_says_how_to_get_them(client, monkeypatch):
    monkeypatch.setattr(oidc, "find_spec", lambda _: None)
    refused(client, client.get("/login/oidc"), 503)


@pytest.mark.parametrize("settings", [
    "issuer = 7", 'issuer = "https://x"', 'client_id = "x"', 'issuer = "http://x.example"\nclient_id = "x"',
    'issuer = "https://u:p@x.example"\nclient_id = "x"', 'issuer = "https://x"\nclient_id = "x"\nsecret = "y"',
    'issuer = "https://x"\nclient_id = ""', 'issuer = "https://x"\nclient_id = "x"\nname = 1',
    'issuer = "https://[x"\nclient_id = "x"',
])  # fmt: skip
def test_wrong_settings_are_named(campaign, settings):
    path = campaign.folder / "kalends.toml"
    path.write_text(f"{path.read_text()}\n[oidc]\n{settings}\n")
    with pytest.raises(SettingError) as wrong:
        config.load(campaign.folder)
    assert "oidc" in str(wrong.value)


def test_the_environment_comes_before_the_settings(campaign, monkeypatch):
    monkeypatch.setenv("KALENDS_OIDC_ISSUER", "https://login.example.org/realm")
    monkeypatch.setenv("KALENDS_OIDC_CLIENT_ID", "kalends")
    found = config.load(campaign.folder).provider
    assert found == ("https://login.example.org/realm", "kalends", "login.example.org")


def test_doctor_says_what_keeps_everybody_from_logging_in(campaign, client, monkeypatch):
    assert client
    monkeypatch.delenv("KALENDS_OIDC_SECRET")
    here = config.load(campaign.folder)
    oidc.check_login(here)
    path = campaign.folder / ".kalends-secrets/oidc.secret"
    path.parent.mkdir(exist_ok=True)
    path.write_text("x")
    path.chmod(0o640)
    with campaign.opened() as workspace:
        found = {error.code for _, error in health(workspace).findings if error is not None}
    assert "open-secrets" in found
    monkeypatch.setattr(oidc, "find_spec", lambda _: None)
    with pytest.raises(NoOidcError):
        oidc.check_login(here)
