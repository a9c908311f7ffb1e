"""Campaigns with a host of their own beside those below a path: each is at one place alone."""

import re

import pytest

from kalends import bootstrap
from kalends.application.access.sessions import Sessions
from kalends.application.access.tokens import Tokens
from kalends.application.workspaces.campaign_list import listed
from kalends.domain.errors import CampaignListError
from web.test_campaigns import cities, serve_all, token

__all__ = ["cities", "serve_all"]
SITE = "https://siping.example.org"
ADDRESS = "postgresql://reader@db/records"


@pytest.fixture
def client(serve_all):
    """Return a client of two campaigns, of which one has a host of its own."""
    return serve_all(public_url="https://example.org/cities", sites=(("siping", SITE),))


@pytest.mark.parametrize("host", ["", ":8443", "."])
def test_a_campaign_with_a_host_stands_at_its_root(client, host):
    headers = {"host": f"Siping.Example.org{host}"}
    assert "四平专场" in client.get(f"{SITE}/agenda", headers=headers).text
    for path in ("", "/", "/feeds/all.ics", "/checkpoint", "/healthz", "/login", "/changes.json"):
        assert client.get(f"{SITE}{path}", headers=headers).status_code == 200, path
    assert client.get(f"{SITE}/record").headers["location"].startswith("/login")
    assert client.get(f"{SITE}/metrics").status_code == 404


def test_every_link_of_it_is_at_its_host(client):
    for path in ("/", "/agenda", "/subscribe", "/departments/tsw", "/en/agenda"):
        page = client.get(f"{SITE}{path}").text
        assert "/c/siping" not in page, path
        assert "example.org/cities" not in page, path
        links = re.findall(r'(?:href|src|action)="(/[^"#?]*)', page)
        assert links, path
        for link in links[:12]:
            assert client.get(f"{SITE}{link}").status_code in {200, 303}, link
    known = client.get(f"{SITE}/subscribe.json").json()
    assert known["chosen"]["url"] == f"{SITE}/feeds/all.ics"
    moved = client.get(f"{SITE}/agenda/", follow_redirects=False)
    assert moved.headers["location"] == "/agenda"


def test_elsewhere_it_is_not_answered_for_but_pointed_to(client):
    for place in (
        "https://example.org/cities",
        "https://example.org",
        "http://unknown.example.net",
    ):
        answer = client.get(f"{place}/c/siping/agenda?q=走访", follow_redirects=False)
        assert answer.status_code == 308
        assert answer.headers["location"] == f"{SITE}/agenda?q=%E8%B5%B0%E8%AE%BF"
        assert "四平专场" not in answer.text
    assert client.post("https://example.org/c/siping/login").status_code == 405
    # Nor is another campaign at its host.
    assert client.get(f"{SITE}/c/liaoyuan/agenda").status_code == 404
    assert client.get(f"{SITE}/c/siping/agenda").status_code == 404


def test_the_others_are_below_their_paths_as_before(client):
    assert client.get("https://example.org/cities/c/liaoyuan/agenda").status_code == 200
    page = client.get("https://example.org/cities/").text
    assert f'href="{SITE}/"' in page or f'href="{SITE}/en"' in page
    assert f"{SITE}/subscribe" in page
    assert 'href="/cities/c/liaoyuan/' in page
    found = {
        each["name"]: each
        for each in client.get("https://example.org/index.json").json()["campaigns"]
    }
    assert found["siping"]["url"] == f"{SITE}/"
    assert found["siping"]["feed"] == f"{SITE}/feeds/all.ics"
    assert found["liaoyuan"]["url"] == "https://example.org/cities/c/liaoyuan/"


@pytest.mark.parametrize(
    "host", ["", "[", "[::1]:80", "a b", "siping.example.org.evil.org", "evil.org"]
)
def test_a_host_that_nobody_knows_leads_to_no_campaign_with_one(client, host):
    answer = client.get("https://example.org/agenda", headers={"host": host})
    assert answer.status_code == 404
    assert "四平专场" not in answer.text


def test_who_logs_in_there_is_logged_in_there_alone(cities, client):
    campaign = cities["siping"]
    with campaign.opened() as workspace:
        tokens = Tokens(workspace.folder, workspace.now)
        mark = tokens.new(bootstrap.new_seed(), actor="wang", role="office", by="li").made.mark
        link = Sessions(tokens).new_link(bootstrap.new_seed(), mark, by="li")
    path = f"{SITE}/login/{link.code}"
    for origin in ("https://example.org", "https://liaoyuan.example.org", "null"):
        assert client.post(path, headers={"origin": origin}).status_code == 403
    answer = client.post(path, headers={"origin": SITE})
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].startswith("/record")
    cookie = answer.headers["set-cookie"]
    assert "Path=/;" in cookie
    assert "Domain" not in cookie
    assert "Secure" in cookie
    value = {"cookie": cookie.partition(";")[0]}
    client.cookies.clear()
    assert "wang" in client.get(f"{SITE}/record", headers=value).text
    assert "wang" not in client.get("https://example.org/c/liaoyuan/record", headers=value).text


def test_the_api_and_the_figures_know_it(cities, client):
    headers = {"authorization": f"Bearer {token(cities['siping'])}"}
    body = {"sentence": "7月26日 团市委 慰问"}
    answer = client.post(f"{SITE}/api/v1/activities", headers=headers, json=body)
    assert answer.status_code == 201
    assert answer.headers["location"].startswith("/api/v1/activities/")
    assert (
        client.get(f"https://example.org{answer.headers['location']}", headers=headers).status_code
        == 404
    )
    text = client.get("https://example.org/metrics").text
    assert 'campaign="siping"' in text


@pytest.mark.parametrize(
    "sites",
    [
        ("https://a.example.org/path",),
        ("ftp://a.example.org",),
        ("a.example.org",),
        ("https://u:p@a.example.org",),
        ("https://a.example.org?x=1",),
        # A browser sends the cookies of a host to all its ports.
        ("https://a.example.org", "http://A.example.org:8443"),
    ],
)
def test_a_site_that_is_no_host_of_its_own_is_refused(tmp_path, sites):
    with pytest.raises(CampaignListError):
        listed(written(tmp_path, sites))


def test_a_list_says_which_site_a_campaign_has(tmp_path):
    found = listed(written(tmp_path, ("https://a.example.org/", "", "http://b.example.org:8000")))
    assert [each.site for each in found] == [
        "https://a.example.org",
        "",
        "http://b.example.org:8000",
    ]


def written(folder, sites):
    file = folder / "list.toml"
    tables = [
        f'[campaigns.c{number}]\nschema = "s"\n' + (f'site = "{site}"\n' if site else "")
        for number, site in enumerate(sites)
    ]
    file.write_text(f'url = "{ADDRESS}"\n{"".join(tables)}')
    return file
