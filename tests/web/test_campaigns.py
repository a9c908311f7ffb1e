"""Several campaigns below one address: each as if it were alone, and nothing of one in another."""

import json
import re
import shutil

import pytest

from asgi_client import AppClient
from kalends import bootstrap
from kalends.application.access.sessions import Sessions
from kalends.application.access.tokens import Tokens
from kalends.application.subscriptions.feed_secrets import new_secret
from kalends.application.workspaces import campaign_folders
from kalends.cli.app import main
from kalends.domain.errors import (
    CampaignNameError,
    CampaignNameTakenError,
    NoCampaignsError,
)
from kalends.web.app import application
from kalends.web.campaigns import Campaigns
from kalends.web.operations.options import WebOptions
from served_campaign import SECRET, Campaign
from web.serving import Process


@pytest.fixture
def cities(campaign, tmp_path):
    """Return two campaigns in two folders; the second one has an activity more."""
    found = {}
    for name in ("liaoyuan", "siping"):
        shutil.copytree(campaign.folder, tmp_path / "cities" / name)
        found[name] = Campaign(tmp_path / "cities" / name)
        found[name].settings = campaign.settings
    found["siping"].add("7月25日 团市委 四平专场")
    return found


@pytest.fixture
def serve_all(cities):
    """Return a function that serves them to a client, until the test ends."""
    clients = []

    def serve(most=None, **options):
        first = next(iter(cities.values()))
        app = application(
            WebOptions(
                folder="",
                settings=str(first.settings),
                campaigns=tuple((name, str(each.folder)) for name, each in cities.items()),
                **{"rate": 0, **options},
            ),
            machine=first.machine,
        )
        assert isinstance(app, Campaigns)
        app._most = most or app._most
        clients.append(AppClient(app))
        return clients[-1].__enter__()

    yield serve
    for each in clients:
        each.__exit__(None, None, None)


def token(campaign, role="office"):
    with campaign.opened() as workspace:
        tokens = Tokens(workspace.folder, workspace.now)
        return tokens.new(bootstrap.new_seed(), actor="wang", role=role, by="li").secret


def test_each_campaign_is_below_its_name(serve_all):
    client = serve_all()
    assert "四平专场" in client.get("/c/siping/agenda").text
    assert "四平专场" not in client.get("/c/liaoyuan/agenda").text
    for path in ("", "/", "/feeds/all.ics", "/departments/tsw", "/checkpoint", "/healthz"):
        assert client.get(f"/c/siping{path}").status_code == 200, path


@pytest.mark.campaign
def test_every_link_of_a_campaign_stays_in_it(serve_all):
    client = serve_all()
    seen, waiting = set(), ["/c/siping/"]
    while waiting and len(seen) < 60:
        path = waiting.pop()
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        for link in re.findall(r'(?:href|src|action)="([^"#?]+)', answer.text):
            if link.startswith("/") and link not in seen:
                assert link.startswith("/c/siping"), (path, link)
                waiting.append(link)
    assert len(seen) > 20


def test_the_addresses_given_to_calendars_are_whole_and_the_campaigns_own(serve_all):
    client = serve_all()
    known = client.get("/c/siping/subscribe.json").json()
    assert known["chosen"]["url"] == "http://testserver/c/siping/feeds/all.ics"
    assert client.get("/c/siping/feeds/all.ics").status_code == 200
    public = serve_all(public_url="https://example.org/cities")
    known = public.get("/cities/c/siping/subscribe.json").json()
    assert known["chosen"]["url"] == "https://example.org/cities/c/siping/feeds/all.ics"
    # A proxy may have taken the path away.
    assert public.get("/c/siping/subscribe.json").json() == known
    assert 'href="/cities/c/siping/agenda"' in public.get("/c/siping/").text


def test_a_path_that_names_its_campaign_twice_is_no_page(serve_all):
    assert serve_all().get("/c/siping/c/siping/agenda").status_code == 404


def test_a_campaign_alone_answers_as_before(cities, serve):
    alone = serve(cities["siping"])
    assert alone.get("/agenda").status_code == 200
    assert alone.get("/c/siping/agenda").status_code == 404
    assert alone.get("/subscribe.json").json()["chosen"]["url"] == (
        "http://testserver/feeds/all.ics"
    )
    line = 'kalends_requests_total{kind="page",status="2xx"}'
    assert line in alone.get("/metrics").text


def test_what_is_asked_of_a_name_that_is_not_served_is_not_found(serve_all):
    client = serve_all()
    for path in ("/c/changchun/agenda", "/c/", "/c/../agenda", "/agenda"):
        assert client.get(path).status_code == 404, path
    assert "changchun" in client.get("/c/changchun/agenda").text
    assert client.get("/static/nothing.css").status_code == 404
    assert client.get("/static/style.css").status_code == 200
    assert client.post("/c/changchun/api/v1/activities").status_code == 405


@pytest.mark.parametrize("language", ["", "/en", "/zh"])
def test_the_first_page_lists_all_campaigns_in_both_languages(serve_all, language):
    client = serve_all()
    text = client.get(language or "/").text
    said = "Campaigns" if language == "/en" else "创建活动"
    assert f"<h1>{said}</h1>" in text
    for name in ("liaoyuan", "siping"):
        prefix = "/en" if language == "/en" else ""
        assert f'href="/c/{name}{prefix}/subscribe"' in text
        assert f'href="/c/{name}{prefix or "/"}"' in text
        assert client.get(f"/c/{name}{prefix}/subscribe").status_code == 200
    assert text.count("<svg") == 2
    assert SECRET not in text
    known = client.get("/index.json").json()
    assert [each["name"] for each in known["campaigns"]] == ["liaoyuan", "siping"]
    assert known["campaigns"][1] == {
        "name": "siping",
        "title": "辽源市创建全国文明城市",
        "language": "zh",
        "url": "http://testserver/c/siping/",
        "feed": "http://testserver/c/siping/feeds/all.ics",
    }


@pytest.mark.campaign
def test_many_campaigns_are_listed_in_parts_below_fifty_kilobytes(cities, serve_all):
    first = cities["liaoyuan"]
    for number in range(23):
        cities[f"city-{number}"] = first
    client = serve_all()
    text, after = client.get("/").text, client.get("/?skip=20").text
    assert text.count("<section") == 20
    assert after.count("<section") == 5
    assert len(text.encode()) < 50_000
    assert 'href="/?skip=20"' in text
    assert 'rel="prev" href="/"' in after.replace('href="/" rel="prev"', 'rel="prev" href="/"')
    assert client.get("/index.json?skip=20").json()["more"] is False
    assert client.get("/?skip=-1&skip=x").text == text
    assert client.get("/?skip=99999").text.count("<section") == 0


def test_a_campaign_that_cannot_be_read_takes_no_other_with_it(cities, serve_all, capfd):
    (cities["siping"].folder / "kalends.toml").write_text("x = ")
    client = serve_all()
    for _ in range(3):
        answer = client.get("/c/siping/agenda")
        assert answer.status_code == 503
        assert "retry-after" in answer.headers
    assert client.post("/c/siping/api/v1/activities", json={}).status_code == 503
    client.get("/metrics")
    said = capfd.readouterr().err
    # It is logged and counted as any request, and not opened again at each.
    assert said.count("GET /c/siping/agenda 503") == 3
    assert said.count("kalends.toml") == 1
    assert client.get("/c/liaoyuan/agenda").status_code == 200
    assert client.get("/index.json").json()["campaigns"][1]["title"] is None
    assert "siping" in client.get("/").text
    assert client.get("/healthz").json() == {
        "ok": True, "campaigns": 2, "open": 1, "unreadable": [],
    }  # fmt: skip


def test_the_server_is_ill_only_if_nothing_that_is_open_can_be_read(serve_all):
    client = serve_all()
    for name in ("liaoyuan", "siping"):
        assert client.get(f"/c/{name}/healthz").json() == {"ok": True}
    opened = client.app._open
    for name, status in (("liaoyuan", 200), ("siping", 503)):
        object.__setattr__(opened[name].app, "is_readable", lambda: False)
        answer = client.get("/healthz")
        assert answer.status_code == status
        assert name in answer.json()["unreadable"]


def test_requests_are_counted_by_campaign_and_each_has_no_figures_of_its_own(serve_all):
    client = serve_all()
    client.get("/c/siping/agenda")
    client.get("/c/siping/feeds/all.ics")
    client.get("/c/liaoyuan/index.json")
    client.get("/c/nowhere/agenda")
    text = client.get("/metrics").text
    for labels in (
        'campaign="siping",kind="page",status="2xx"',
        'campaign="siping",kind="feed",status="2xx"',
        'campaign="liaoyuan",kind="data",status="2xx"',
        'campaign="",kind="page",status="4xx"',
    ):
        assert f"kalends_requests_total{{{labels}}} 1.0" in text
    assert client.get("/c/siping/metrics").status_code == 404


def test_a_token_of_one_campaign_is_nothing_in_another(cities, serve_all):
    client = serve_all()
    headers = {"authorization": f"Bearer {token(cities['siping'])}"}
    path = "/c/{}/api/v1/activities"
    assert client.get(path.format("siping"), headers=headers).status_code == 200
    assert client.get(path.format("liaoyuan"), headers=headers).status_code == 401


def test_an_idempotency_key_is_the_campaigns_own(cities, serve_all):
    client = serve_all()
    made = []
    for name, campaign in cities.items():
        headers = {"authorization": f"Bearer {token(campaign)}", "idempotency-key": "k-1"}
        body = {"sentence": "7月26日 团市委 清洁日"}
        answer = client.post(f"/c/{name}/api/v1/activities", headers=headers, json=body)
        assert answer.status_code == 201, answer.text
        assert "idempotency-replayed" not in answer.headers
        assert answer.headers["location"].startswith(f"/c/{name}/api/v1/activities/")
        made.append(answer.json()["activity"]["id"])
    assert made[0] != made[1]


def test_a_secret_address_of_one_campaign_opens_nothing_in_another(cities, serve_all):
    client = serve_all()
    path = secret_path(cities["siping"])
    assert SECRET in client.get(f"/c/siping{path}").text.replace("\r\n ", "")
    assert client.get(f"/c/liaoyuan{path}").status_code == 404
    assert client.get(path).status_code == 404


def secret_path(campaign):
    with campaign.opened() as workspace:
        return f"/{new_secret(workspace, 'all').path.lstrip('/')}"


def test_a_session_of_one_campaign_is_nothing_in_another(cities, serve_all):
    client = serve_all()
    campaign = cities["siping"]
    with campaign.opened() as workspace:
        tokens = Tokens(workspace.folder, workspace.now)
        mark = tokens.new(bootstrap.new_seed(), actor="wang", role="office", by="li").made.mark
        link = Sessions(tokens).new_link(bootstrap.new_seed(), mark, by="li")
    answer = client.post(f"/c/siping/login/{link.code}", headers={"origin": "http://testserver"})
    assert answer.status_code == 303, answer.text
    cookie = answer.headers["set-cookie"]
    assert "Path=/c/siping/;" in cookie
    value = cookie.partition(";")[0]
    client.cookies.clear()
    assert "wang" in client.get("/c/siping/record", headers={"cookie": value}).text
    # Even a client that sends it where it does not belong.
    assert "wang" not in client.get("/c/liaoyuan/record", headers={"cookie": value}).text


def test_what_one_campaign_is_asked_uses_up_nothing_of_another(serve_all):
    client = serve_all(rate=5)
    codes = [client.get("/c/siping/agenda").status_code for _ in range(8)]
    if codes.count(429) < 3:  # a minute may have ended meanwhile, and the next one is partly spent
        codes = [client.get("/c/siping/agenda").status_code for _ in range(8)]
    assert codes.count(429) >= 3
    assert client.get("/c/liaoyuan/agenda").status_code == 200
    assert client.get("/").status_code == 200


@pytest.mark.campaign
def test_at_most_so_many_campaigns_are_open_and_closed_ones_are_opened_again(cities, serve_all):
    for number in range(6):
        cities[f"city-{number}"] = cities["liaoyuan"]
    client = serve_all(most=2)
    for name in (*cities, *cities):
        assert client.get(f"/c/{name}/agenda").status_code == 200
        assert len(client.app._open) <= 2
    assert [*client.app._open] == [*cities][-2:]


def test_a_campaign_that_answers_is_not_closed(cities, serve_all):
    cities["third"] = cities["liaoyuan"]
    client = serve_all(most=1)
    client.get("/c/siping/agenda")
    client.app._open["siping"]._requests[0] = 1
    client.get("/c/liaoyuan/agenda")
    client.get("/c/third/agenda")
    assert [*client.app._open] == ["siping", "third"]


def test_what_is_recorded_while_it_is_served_is_there_at_once(cities, serve_all):
    client = serve_all()
    for number in range(2):
        for name, campaign in cities.items():
            title = f"{name}第{number}次"
            assert title not in client.get(f"/c/{name}/agenda").text
            campaign.add(f"7月28日 龙山区 {title}")
            assert title in client.get(f"/c/{name}/agenda").text


def test_folders_are_named_by_themselves_or_as_chosen(cities, tmp_path):
    both = campaign_folders.named(tmp_path, ["cities"])
    assert [(each.name, each.folder.name) for each in both] == [
        ("liaoyuan", "liaoyuan"), ("siping", "siping"),
    ]  # fmt: skip
    shutil.copytree(cities["siping"].folder, tmp_path / "长春市")
    shutil.copytree(cities["siping"].folder, tmp_path / "a=b")
    names = [
        each.name
        for each in campaign_folders.named(
            tmp_path, ["cities/siping/", "ly=cities/liaoyuan", "长春市", "a=b"]
        )
    ]
    assert names == ["siping", "ly", "changchunshi", "a-b"]
    assert campaign_folders.alone(tmp_path, ["cities/siping"]) == tmp_path / "cities/siping"
    for several in (["cities"], ["x=cities/siping"], [], ["cities/siping", "cities/liaoyuan"]):
        assert campaign_folders.alone(tmp_path, several) is None


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (["cities", "cities/siping"], CampaignNameTakenError),
        (["x=cities/siping", "x=cities/liaoyuan"], CampaignNameTakenError),
        (["X Y=cities/siping"], CampaignNameError),
        (["-x=cities/siping"], CampaignNameError),
        ([f"{'x' * 41}=cities/siping"], CampaignNameError),
        (["!!!"], CampaignNameError),
        (["nowhere"], NoCampaignsError),
        (["x=nowhere"], NoCampaignsError),
        (["x=cities"], NoCampaignsError),
        (["empty"], NoCampaignsError),
    ],
)
def test_folders_that_cannot_be_served_are_refused(cities, tmp_path, given, error):
    (tmp_path / "empty").mkdir()
    shutil.copytree(cities["siping"].folder, tmp_path / "!!!")
    with pytest.raises(error):
        campaign_folders.named(tmp_path, given)


@pytest.mark.usefixtures("cities")
def test_the_command_says_which_campaigns_and_where(tmp_path, monkeypatch, capfd):
    served = []

    def run(options, listener, workers):
        assert workers == 1
        listener.socket.close()
        served.append(options)

    monkeypatch.setattr("kalends.web.server.run", run)
    monkeypatch.chdir(tmp_path)
    for words, count in ((["cities"], 2), (["cities/siping"], 0), (["x=cities/siping"], 1)):
        with pytest.raises(SystemExit) as ended:
            main(["--json", "serve", "--port", "0", *words])
        assert ended.value.code == 0
        said = json.loads(capfd.readouterr().out)
        assert len(said.get("campaigns", [])) == count
        assert len(served[-1].campaigns) == count
        for each in said.get("campaigns", []):
            assert each["url"] == f"{said['url']}c/{each['name']}/"
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", "serve", "--port", "0", "cities"])
    assert capfd.readouterr().err.startswith("2 campaigns: http://127.0.0.1:")
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", "serve", "--port", "0", "nowhere"])
    assert ended.value.code == 3
    assert "nowhere is not a Kalends workspace" in capfd.readouterr().err


@pytest.mark.campaign
def test_two_processes_serve_all_campaigns(campaign, cities):
    server = Process(campaign, "--workers", "2", *(str(each.folder) for each in cities.values()))
    try:
        for _ in range(8):
            assert "四平专场" in server.get("c/siping/agenda")
            assert "四平专场" not in server.get("c/liaoyuan/agenda")
        code, said = server.stop()
        assert code == 0
        assert "Traceback" not in said
    finally:
        server.close()


@pytest.mark.parametrize("slash", ["%2f", "%2F"])
@pytest.mark.parametrize("options", [{}, {"sites": (("siping", "https://siping.example.org"),)}])
def test_an_encoded_slash_separates_no_campaign_from_its_pages(serve_all, slash, options):
    client = serve_all(**options)
    for name in ("liaoyuan", "siping"):
        for address in (f"/c/{name}{slash}agenda", f"/c{slash}{name}/agenda", f"/c/{name}{slash}"):
            assert client.get(address).status_code == 404, address
            assert client.post(address).status_code == 405, address
    assert client.get("/c/liaoyu%61n/agenda").status_code == 200
    assert client.get(f"/c/liaoyuan/departments/a{slash}b").status_code == 404
