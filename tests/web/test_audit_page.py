"""The page that says whether the record is what it was: right in every state of a campaign."""

import re
import shutil
import subprocess
import sys
from hashlib import sha256
from html import unescape

import pytest

from kalends.application.proof.proofs import sign
from kalends.application.publish import publish
from kalends.application.readers.public_log import PublicLog
from kalends.audit import key_files
from kalends.audit.checkpoint import signed
from kalends.audit.note import PrivateKey
from kalends.domain.commands import ReleaseActivity
from kalends.web.http.query import Query
from kalends.web.pages.audit import audit
from kalends.web.pages.links import SiteLinks
from kalends.web.pages.log_files import log_paths
from kalends.web.pages.page import html
from kalends.web.pages.page_reader import Reader
from kalends.web.pages.qr import qr
from served_campaign import SECRET

NOT_PROVED = ("That what was recorded is true", "could be cut off", "clock", "no signature")


def text_of(page, name):
    return unescape(re.search(rf'<pre id="{name}"[^>]*>(.*?)</pre>', page, re.DOTALL)[1])


def commands_of(page):
    found = re.findall(r'<pre class="whole">(.*?)</pre>', page, re.DOTALL)
    return [line for block in found for line in unescape(block).split("\n")]


def release(campaign):
    with campaign.opened() as workspace:
        for (activity,) in workspace.views.execute(
            "SELECT DISTINCT id FROM activity JOIN revision ON activity = number WHERE withheld"
        ).fetchall():
            workspace.service.change(activity, ReleaseActivity())


def test_it_says_what_is_signed_and_shows_it_whole(campaign, client):
    page = client.get("/en/audit").text
    octets = (campaign.folder / "events" / "checkpoint").read_bytes()
    size = int(octets.split(b"\n")[1])
    assert f"its first {size} events are exactly these" in page
    assert "Mon 20 July" in page
    assert text_of(page, "checkpoint").encode() == octets
    assert str(qr(octets.decode())) in page
    for said in NOT_PROVED:
        assert said in page
    assert "does not match" not in page


def test_the_data_says_the_same(campaign, client):
    found = client.get("/audit.json").json()
    origin, size, root, *_ = (campaign.folder / "events" / "checkpoint").read_text().split("\n")
    assert found["signed"]["size"] == int(size) == found["known_at"]
    assert found["signed"]["origin"] == origin
    assert found["signed"]["root"] == root
    assert re.fullmatch(r"2020-07-20T02:\d\d:\d\dZ", found["signed"]["at"])
    assert found["keys"] == client.get("/key.txt").text.split()
    assert found["public_log"] is False
    assert found["kept"] == []
    with campaign.opened() as workspace:
        publish(workspace)
    assert client.get("/audit.json").json()["kept"] == [int(size)]
    assert f'href="/checkpoints/{size}.txt"' in client.get("/audit").text


@pytest.mark.campaign
def test_why_the_events_are_not_here_is_said(campaign, serve):
    never, while_public, always = (serve(campaign, public_log=number) for number in (0, 1, 2))
    pages = [each.get("/en/audit").text for each in (never, while_public, always)]
    assert "may be withheld" in pages[0]
    assert "an activity is withheld" in pages[1]
    for page in pages[:2]:
        assert "journal.jsonl" not in page
    assert "journal.jsonl" in pages[2]
    release(campaign)
    assert "journal.jsonl" in while_public.get("/en/audit").text
    assert while_public.get("/audit.json").json()["public_log"] is True


@pytest.mark.campaign
@pytest.mark.parametrize("publishes", [0, 2])
@pytest.mark.parametrize("program", ["verify.py", "verify.mjs"])
def test_its_three_commands_do_what_it_says(campaign, serve, tmp_path, publishes, program):
    """Word for word, but for curl, which this test takes the place of."""
    run = {"verify.py": sys.executable, "verify.mjs": shutil.which("node")}[program]
    if run is None:
        pytest.skip("Node.js is not installed")
    client = serve(campaign, public_log=publishes, public_url="https://x.example/city")
    *downloads, check = commands_of(client.get("/en/audit").text)
    assert len(downloads) == 2
    for command in downloads:
        assert command.startswith("curl -O ")
        for address in command.removeprefix("curl -O ").split(" -O "):
            path = address.removeprefix("https://x.example/city")
            assert path != address
            answer = client.get(path)
            assert answer.status_code == 200
            (tmp_path / address.rpartition("/")[2]).write_bytes(answer.content)
    (tmp_path / "verify.mjs").write_bytes(client.get("/verify.mjs").content)
    name, _, *arguments = check.split(" ")
    assert name == "python3"
    done = subprocess.run(
        [run, program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout[:6]) == (0, "PROVED"), done.stdout


def test_where_nothing_is_signed_it_says_so_and_promises_nothing(campaign, client):
    for path in (campaign.folder / "events").glob("checkpoint*"):
        path.unlink()
    page = client.get("/en/audit").text
    assert "Nothing is signed here yet" in page
    for gone in ("<svg", 'href="/checkpoint"', "curl", "PROVED", "exactly these"):
        assert gone not in page
    for said in NOT_PROVED:
        assert said in page
    assert client.get("/audit.json").json()["signed"] is None


def test_a_record_that_is_not_what_was_signed_is_told_first(campaign, client):
    path = campaign.folder / "events" / "checkpoint"
    origin, size, _ = path.read_text().split("\n")[:3]
    key = key_files.key_path(campaign.settings, origin.removeprefix("kalends/"))
    private = PrivateKey.read(key.read_text("utf-8").strip())
    path.write_bytes(signed(private, int(size), sha256(b"another history").digest()).content)
    page = client.get("/en/audit").text
    assert "does not match its own signature" in page
    assert "exactly these" not in page
    longer = signed(private, int(size) + 5, sha256(b"longer").digest())
    path.write_bytes(longer.content)
    answer = client.get("/en/audit")
    assert answer.status_code == 200
    assert "does not match its own signature" in answer.text
    assert client.get("/audit.json").json()["signed"]["at"] is None


def test_events_that_are_not_signed_yet_are_counted(campaign, client):
    path = campaign.folder / "events" / "checkpoint"
    older = path.read_bytes()
    campaign.add("7月28日 龙山区 清洁日")
    path.write_bytes(older)
    assert "1 event was recorded after it" in client.get("/en/audit").text
    assert "此后又记录了 1 条事件" in client.get("/audit").text


def test_a_checkpoint_that_nobody_trusted_signed_is_told(campaign, client):
    (campaign.folder / "events" / "checkpoint").write_bytes(b"x\n1\ny\n\nz\n")
    answer = client.get("/en/audit")
    assert answer.status_code == 200
    assert "does not match its own signature" in answer.text
    assert client.get("/audit.json").json()["signed"] is None
    assert client.get("/checkpoint").status_code == 500


def test_nothing_withheld_is_on_it(client):
    for path in ("/audit", "/en/audit", "/audit.json", "/audit?known_at=9"):
        assert SECRET not in client.get(path).text


def test_it_is_whole_without_scripts(client):
    page = client.get("/audit").text
    assert "style=" not in page
    assert page.count("<h1") == 1
    assert len(page.encode()) < 50_000
    assert "</pre>" in page


def test_the_files_of_a_site_say_the_same(campaign):
    with campaign.opened() as workspace:
        for site, base in (("https://x.example/c", "https://x.example/c"), (None, "https://…")):
            links = SiteLinks("/audit", site, "zh")
            reader = Reader(workspace, Query(), links, "en", publishes_log=2)
            page = html(reader, audit(reader)).decode()
            assert f"curl -O {base}/checkpoint -O {base}/key.txt" in page
            assert 'href="../journal.jsonl"' in page
            assert "/verify.py" in set(log_paths(reader.log))
            assert "/checkpoint" in set(log_paths(reader.log))


def test_a_site_of_a_log_that_is_not_signed_has_no_checkpoint(campaign):
    for path in (campaign.folder / "events").glob("checkpoint*"):
        path.unlink()
    with campaign.opened() as workspace:
        assert set(log_paths(PublicLog(workspace))) == {"/key.txt", "/verify.py", "/verify.mjs"}


def test_an_activity_says_whether_it_is_signed_and_offers_its_proof(campaign, client):
    found = client.get("/agenda.json?from=2020-07-22&to=2020-07-22").json()["activities"]
    path = f"/activities/{found[0]['id']}"
    signed_path = campaign.folder / "events" / "checkpoint"
    whole = signed_path.read_bytes()
    page = client.get(f"/en{path}").text
    assert "stands in a signed record" in page
    for link in (f"{path}/proof.json", f"{path}/proof.txt"):
        assert f'href="{link}"' in page
        assert client.get(link).status_code == 200
    campaign.move(found[0]["id"], "7月25日", "下雨")
    signed_path.write_bytes(whole)
    page = client.get(f"/en{path}").text
    assert "is not signed yet; what was before that is" in page
    assert f'href="{path}/proof.json"' in page
    for octets in (b"", b"x\n1\ny\n\nz\n"):
        signed_path.write_bytes(octets)
        page = client.get(f"/en{path}").text
        assert "cannot be proved yet" in page
        assert "proof.json" not in page
    signed_path.unlink()
    assert "cannot be proved yet" in client.get(f"/en{path}").text


def test_a_new_key_is_believed_by_servers_that_are_running(campaign, client):
    """Its checkpoint would otherwise look like a forger's until the server starts again."""
    before = client.get("/key.txt").text
    assert client.get("/checkpoint").status_code == 200
    with campaign.opened() as workspace:
        workspace.new_key()
    assert len(client.get("/key.txt").text.split("\n")) == len(before.split("\n")) + 1
    with campaign.opened() as workspace:
        sign(workspace)
    octets = (campaign.folder / "events" / "checkpoint").read_bytes()
    assert client.get("/checkpoint").content == octets
    page = client.get("/en/audit").text
    assert "does not match" not in page
    assert text_of(page, "checkpoint").encode() == octets
