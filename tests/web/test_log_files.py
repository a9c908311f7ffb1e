"""The log over HTTP: checkpoints, tiles, bundles, proofs, keys; nothing withheld unasked."""

import base64
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st

from asgi_client import AppClient
from kalends import bootstrap
from kalends.application.proof.proofs import pack
from kalends.application.publish import publish
from kalends.application.readers import public_log
from kalends.application.readers.public_log import PublicLog
from kalends.application.recording import recording
from kalends.audit import key_files, tiles
from kalends.audit.checkpoint import signed
from kalends.audit.note import PrivateKey
from kalends.domain.commands import ReleaseActivity
from kalends.domain.value import replace
from kalends.log.merkle import heights, leaf_hash
from kalends.web.app import application
from kalends.web.operations import fault_log
from kalends.web.operations.options import WebOptions
from kalends.web.pages.log_files import _TILE, log_paths
from kalends.web.site.site import Site
from kalends.web.site.site_folder import write_site
from kalends.words import words
from served_campaign import SECRET, campaign_at


def journal_of(campaign):
    return (campaign.folder / "events" / "journal.jsonl").read_bytes()


def activity_named(client, title):
    found = client.get("/agenda.json?from=2020-01-01").json()["activities"]
    return next(each["id"] for each in found if title in each["title"])


def withheld(workspace):
    found = workspace.views.execute(
        "SELECT DISTINCT id FROM activity JOIN revision ON activity = number WHERE withheld"
    )
    return [activity for (activity,) in found]


def release_all(campaign):
    with campaign.opened() as workspace:
        for activity in withheld(workspace):
            workspace.service.change(activity, ReleaseActivity())


def test_the_checkpoint_is_the_newest_and_follows_the_log(campaign, client):
    before = client.get("/checkpoint")
    assert before.content == (campaign.folder / "events" / "checkpoint").read_bytes()
    assert before.headers["content-type"] == "text/plain; charset=utf-8"
    campaign.add("7月28日 龙山区 清洁日")
    after = client.get("/checkpoint").content
    assert after == (campaign.folder / "events" / "checkpoint").read_bytes() != before.content


def test_the_tile_is_the_hashes_of_the_journal(campaign, client):
    lines = journal_of(campaign).split(b"\n")[:-1]
    found = client.get(f"/tile/0/000.p/{len(lines)}")
    assert found.status_code == 200
    assert found.headers["content-type"] == "application/octet-stream"
    assert found.content == b"".join(map(leaf_hash, lines))
    # Those who know an older checkpoint find its tile, too.
    for width in range(1, len(lines)):
        assert client.get(f"/tile/0/000.p/{width}").content == found.content[: 32 * width]


@pytest.mark.parametrize(
    "path",
    [
        "0/000", "0/000.p/0", "0/000.p/256", "0/000.p/99", "0/000.p/05", "0/001.p/1", "1/000.p/1",
        "00/000.p/5", "0/0.p/5", "0/000.p/5/", "0/x000/000.p/5", "0/x000/001", "64/000.p/1",
        "99/000.p/1", "0/000.p/-1", "0/000.p", "", "0", "0/../000.p/5", "entries/000", "entries",
        "0/000.p/5%0d%0aX", "0/٠٠٠.p/5", "data/000.p/5", "8/0/000.p/5", "0/x999/x999/x999/x999/x999/999",
    ],
)  # fmt: skip
def test_what_is_no_tile_is_not_there(client, path):
    answer = client.get(f"/tile/{path}")
    assert answer.status_code in {404, 308}
    assert SECRET not in answer.text


def test_tiles_reach_no_further_than_the_signature(campaign, client):
    """Events that are recorded but not signed yet are not in any tile."""
    signed = campaign.folder / "events" / "checkpoint"
    older = signed.read_bytes()
    size = int(older.split(b"\n")[1])
    campaign.add("7月28日 龙山区 清洁日")
    signed.write_bytes(older)
    assert client.get(f"/tile/0/000.p/{size}").status_code == 200
    answer = client.get(f"/tile/0/000.p/{size + 1}")
    assert answer.status_code == 404
    assert f"{size}" in answer.text


def test_entries_and_journal_are_there_only_where_the_campaign_says_so(campaign, serve):
    size = len(journal_of(campaign).split(b"\n")) - 1
    addresses = (
        "/journal.jsonl",
        "/pack.zip",
        f"/tile/entries/000.p/{size}",
        "/tile/entries/000.p/1",
    )
    for options in ({}, {"public_log": 1}):
        client = serve(campaign, **options)
        for address in addresses:
            answer = client.get(address)
            assert answer.status_code == 404
            assert "{" not in answer.text
    open_client = serve(campaign, public_log=2)
    assert open_client.get("/journal.jsonl").content == journal_of(campaign)


def test_whatever_is_withheld_takes_the_journal_away_at_once(campaign, serve):
    client = serve(campaign, public_log=1)
    release_all(campaign)
    assert client.get("/journal.jsonl").status_code == 200
    assert client.get("/tile/entries/000.p/1").status_code == 200
    campaign.withhold(activity_named(client, "推进会"))
    assert client.get("/journal.jsonl").status_code == 404
    assert client.get("/tile/entries/000.p/1").status_code == 404
    # Hashes say nothing of what they are made of.
    assert client.get("/tile/0/000.p/1").status_code == 200


def test_the_pack_is_the_one_that_the_command_line_writes(campaign, serve, tmp_path, monkeypatch):
    with campaign.opened() as workspace:
        publish(workspace)
        pack(workspace, tmp_path / "pack.zip")
    client = serve(campaign, public_log=2)
    assert client.get("/pack.zip").content == (tmp_path / "pack.zip").read_bytes()
    assert "pack.zip" in client.get("/audit").text
    monkeypatch.setattr(public_log, "_MOST_IN_PACK", 3)
    campaign.add("7月28日 龙山区 清洁日")
    assert client.get("/pack.zip").status_code == 404
    assert "pack.zip" not in client.get("/audit").text
    assert client.get("/journal.jsonl").status_code == 200


def bundled(octets):
    while octets:
        length = int.from_bytes(octets[:2], "big")
        yield octets[2 : 2 + length]
        octets = octets[2 + length :]


def test_a_bundle_holds_the_lines_that_the_tile_hashes(campaign, serve):
    client = serve(campaign, public_log=2)
    lines = journal_of(campaign).split(b"\n")[:-1]
    octets = client.get(f"/tile/entries/000.p/{len(lines)}").content
    assert list(bundled(octets)) == lines
    assert list(bundled(client.get("/tile/entries/000.p/3").content)) == lines[:3]


def test_an_event_too_long_for_a_bundle_is_told_and_the_journal_has_it(campaign, serve):
    link = tuple(f"https://x.example/{n}{'a' * 1_950}" for n in range(20))
    details = recording.Given(description="字" * 10_000, link=link)
    with campaign.opened() as workspace:
        found = recording.read_activity(workspace, "7月29日 龙山区 走访", details)
        recording.record(workspace, words("en"), found)
    lines = journal_of(campaign).split(b"\n")[:-1]
    assert len(lines[-1]) > 0xFFFF
    client = serve(campaign, public_log=2)
    answer = client.get(f"/tile/entries/000.p/{len(lines)}")
    assert answer.status_code == 404
    assert f"{len(lines)}" in answer.text
    assert list(bundled(client.get(f"/tile/entries/000.p/{len(lines) - 1}").content)) == lines[:-1]
    assert client.get(f"/tile/0/000.p/{len(lines)}").content[-32:] == leaf_hash(lines[-1])
    assert client.get("/journal.jsonl").content == journal_of(campaign)


def test_kept_checkpoints_are_those_of_publications(campaign, client):
    with campaign.opened() as workspace:
        publish(workspace)
    kept = list((campaign.folder / "events" / "checkpoints").iterdir())
    assert kept
    for path in kept:
        assert client.get(f"/checkpoints/{path.name}").content == path.read_bytes()
    forged = campaign.folder / "events" / "checkpoints" / "3.txt"
    forged.write_bytes(kept[0].read_bytes().replace(b"kalends/", b"kalends/x"))
    for name in ("3", "1", "x", "003", "-1", "9" * 20, "%2e%2e"):
        assert client.get(f"/checkpoints/{name}.txt").status_code == 404


def test_where_nothing_is_signed_it_is_said(campaign, client):
    for path in (campaign.folder / "events").glob("checkpoint*"):
        path.unlink()
    activity = activity_named(client, "推进会")
    for address in ("/checkpoint", "/tile/0/000.p/1", f"/activities/{activity}/proof.txt"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert answer.text


@pytest.mark.campaign
def test_keys_and_programs_check_a_proof_by_themselves(client, tmp_path):
    """What an outsider does: download four files, run one command."""
    activity = activity_named(client, "志愿服务日")
    for name, address in {
        "verify.py": "/verify.py", "verify.mjs": "/verify.mjs", "key.txt": "/key.txt",
        "proof.json": f"/activities/{activity[:6]}/proof.json",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(client.get(address).content)
    command = [sys.executable, "verify.py", "proof.json", "--key", "key.txt"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("PROVED")
    changed = (tmp_path / "proof.json").read_text("utf-8").replace("场地冲突", "场地太小")
    (tmp_path / "proof.json").write_text(changed, "utf-8")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 8


def test_the_last_event_has_a_proof_for_others_programs(campaign, client):
    activity = activity_named(client, "志愿服务日")
    answer = client.get(f"/activities/{activity}/proof.txt")
    head, note = answer.text.split("\n\n", 1)
    version, extra, index, *hashes = head.split("\n")
    assert version == "c2sp.org/tlog-proof@v1"
    line = base64.b64decode(extra.removeprefix("extra "))
    number = int(index.removeprefix("index "))
    assert journal_of(campaign).split(b"\n")[number] == line
    assert f"activity-{activity}".encode() in line
    assert b"activity.moved" in line
    assert note.encode() == client.get("/checkpoint").content
    assert all(re.fullmatch(r"[A-Za-z0-9+/]{43}=", each) for each in hashes)


def test_no_proof_of_what_is_withheld(campaign, client):
    with campaign.opened() as workspace:
        (hidden,) = withheld(workspace)
    for name in (hidden, hidden[:8]):
        for kind in ("txt", "json"):
            answer = client.get(f"/activities/{name}/proof.{kind}")
            assert answer.status_code == 404
            assert SECRET not in answer.text
    assert client.get("/activities/zzzzzzzzzzzz/proof.txt").status_code == 404


@given(st.integers(1, 300_000))
def test_the_tiles_of_a_tree_are_all_its_hashes_once(size):
    """Every node that a proof needs is in a tile, and no tile reaches beyond the tree."""
    by_level = {}
    for level, number, width in tiles.paths(size):
        assert 1 <= width <= tiles.WIDTH
        by_level[level] = by_level.get(level, 0) + width
        path = tiles.path(level, number, width)
        assert _TILE.fullmatch(path)
    assert by_level == {level: size >> 8 * level for level in range(8) if size >> 8 * level}


@given(st.integers(1, 200_000), st.lists(st.integers(1, 200_000), max_size=5))
def test_those_who_know_an_older_checkpoint_find_its_tiles(size, older):
    """A tile that an older tree had is there as it was, or it is full by now."""
    here = set(tiles.paths(size, older))
    assert len(here) == len(list(tiles.paths(size, older)))
    for each in older:
        for level, number, width in tiles.paths(each) if each <= size else ():
            assert (level, number, width) in here or (level, number, tiles.WIDTH) in here


@given(st.integers(0, 10**15 - 1), st.integers(1, 256))
def test_a_path_is_the_only_encoding_of_its_tile(number, width):
    found = _TILE.fullmatch(tiles.path(None, number, width))
    assert found
    assert int(re.sub("[x/]", "", found[2])) == number
    assert int(found[3] or 256) == width


@pytest.fixture(scope="module")
def long_campaign(tmp_path_factory):
    """Return a campaign of more than 600 events, published three times."""
    made = campaign_at(tmp_path_factory.mktemp("long") / "w")
    with made.opened() as workspace:
        draft = recording.read_activity(workspace, "7月14日 龙山区 走访", recording.Given()).draft
        for count in (1, 200, 401):
            drafts = [
                (
                    bootstrap.new_id(),
                    replace(draft, details=replace(draft.details, title=f"走访{n}")),
                )
                for n in range(count)
            ]
            workspace.service.record_all(drafts, act=workspace.service.new_act())
            publish(workspace)
    return made


@pytest.mark.campaign
def test_full_tiles_hang_together(long_campaign):
    """Two full tiles, one that is not, and the roots of the full ones a level above."""
    campaign = long_campaign
    options = WebOptions(
        folder=str(campaign.folder), settings=str(campaign.settings), public_log=1
    )
    with AppClient(application(options, machine=campaign.machine)) as client:
        lines = journal_of(campaign).split(b"\n")[:-1]
        leaves = [leaf_hash(line) for line in lines]
        assert client.get("/tile/0/000").content == b"".join(leaves[:256])
        assert client.get("/tile/0/001").content == b"".join(leaves[256:512])
        assert client.get("/tile/0/000.p/7").content == b"".join(leaves[:7])
        roots = [heights(leaves[start : start + 256])[-1][0] for start in (0, 256)]
        assert client.get("/tile/1/000.p/2").content == b"".join(roots)
        assert list(bundled(client.get("/tile/entries/001").content)) == lines[256:512]
        with campaign.opened() as workspace:
            paths = list(log_paths(PublicLog(workspace, 1)))
        assert len(paths) == len(set(paths))
        for path in paths:
            assert client.get(path).status_code == 200
        assert {"/journal.jsonl", "/tile/1/000.p/2", "/tile/entries/000"} <= set(paths)


@pytest.fixture(scope="module")
def go_reader(tmp_path_factory):
    """Return a program in Go that reads logs; it is compiled, so nothing is fetched."""
    library = Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog")
    go = shutil.which("go")
    if go is None or not library.exists():
        pytest.skip("Debian's golang-go and golang-golang-x-mod-dev are not installed")
    folder = tmp_path_factory.mktemp("go")
    environment = {
        "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOFLAGS": "-buildvcs=false",
        "GOCACHE": str(folder / "cache"), "HOME": str(folder), "PATH": os.environ["PATH"],
    }  # fmt: skip
    source = Path(__file__).parent.parent / "tlog" / "main.go"
    command = [go, "build", "-o", str(folder / "reader"), str(source)]
    subprocess.run(command, env=environment, cwd=folder, check=True)
    return folder / "reader"


@pytest.fixture
def listening():
    """Return a function that serves a campaign at a port of this machine, until the test ends."""
    servers = []

    def listening(campaign, **options):
        app = application(
            WebOptions(
                folder=str(campaign.folder), settings=str(campaign.settings), rate=0, **options
            ),
            machine=campaign.machine,
        )
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            time.sleep(0.01)
        host, port = server.servers[0].sockets[0].getsockname()
        return f"http://{host}:{port}"

    yield listening
    for server, thread in servers:
        server.should_exit = True
        thread.join()


def read_by_go(reader, base, campaign, checkpoints):
    keys = campaign.folder.parent / "key.txt"
    keys.write_bytes(httpx2.get(f"{base}/key.txt").content)
    return subprocess.run(
        [reader, base, keys, *checkpoints], capture_output=True, text=True, check=False
    )


@pytest.mark.campaign
def test_an_independent_reader_finds_the_same_tree(long_campaign, go_reader, listening):
    """Inclusion of every event, consistency with every kept checkpoint, by Go's own library."""
    kept = sorted((long_campaign.folder / "events" / "checkpoints").glob("*.txt"))
    assert len(kept) == 3
    _, size, root, *_ = (long_campaign.folder / "events" / "checkpoint").read_text().split("\n")
    for publishes, count in ((0, 0), (1, int(size))):
        base = listening(long_campaign, public_log=publishes)
        done = read_by_go(go_reader, base, long_campaign, kept)
        assert done.stdout == f"PROVED {size} {root} {count} 3\n", done.stdout + done.stderr


@pytest.mark.campaign
def test_the_files_of_a_site_are_read_alike(campaign, go_reader, tmp_path):
    """Any web server will do: here Python's own, over the files of a site."""
    with campaign.opened() as workspace:
        publish(workspace)
    campaign.add("7月28日 龙山区 清洁日")
    kept = sorted((campaign.folder / "events" / "checkpoints").glob("*.txt"))
    options = WebOptions(
        folder=str(campaign.folder), settings=str(campaign.settings), public_log=2
    )
    folder = tmp_path / "site"
    with campaign.opened() as workspace:
        write_site(folder, Site(workspace, options, fault_log.report))
    size = int((campaign.folder / "events" / "checkpoint").read_text().split("\n")[1])
    assert (folder / "tile" / "0" / "000.p" / kept[0].stem).exists()
    handler = partial(SimpleHTTPRequestHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            base = f"http://127.0.0.1:{server.server_port}"
            done = read_by_go(go_reader, base, campaign, kept)
        finally:
            server.shutdown()
            thread.join()
    assert done.stdout.startswith(f"PROVED {size} "), done.stdout + done.stderr
    assert done.stdout.endswith(f" {size} 1\n")


@pytest.mark.campaign
def test_an_independent_reader_refuses_another_tree(campaign, go_reader, listening):
    base = listening(campaign)
    before = (campaign.folder / "events" / "checkpoint").read_bytes()
    old = campaign.folder.parent / "old.txt"
    old.write_bytes(before)
    assert read_by_go(go_reader, base, campaign, [old]).stdout.startswith("PROVED")
    campaign.add("7月28日 龙山区 清洁日")
    assert read_by_go(go_reader, base, campaign, [old]).stdout.startswith("PROVED")
    # Somebody signs another history with the same key: it holds by itself, and not with the old.
    origin, size, _ = before.decode().split("\n")[:3]
    path = key_files.key_path(campaign.settings, origin.removeprefix("kalends/"))
    key = PrivateKey.read(path.read_text("utf-8").strip())
    old.write_bytes(signed(key, int(size), sha256(b"another history").digest()).content)
    done = read_by_go(go_reader, base, campaign, [old])
    assert (done.returncode, done.stdout[:7]) == (8, "REFUSED")
