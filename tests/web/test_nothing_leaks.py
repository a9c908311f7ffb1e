"""No public byte holds what was recorded while an activity was withheld, also after its release."""

import re
from html import unescape
from urllib.parse import quote, unquote

import pytest

from kalends.application.recording import changing
from kalends.application.recording.given import Correction
from kalends.domain.commands import ReleaseActivity, WithholdActivity
from kalends.web.operations import fault_log
from kalends.web.operations.options import WebOptions
from kalends.web.site.site import Site
from served_campaign import SECRET

# Each stands in the log, and in nothing that anybody may read.
HIDDEN = (
    SECRET,
    "甲壬理由",
    "乙癸理由",
    "丙庚理由",
    "丁辛理由",
    "戊己标题",
    "庚辛地点",
    "秘密标签",
)
_LINK = re.compile(r'(?:href|src|action)="([^"]*)"')


@pytest.fixture
def released(campaign):
    """Return the id of an activity that was changed in every way while it was withheld."""
    name = campaign.add("7月25日上午 团市委 公开的标题 @公开地点 #公开标签")
    with campaign.opened() as workspace:
        change = workspace.service.change
        change(name, WithholdActivity(reason=HIDDEN[1]))
        changing.correct(
            workspace, name,
            Correction(title=HIDDEN[5], place=HIDDEN[6], tag=(HIDDEN[7],)), reason=HIDDEN[2],
        )  # fmt: skip
        changing.move(workspace, name, to="7月26日上午", reason=HIDDEN[3])
        changing.correct(
            workspace, name,
            Correction(title="后来的标题", place="后来的地点", tag=("后来",)), reason=HIDDEN[4],
        )  # fmt: skip
        change(name, ReleaseActivity(reason="可以公开"))
    return name


def unfolded(octets):
    """Return bytes as text, the lines of a calendar put together and what is quoted undone."""
    text = octets.replace(b"\r\n ", b"").decode("utf-8", "replace")
    escaped = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return text + unquote(unescape(text)) + escaped


def check(address, octets):
    text = unfolded(octets)
    for hidden in HIDDEN:
        assert hidden not in text, (address, hidden)


def crawled(client, *starts):
    """Yield every address that is linked from these, once, with its answer; JSON twins too."""
    waiting, known = list(starts), set(starts)
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        assert answer.status_code < 500, address
        yield address, answer
        path, _, query = address.partition("?")
        found = [f"{path}.json" + (f"?{query}" if query else "")] if "." not in path else []
        if answer.headers.get("content-type", "").startswith("text/html"):
            found += [unescape(link) for link in _LINK.findall(answer.text)]
        if "location" in answer.headers:
            found.append(answer.headers["location"])
        for each in found:
            link = each.removeprefix("http://testserver").partition("#")[0]
            # Filters multiply what there is to read: the crawl follows those of plain pages only.
            is_far = re.search("/month/(?!2020-0[678])", link)  # months have no end
            if (
                link.startswith("/")
                and link not in known
                and not ((query and "?" in link) or is_far)
            ):
                known.add(link)
                waiting.append(link)


@pytest.mark.campaign
def test_every_address_that_is_linked(released, client):
    found = dict(
        crawled(
            client,
            "/",
            "/en",
            "/search",
            "/embed/agenda",
            "/changes.atom",
            "/changes.json?after=0",
        )
    )
    assert {
        f"/activities/{released}",
        "/feeds/all.ics",
        "/figures/weeks.zh.svg",
        "/checkpoint",
        "/audit",
    } <= set(found)
    for address, answer in found.items():
        check(address, answer.content)
        check(address, repr(sorted(answer.headers.items())).encode())


@pytest.mark.campaign
def test_what_no_page_links_to(campaign, released, client):
    with campaign.opened() as workspace:
        position = workspace.log.position()
        names = {
            entry.stream.removeprefix("activity-")
            for entry in workspace.log.entries()
            if entry.stream.startswith("activity-")
        }
    addresses = [
        *(f"{path}?known_at={moment}" for moment in range(1, position + 1)
          for path in ("/", "/agenda.json", "/changes.json", "/changes.atom", "/figures.json", "/departments/tsw",
                       f"/activities/{released}", f"/activities/{released}.json", "/search.json?q=团市委")),
        *(f"/activities/{name}{ending}" for name in names
          for ending in ("", ".json", ".ics", "/proof.json", "/proof.txt")),
        *(f"/changes.json?after={after}" for after in range(position)),
        *(f"/tile/{level}/000.p/{width}" for level in ("0", "entries") for width in range(1, position + 1)),
        *(f"/feeds/all.ics?{words}" for words in ("cancelled=hide", "cancelled=keep", "tag=后来", "dept=tsw", "place=地点")),
        "/feeds/full/all.ics", "/feeds/manifest.json", "/journal.jsonl", "/pack.zip", "/metrics", "/healthz",
    ]  # fmt: skip
    for address in addresses:
        check(
            address,
            client.get(
                address.replace("json?q", "json&q") if address.count("?") > 1 else address
            ).content,
        )


def test_its_last_event_is_proved_and_the_whole_is_not(released, client):
    refused = client.get(f"/activities/{released}/proof.json")
    assert (refused.status_code, refused.text.count("\n")) == (404, 1)
    assert client.get(f"/activities/{released}/proof.txt").status_code == 200
    page = client.get(f"/activities/{released}").text
    assert "proof.txt" in page
    assert "proof.json" not in page


def test_where_the_events_are_published_it_is_proved_whole(campaign, released, serve):
    client = serve(campaign, public_log=2)
    assert client.get(f"/activities/{released}/proof.json").status_code == 200
    assert "proof.json" in client.get(f"/activities/{released}").text


@pytest.mark.campaign
@pytest.mark.parametrize("hidden", HIDDEN)
def test_who_looks_for_it_finds_nothing(campaign, released, client, hidden):
    """Also with a single one of its characters, and at any position."""
    with campaign.opened() as workspace:
        position = workspace.log.position()
    for words in (hidden, hidden[:2]):
        for moment in ("", *(f"&known_at={at}" for at in range(1, position + 1))):
            assert (
                client.get(f"/search.json?q={quote(words)}{moment}").json().get("activities", [])
                == []
            )
        page = client.get(f"/search?q={quote(words)}").text
        assert f"/activities/{released}" not in page
    for path in ("/agenda.json?tag=", "/agenda.json?place="):
        assert client.get(f"{path}{quote(hidden)}").json().get("activities", []) == []
    assert client.get(f"/tags/{quote(hidden)}").status_code == 404
    assert client.get(f"/feeds/tag-{quote(hidden)}.ics").status_code == 404


@pytest.mark.campaign
def test_every_file_of_a_site(campaign, released):
    given = WebOptions(
        folder=str(campaign.folder),
        settings=str(campaign.settings),
        public_url="https://x.example",
    )
    with campaign.opened() as workspace:
        files = [
            (file.path, b"".join(file.pieces))
            for file in Site(workspace, given, fault_log.report).files()
        ]
    names = {path for path, _ in files}
    assert {
        f"activities/{released}/index.html",
        "feeds/all.ics",
        "changes.atom",
        "figures/weeks.zh.svg",
    } <= names
    for path, octets in files:
        check(path, path.encode())
        check(path, octets)
