"""Requests that nobody sends who means well: they are answered, never with 5xx, and leak nothing."""

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from served_campaign import SECRET

PATHS = (
    "/../../etc/passwd", "/feeds/../../kalends.toml", "/feeds/..%2f..%2fkalends.toml.ics",
    "/feeds/%2e%2e/%2e%2e/events/journal.jsonl", "/static/../app.py", "/static/..%2fapp.py",
    "/static/%2e%2e/%2e%2e/words/__init__.py", "/static/%252e%252e/app.py", "/static//etc/passwd",
    "/feeds/%00.ics", "/feeds/all.ics%00.html", "/%00", "/%ff", "/%ff.ics", "/%ff.json",
    "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd", "/%e2%80%ae", "/activities/%ff", "/departments/%00",
    "/tags/%0d%0aset-cookie:x=1", "/agenda%0d%0aset-cookie:x=1/", "/%5c%5cevil.org/", "/.//evil.org/",
    "//evil.org/", "//evil.org/%2f..", "/;/agenda", "/agenda;x=1", "/agenda.json.json", "/.json",
    "/index.json.ics", "/zh/zh/zh/", "/en/en", "/en/agenda.json", "/zh/feeds/all.ics", "/month/9999-99",
    "/month/0000-00", "/month/2020-13", "/month/-1", "/month/99999999999-01", "/figures/x.zh.svg",
    "/activities/" + "z" * 3_000, "/tile/0/x999/x999/x999/999", "/tile/99/000", "/tile/-1/000",
    "/checkpoints/-1.txt", "/checkpoints/99999999999999999999.txt", "/feeds/secret/x/all.ics",
    "/feeds/" + "%F0%9F%98%80" * 200 + ".ics", "/healthz/", "/metrics/../agenda", "/embed/",
)  # fmt: skip
QUERIES = (
    "known_at=%00", "known_at=-1", "known_at=99999999999999999999", "known_at=0", "known_at=1e9",
    "known_at=NaN", "known_at=%ff", "known_at=2020-02-30", "known_at=9999-12-31", "known_at=0001-01-01",
    "known_at=" + "9" * 3_000, "known_at=../../etc/passwd", "known_at=%d9%a1", "known_at=②",
    "known_at=2020-07-20T25:00", "known_at=now%0a", "from=%00", "from=9999-99-99", "to=0000-00-00",
    "from=" + "7" * 3_000, "dept=%00", "dept=" + "a" * 3_000, "dept=%ff", "dept[]=x", "tag=%23%23%23",
    "tag=%00", "status=what", "status=%00", "place=" + "%25" * 900, "q=%00", "q=%22*%22", "q=" + "的" * 300,
    "q=a+OR+b)", "q=%ff%fe", "after=-1", "after=x", "after=99999999999999999999", "cancelled=x",
    "=", "&&&&", "%", "%zz", "a" * 3_900, "&".join(["tag=x"] * 49), "&".join(["tag=x"] * 1_000),
    ",".join(["tag=x"] * 600), "known_at=1&known_at=2&known_at=x", "feed=%00", "page=-1",
)  # fmt: skip
PAGES = (
    "/", "/agenda", "/agenda.json", "/feeds/all.ics", "/month/2020-07", "/timeline", "/subscribe",
    "/changes.json", "/changes.atom", "/search", "/departments/ls", "/tags/推进会", "/figures",
    "/audit", "/embed/agenda", "/figures/weeks.zh.svg", "/en/agenda", "/subscribe/poster", "/journal.jsonl",
)  # fmt: skip
HEADERS = (
    {"host": 'x"><script>alert(1)</script>'}, {"host": ""}, {"host": "a" * 5_000}, {"host": "[::1"},
    {"host": "evil.org:99999999"}, {"x-forwarded-for": "1.2.3.4, <script>"}, {"range": "bytes=0-1"},
    {"accept-encoding": "gzip;q=x, zstd;q=-1, *;q=1e999"}, {"accept-encoding": "," * 5_000},
    {"if-none-match": '"' * 999}, {"if-none-match": 'W/"' + "x" * 9_000}, {"if-modified-since": "\xff"},
    {"if-modified-since": "Sun, 99 Jan 99999 00:00:00 GMT"}, {"cookie": "x" * 9_000},
    {"accept-language": "zz-" * 999}, {"expect": "100-continue"}, {"upgrade": "h2c", "connection": "upgrade"},
)  # fmt: skip
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def check(answer):
    """Assert what holds of every answer, whatever was asked."""
    assert answer.status_code < 500, (answer.status_code, answer.text[:300])
    whole = answer.text.replace("\r\n ", "")
    assert SECRET not in whole
    assert "Traceback" not in whole
    assert "set-cookie" not in answer.headers
    for name, value in answer.headers.items():
        assert not CONTROL.search(name + value)
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert "<script>alert" not in whole
        assert "default-src 'none'" in answer.headers["content-security-policy"]
    location = answer.headers.get("location", "/x")
    assert re.match(r"/(?![/\\])", location), location


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_out_or_breaks_anything(client, path):
    answer = client.get(f"http://testserver{path}")
    check(answer)
    assert "root:" not in answer.text
    assert "import " not in answer.text


@pytest.mark.campaign
@pytest.mark.parametrize("query", QUERIES)
def test_no_query_breaks_anything(client, query):
    for page in PAGES:
        check(client.get(f"{page}?{query}"))


@pytest.mark.parametrize("given", HEADERS, ids=lambda given: next(iter(given)))
def test_no_header_breaks_anything(client, given):
    for page in ("/", "/feeds/all.ics", "/agenda.json", "/agenda/", "/subscribe"):
        check(client.get(page, headers={n: v.encode("latin-1") for n, v in given.items()}))


@pytest.mark.campaign
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=5),
    st.lists(
        st.tuples(
            st.sampled_from(["dept", "tag", "place", "status", "from", "to", "known_at", "q", "after"]),
            st.text(st.characters(codec="utf-8"), max_size=20),
        ),
        max_size=6,
    ),
    st.sampled_from(["", ".json", ".ics", ".svg", "/", ".atom"]),
    st.sampled_from(["", "/activities", "/departments", "/tags", "/feeds", "/month", "/tile", "/en", "/embed"]),
)  # fmt: skip
def test_whatever_is_asked_is_answered(client, parts, words, ending, first):
    path = "".join(f"/{quote(part, safe='')}" for part in parts)
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in words)
    check(client.get(f"http://testserver{first}{path}{ending}?{query}"))


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "MKCALENDAR", "X"]
)
@pytest.mark.parametrize(
    "path", ["/", "/feeds/all.ics", "/agenda.json", "/healthz", "/static/style.css"]
)
def test_nothing_but_reading_is_possible(client, method, path):
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    check(answer)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_body_is_refused(client, method):
    answer = client.request(method, "/agenda", content=b"x" * 10_000_000)
    assert answer.status_code == (405 if method == "POST" else 413)
    assert answer.headers["connection"] == "close"


def test_an_address_without_end_is_refused(client):
    assert client.get("/" + "a" * 5_000).status_code == 414
    assert client.get("/agenda?q=" + "a" * 5_000).status_code == 414


def test_a_browser_may_ask_whether_it_may_ask(client):
    asked = {"origin": "https://x.org", "access-control-request-method": "GET"}
    answer = client.options("/feeds/all.ics", headers=asked)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"


def test_the_title_of_what_is_withheld_is_at_no_address(campaign, client):
    with campaign.opened() as workspace:
        withheld = [
            entry.stream.removeprefix("activity-")
            for entry in workspace.log.entries()
            if entry.event.TOPIC == "activity.withheld"
        ]
    for name in withheld:
        for path in (f"/activities/{name}", f"/activities/{name}.json", f"/activities/{name}.ics",
                     f"/activities/{name}/proof.txt", f"/activities/{name}/proof.json", "/tags/保密",
                     "/search?q=绝密", "/feeds/tag-保密.ics", "/agenda?tag=保密", "/agenda?known_at=8"):  # fmt: skip
            check(client.get(path))
