"""Pages and data over HTTP: headers, what is not sent again, how much is asked, what is logged."""

import re

import pytest
import zstandard

from kalends.domain.errors import DiskError
from kalends.web.served import Served
from served_campaign import SECRET

PAGES = (
    "/",
    "/agenda",
    "/en/agenda",
    "/agenda.json",
    "/month/2020-07",
    "/figures/weeks.zh.svg",
    "/key.txt",
)


def failing(error):
    """Return a function that fails."""

    def fail(*_):
        raise error

    return fail


@pytest.mark.parametrize("path", PAGES)
def test_who_has_a_page_is_not_sent_it_again(campaign, client, path):
    whole = client.get(path)
    tag = whole.headers["etag"]
    answer = client.get(path, headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["etag"] == tag
    assert answer.headers["cache-control"] == "no-cache"
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)
    if path != "/key.txt":
        campaign.add("7月28日 龙山区 清洁日")
        assert client.get(path, headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/agenda.json", "/static/style.css"])
def test_pages_come_in_the_encoding_that_is_asked_for(client, path):
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    for encoding in ("gzip", "zstd"):
        answer = client.get(path, headers={"accept-encoding": encoding})
        assert answer.headers["vary"] == "accept-encoding"
        assert answer.headers["etag"] != plain.headers["etag"]
        assert int(answer.headers["content-length"]) == answer.num_bytes_downloaded
        if len(plain.content) > 1_000:
            assert answer.headers["content-encoding"] == encoding
        content = answer.content
        if answer.headers.get("content-encoding") == "zstd":
            content = zstandard.ZstdDecompressor().decompress(content)
        assert content == plain.content


def test_an_address_is_rendered_once_until_the_log_or_the_day_changes(
    campaign, serve, monkeypatch
):
    made = []
    answer = Served.answer
    monkeypatch.setattr(
        Served, "answer", lambda self, address: made.append(address) or answer(self, address)
    )
    client = serve(campaign)
    for _ in range(3):
        client.get("/agenda")
    assert len(made) == 1
    client.get("/agenda?tag=x")
    assert len(made) == 2
    campaign.add("7月28日 龙山区 清洁日")
    for _ in range(3):
        assert "清洁日" in client.get("/agenda").text
    assert len(made) == 3
    campaign.now = campaign.now.replace(day=28)
    assert "今天" in client.get("/").text
    assert client.get("/index.json").json()["today"] == "2020-07-28"


def test_what_went_wrong_is_not_kept(client, monkeypatch):
    assert client.get("/nowhere").status_code == 404
    answer = Served._answer

    monkeypatch.setattr(Served, "_answer", failing(DiskError(name="views.db", detail="full")))
    assert client.get("/agenda").status_code == 503
    monkeypatch.setattr(Served, "_answer", answer)
    assert client.get("/agenda").status_code == 200


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [("/agenda", "text/html", "此处出错了"), ("/en/agenda", "text/html", "Something went wrong here"),
     ("/agenda.json", "application/json", "page-fault"), ("/feeds/all.ics", "text/plain", "此处出错了")],
)  # fmt: skip
def test_a_fault_is_said_to_the_reader_in_words_and_to_the_admin_in_detail(
    client, monkeypatch, capfd, path, kind, words
):
    monkeypatch.setattr(Served, "_answer", failing(ZeroDivisionError("at /srv/kalends")))
    answer = client.get(path)
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith(kind)
    assert words in answer.text
    assert "/srv" not in answer.text
    said = capfd.readouterr().err
    assert f"! {path}: ZeroDivisionError: at /srv/kalends" in said
    assert "Traceback" not in said


def test_where_nothing_can_be_read_a_line_is_still_said(client, monkeypatch):
    gone = failing(DiskError(name="kalends.db", detail="gone"))
    monkeypatch.setattr(Served, "_answer", gone)
    monkeypatch.setattr(Served, "_failed", gone)
    answer = client.get("/agenda")
    assert (answer.status_code, answer.text) == (503, "This page cannot be shown right now.\n")
    assert answer.headers["retry-after"] == "5"


def test_every_answer_keeps_browsers_safe(client):
    for path in (*PAGES, "/nowhere", "/feeds/all.ics", "/static/style.css", "/agenda/"):
        answer = client.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "server" not in answer.headers
        if answer.headers["content-type"].startswith(("text/html", "image/svg")):
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe-inline" not in policy
    assert client.get("/").headers["x-frame-options"] == "DENY"


def test_pages_are_whole_under_their_own_policy(client):
    for path in ("/", "/agenda", "/month/2020-07", "/timeline", "/figures", "/subscribe"):
        page = client.get(path).text
        assert not re.search(r"<style|style=|\son[a-z]+=|javascript:", page)
        for script in re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL):
            assert script == ""
        assert not re.findall(
            r'(?:src|<link[^>]*rel="stylesheet"[^>]*href)="(?:https?:)?//(?!testserver/)', page
        )


def test_files_of_pages_have_an_address_for_their_bytes(client):
    page = client.get("/").text
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(found) >= 3
    for path in found:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        plain = client.get(re.sub(r"-[0-9a-f]{12}\.", ".", path))
        assert plain.headers["cache-control"] == "no-cache"
        assert plain.content == answer.content
    assert client.get("/static/style-000000000000.css").status_code == 404


def test_a_slash_at_the_end_is_taken_away(campaign, serve):
    client = serve(campaign)
    answer = client.get("/en/agenda/?tag=x&from=2020-07-01")
    assert (answer.status_code, answer.headers["location"]) == (
        308,
        "/en/agenda?tag=x&from=2020-07-01",
    )
    assert client.get("/en/").headers["location"] == "/en"
    below = serve(campaign, public_url="https://example.org/city")
    assert below.get("/agenda/").headers["location"] == "/city/agenda"


def test_below_a_path_both_addresses_answer(campaign, serve):
    client = serve(campaign, public_url="https://example.org/city")
    page = client.get("/city/agenda")
    assert page.status_code == 200
    assert 'href="/city/departments"' in page.text
    assert client.get("/agenda").text == page.text
    assert client.get("/city").status_code == 200
    assert client.get("/cityagenda").status_code == 404


def test_whoever_asks_too_often_waits(campaign, serve):
    client = serve(campaign, rate=5)
    codes = [client.get("/agenda").status_code for _ in range(7)]
    assert codes == [200] * 5 + [429] * 2
    answer = client.get("/feeds/all.ics")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.text.startswith("来自您的地址的请求过多")


def test_the_log_of_requests_holds_no_secret_and_nothing_that_is_searched_for(
    campaign, serve, capfd
):
    client = serve(campaign)
    client.get("/agenda?q=私事&tag=病")
    client.get("/feeds/secret/5ecret-value/all.ics")
    client.get("/feeds/%73ecret/5ecret-value/all.ics")
    client.get("/x%0a2020-01-01T00:00:00Z 6.6.6.6 GET /forged 200 0 0.0ms")
    client.get("/metrics")  # it writes what waits
    said = capfd.readouterr().err
    lines = said.splitlines()
    assert re.fullmatch(
        r"2020-07-20T\d\d:\d\d:\d\dZ testclient GET /agenda 200 \d+ \d+\.\dms", lines[0]
    )
    assert "5ecret" not in said
    assert said.count(" GET /feeds/secret/-/all.ics 404 ") == 2
    assert "tag" not in said
    assert len(lines) == 4


def test_what_the_server_did_is_there_for_prometheus(client):
    client.get("/agenda")
    client.get("/agenda")
    client.get("/feeds/all.ics")
    client.get("/nowhere.json")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert 'kalends_requests_total{kind="page",status="2xx"} 2.0' in answer.text
    assert 'kalends_requests_total{kind="feed",status="2xx"} 1.0' in answer.text
    assert 'kalends_requests_total{kind="data",status="4xx"} 1.0' in answer.text
    assert 'kalends_sent_bytes_total{kind="page",status="2xx"}' in answer.text
    assert SECRET not in answer.text


def test_health_is_that_the_log_can_be_read(client, monkeypatch):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    assert answer.headers["cache-control"] == "no-store"
    broken = failing(DiskError(name="kalends.db", detail="gone"))
    monkeypatch.setattr("kalends.log.log.Log.position", broken)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})
