"""What changed: as a page, as an Atom feed, and as data that nobody misses anything of."""

import json
import random
import re
import xml.etree.ElementTree as ET
from html import unescape

import pytest

from kalends.application.recording import recording
from kalends.application.subscriptions import sending, webhooks
from kalends.application.subscriptions.http_post import PostAnswer
from kalends.domain.commands import (
    CancelActivity,
    CorrectActivity,
    ReleaseActivity,
    RetractActivity,
    WithholdActivity,
)
from served_campaign import SECRET

ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def public(campaign):
    """Return the public activities as they stand, by id, and all their events."""
    with campaign.opened() as workspace:
        db = workspace.views
        rows = db.execute(
            "SELECT a.id, v.position, v.status, (SELECT max(position) FROM revision AS n "
            "WHERE n.activity = v.activity) = v.position "
            "FROM revision AS v JOIN activity AS a ON a.number = v.activity "
            "WHERE v.activity NOT IN (SELECT activity FROM revision AS w WHERE w.withheld AND "
            "w.position = (SELECT max(position) FROM revision AS n WHERE n.activity = w.activity)) "
            "ORDER BY v.position"
        ).fetchall()
    stands = {name: (position, status) for name, position, status, last in rows if last}
    return stands, [position for _, position, _, _ in rows]


class Follower:
    """Follows the record as `docs/reference/web.md` says."""

    def __init__(self, client):
        self.client, self.after, self.known = client, 0, {}

    def ask(self):
        while True:
            found = self.client.get(f"/changes.json?after={self.after}").json()
            assert found["ok"]
            assert found["after"] == self.after
            given = [each["position"] for each in found["changes"]]
            assert given == sorted(set(given))
            assert all(self.after < position <= found["next"] for position in given)
            assert self.after <= found["next"] <= found["known_at"]
            assert not found["more"] or found["next"] > self.after
            for each in found["changes"]:
                activity = each["activity"]
                self.known[activity["id"]] = (each["position"], activity["status"])
            self.after = found["next"]
            if not found["more"]:
                return


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(6))
def test_who_follows_the_record_misses_nothing_and_is_given_nothing_withheld(
    campaign, client, monkeypatch, seed
):
    chance = random.Random(seed)
    monkeypatch.setattr("kalends.web.pages.changes._MOST_DATA", chance.choice([1, 2, 500]))
    follower, withheld = Follower(client), set()
    for number in range(14):
        act = chance.choice(["add", "add", "change", "withhold", "release", "undo", "cancel"])
        stands, _ = public(campaign)
        some = chance.choice(sorted(stands)) if stands else None
        with campaign.opened() as workspace:
            change = workspace.service.change
            if act == "release" and withheld:
                change(withheld.pop(), ReleaseActivity(reason="可以公开"))
            elif some is None or stands[some][1] in {"retracted", "cancelled"} or act == "add":
                act = "add"
            elif act == "change":
                change(some, CorrectActivity(place=f"第{number}会场", reason="改正地点"))
            elif act == "cancel" and stands[some][1] == "planned":
                change(some, CancelActivity(reason="下雨"))
            elif act == "withhold":
                change(some, WithholdActivity(reason="内部"))
                withheld.add(some)
            elif act == "undo":
                change(some, RetractActivity(reason="录错"))
        if act == "add":
            campaign.add(f"7月2{chance.randint(1, 9)}日 龙山区 第{number}次巡查")
        if chance.random() < 0.5:
            before = set(follower.known)
            follower.ask()
            assert not withheld & (set(follower.known) - before)
    follower.ask()
    assert follower.ask() is None
    stands, positions = public(campaign)
    for name, (position, status) in stands.items():
        # What was undone before the follower ever heard of it need not be told.
        if name in follower.known or status != "retracted":
            assert follower.known[name] == (position, status)
    # Who begins now is given every public event once, but what was undone at once.
    late = client.get("/changes.json?after=0").json()
    given = [each["position"] for each in late["changes"]]
    assert set(given) <= set(positions)
    assert late["more"] or {
        name for name, (_, status) in stands.items() if status != "retracted"
    } <= {each["activity"]["id"] for each in late["changes"]}


def test_what_is_withheld_is_passed_over_and_next_goes_on(campaign, client):
    at = client.get("/changes.json").json()["next"]
    campaign.withhold(campaign.add(f"7月28日 龙山区 {SECRET}三"))
    found = client.get(f"/changes.json?after={at}").json()
    assert found["changes"] == []
    assert (found["after"], found["next"], found["more"]) == (at, at + 2, False)
    assert client.get("/changes.json?after=99999").json()["next"] == 99999
    assert client.get("/changes.json?after=x").status_code == 400


def test_what_was_given_and_undone_since_is_given_as_retracted(campaign, client):
    added = campaign.add("7月28日 龙山区 巡查")
    at = client.get("/changes.json").json()["next"]
    with campaign.opened() as workspace:
        workspace.service.change(added, RetractActivity(reason="录错"))
    (change,) = client.get(f"/changes.json?after={at}").json()["changes"]
    assert (change["topic"], change["activity"]["id"]) == ("activity.retracted", added)
    # Who did not hear of it is not bothered.
    assert client.get(f"/changes.json?after={at - 1}").json()["changes"] == []


def test_the_page_says_what_changed_by_day_with_reasons(campaign, client):
    page = text_of(client.get("/changes").text)
    assert re.search(
        r"7月20日 周一 .*× 已取消 座谈会.*下雨.*→ 已改期 志愿服务日.*7月21日.*→ 7月22日.*场地冲突.*推进会",
        page,
    )
    assert SECRET not in page
    campaign.now = campaign.now.replace(day=21)
    campaign.add("7月30日 龙山区 巡查")
    page = text_of(client.get("/changes").text)
    assert page.index("巡查") < page.index("7月20日 周一") < page.index("座谈会")
    main = client.get("/changes?dept=ls").text.partition("</form>")[2]
    assert "志愿服务日" in main
    assert "推进会" not in main


def test_the_pages_of_changes_pass_over_nothing(client, monkeypatch):
    monkeypatch.setattr("kalends.web.pages.changes._MOST", 2)
    monkeypatch.setattr("kalends.web.pages.changes._MOST_READ", 3)
    seen, address = [], "/changes"
    while address:
        page = client.get(address).text
        part = re.search(r"<main.*</main>", page, re.DOTALL)[0]
        seen += re.findall(r"li 记录于|<p class=\"muted small\">[^<]*记录于", part)
        address = next(
            (unescape(each) for each in re.findall(r'rel="next" href="([^"]*)"', page)), None
        )
    assert len(seen) == len(client.get("/changes.json").json()["changes"])


def test_what_has_changed_since_another_moment_is_one_link_away(client):
    page = client.get("/agenda?known_at=7").text
    (link,) = re.findall(r'<div class="past".*?<a href="(/changes[^"]*)"', page, re.DOTALL)
    assert link == "/changes?after=7"
    assert "座谈会" in client.get(link).text


def test_many_additions_at_once_are_one_line(campaign, client):
    lines = [f"7月2{n}日 龙山区 入户宣传第{n}场" for n in range(1, 9)]
    with campaign.opened() as workspace:
        drafts = [
            (
                campaign.machine.new_id(),
                recording.read_activity(workspace, line, recording.Given()).draft,
            )
            for line in lines
        ]
        workspace.service.record_all(drafts, act=workspace.service.new_act())
    page = text_of(client.get("/changes").text)
    assert "新增 8 项活动" in page
    assert "等 3 项" in page


def test_the_feed_has_ids_for_ever_and_the_time_of_its_newest_entry(campaign, client):
    first = client.get("/changes.atom")
    assert first.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert client.get("/changes.atom").content == first.content
    feed = ET.fromstring(first.content)  # noqa: S314 - our own bytes
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) == 5
    assert all(re.fullmatch(r"tag:x\.kalends,2020-07-20:\d+", each) for each in ids)
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")
    links = [each.get("href") for each in feed.iter(f"{ATOM}link")]
    assert all(link.startswith("http://testserver/") for link in links)
    for link in links:
        assert client.get(link.removeprefix("http://testserver")).status_code == 200
    assert SECRET not in first.text
    assert "场地冲突" in first.text
    campaign.now = campaign.now.replace(day=23)
    campaign.add("7月30日 龙山区 <b>巡查</b> & 检查")
    feed = ET.fromstring(client.get("/changes.atom").content)  # noqa: S314 - as above
    again = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert again[1:] == ids
    assert feed.findtext(f"{ATOM}updated").startswith("2020-07-23")
    assert "&lt;b&gt;" not in (feed.find(f"{ATOM}entry/{ATOM}summary").text or "").replace(
        "&lt;b&gt;巡查", ""
    )
    assert client.get("/changes.atom?dept=tsw").text.count("<entry>") == 1


def test_the_feed_of_a_public_address_names_that_address(campaign, serve):
    client = serve(campaign, public_url="https://example.org/city")
    text = client.get("/changes.atom").text
    assert 'href="https://example.org/city/changes.atom"' in text
    assert "testserver" not in text


@pytest.mark.campaign
def test_what_happened_while_an_activity_was_withheld_stays_so(campaign, client):
    made = campaign.add("7月28日 龙山区 走访困难户张某 #张某")
    campaign.withhold(made)
    with campaign.opened() as workspace:
        change = workspace.service.change
        change(made, CorrectActivity(title="走访张某某家", reason="姓名李某写错", tags=("走访",)))
        hidden = workspace.log.position()
        change(made, CorrectActivity(title="走访困难户", reason="去掉姓名王某"))
        change(made, ReleaseActivity(reason="可以公开"))
    (activity,) = [
        each
        for each in client.get("/departments/ls.json").json()["activities"]
        if each["id"] == made
    ]
    assert [each["topic"] for each in activity["revisions"]] == [
        "activity.planned",
        "activity.released",
    ]
    assert set(activity["revisions"][1]["changes"]) == {"title", "tags"}
    assert client.get(f"/activities/{made}.json").json()["activity"] == activity
    last = client.get("/changes.json").json()["changes"][-1]
    assert (last["topic"], set(last["changes"])) == ("activity.released", {"title", "tags"})
    for path in ("/", "/changes", "/changes.json", "/changes.atom", "/departments/ls", "/tags",
                 "/departments/ls.json", f"/activities/{made}", "/agenda", "/timeline"):  # fmt: skip
        for moment in ("", f"?known_at={hidden}", f"?known_at={hidden + 1}"):
            answer = client.get(f"{path}{moment}")
            assert not re.search("张某某|李某|王某", answer.text), (path, moment)
    assert client.get(f"/activities/{made}?known_at={hidden}").status_code == 404


def test_a_webhook_sends_what_the_document_of_changes_gives(campaign, client, monkeypatch):
    bodies = []

    def post(_, _headers, body, networks):  # noqa: ARG001 - the signature of sending
        bodies.append(json.loads(body)["data"])
        return PostAnswer(200)

    monkeypatch.setattr(sending, "post", post)
    with campaign.opened() as workspace:
        hook = webhooks.new(workspace, "https://example.org/", after="0")
        assert sending.send(workspace, hook).outcome == "done"
    document = client.get("/changes.json?after=0").json()
    assert bodies == document["changes"]
    assert SECRET not in json.dumps(bodies, ensure_ascii=False)
