"""The pages as files: every link leads to one, and they say what the server says."""

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from kalends.application.recording import changing
from kalends.domain.commands import (
    CancelActivity,
    RegisterDepartment,
    ReleaseActivity,
    RenameDepartment,
    RetractActivity,
    WithholdActivity,
)
from kalends.domain.errors import LinkError, NotSiteError
from kalends.feeds import selection
from kalends.web.operations import fault_log
from kalends.web.operations.options import WebOptions
from kalends.web.pages import changes as changes_page
from kalends.web.pages import listing
from kalends.web.pages import month as month_page
from kalends.web.served import Served
from kalends.web.site.site import Site, SiteFile
from kalends.web.site.site_folder import write_files, write_site
from served_campaign import SECRET, Campaign, campaign_at

_LINK = re.compile(r'(?:href|src|action)="([^"]*)"')


def write(campaign: Campaign, folder: Path, **options):
    given = WebOptions(folder=str(campaign.folder), settings=str(campaign.settings), **options)
    with campaign.opened() as workspace:
        return write_site(folder, Site(workspace, given, fault_log.report))


def files_of(folder: Path) -> dict[str, Path]:
    found = (
        path
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".kalends-site")
    )
    return {path.relative_to(folder).as_posix(): path for path in found}


def links_of(name: str, text: str):
    """Yield the links of a page, as paths from the root of the site; those to others are left out."""
    page = name.removesuffix("index.html")
    for link in _LINK.findall(text):
        whole = urljoin(f"https://site.example/{page}", unescape(link))
        parts = urlsplit(whole)
        if parts.netloc == "site.example" and parts.scheme in {"https", "webcal"}:
            yield unquote(parts.path), parts.query


@pytest.fixture
def site(campaign, tmp_path):
    campaign.add("7月 团市委 走访月")  # known to the month: no calendar shows it
    write(campaign, tmp_path / "site")
    return tmp_path / "site"


def in_small_parts(monkeypatch):
    """Make lists so short that a small campaign has many parts of them."""
    monkeypatch.setattr(listing, "MOST", 2)
    monkeypatch.setattr(listing, "MOST_DATA", 3)
    monkeypatch.setattr(changes_page, "_WINDOW", 3)
    monkeypatch.setattr(changes_page, "_MOST_DATA", 4)
    monkeypatch.setattr(month_page, "_MANY", 2)
    monkeypatch.setattr(month_page, "_MOST_OF_DAY", 1)


def test_lists_are_in_parts_that_lead_to_all_of_them(campaign, tmp_path, monkeypatch, serve):
    in_small_parts(monkeypatch)
    ids = campaign.add_all(
        *(f"8月{day}日 龙山区 例会{n} #例会" for n, day in enumerate((3, 3, 3, 3, 4, 5, 6)))
    )
    folder = tmp_path / "site"
    write(campaign, folder)
    files = files_of(folder)
    texts = {
        name: path.read_text("utf-8") for name, path in files.items() if name.endswith(".html")
    }
    for name, text in texts.items():
        for link, _ in links_of(name, text):
            target = f"{link[1:]}index.html" if link.endswith("/") else link[1:]
            assert target in files, (name, link)
    for kind in ("agenda", "departments/ls", "tags/例会", "en/agenda", "changes"):
        parts = [text for name, text in texts.items() if name.startswith(f"{kind}/")]
        assert len(parts) >= 4, kind
        assert all(f'activities/{each}/"' in "".join(parts) for each in ids), kind
        assert max(text.count('<a class="title"') for text in parts) <= 2
    # A month of a list, and a day of which a month shows only some, lead to where they begin.
    (august,) = re.findall(r'href="([^"]*)#m2020-08"', texts["agenda/index.html"])
    assert 'id="m2020-08"' in texts[f"{urljoin('agenda/', august)}index.html"]
    (link,) = re.findall(r'<a class="more" href="([^"]*)"', texts["month/2020-08/index.html"])
    assert re.search("例会[0-3]", texts[f"{urljoin('month/2020-08/', link)}index.html"])
    # Data goes on where it says so.
    name, found = "agenda.json", []
    while True:
        document = json.loads(files[name].read_text("utf-8"))
        found += [each["id"] for each in document["activities"]]
        if not document["more"]:
            break
        name = urljoin(name, document["next_part"])
    assert set(ids) < set(found)
    assert len(found) == len(set(found))
    name, positions = "changes.json", []
    while True:
        document = json.loads(files[name].read_text("utf-8"))
        positions += [each["position"] for each in document["changes"]]
        if not document["more"]:
            break
        name = urljoin(name, document["next_part"])
    everything = serve(campaign).get("/changes.json").json()
    assert len(positions) > 4
    assert positions[:4] == [each["position"] for each in everything["changes"]]
    # What the site has at a path, a server leads to.
    asked = serve(campaign).get("/en/agenda/skip/2/")
    assert asked.headers["location"] == "/en/agenda/skip/2"
    assert serve(campaign).get("/en/agenda/skip/2").headers["location"] == "/en/agenda?skip=2"
    # A list that is shorter has fewer parts.
    for each in ids[:6]:
        campaign.withhold(each)
    gone = write(campaign, folder).removed
    assert "agenda/skip/8/index.html" in gone
    assert "agenda/skip/2/index.html" not in gone


@pytest.mark.parametrize("url", [None, "https://site.example"])
def test_every_link_leads_to_a_file(campaign, tmp_path, url):
    folder = tmp_path / "site"
    write(campaign, folder, public_url=url)
    files, count = files_of(folder), 0
    for name, path in files.items():
        if name.endswith((".html", ".svg")):
            for link, query in links_of(name, path.read_text("utf-8")):
                target = f"{link[1:]}index.html" if link.endswith("/") else link[1:]
                assert target in files, (name, link)
                assert query == "", (name, link, query)
                count += 1
    assert count > 500


@pytest.mark.campaign
def test_it_has_the_pages_in_both_languages_their_data_and_the_feeds(site):
    names = set(files_of(site))
    assert {
        "index.html", "index.json", "agenda/index.html", "agenda.json", "en/index.html",
        "en/agenda/index.html", "month/2020-07/index.html", "subscribe/index.html", "feeds/all.ics",
        "feeds/ls.ics", "feeds/tag-推进会.ics", "departments/ls/index.html", "changes.atom", "checkpoint",
        "key.txt", "verify.py", "tile/0/000.p/12", "embed/agenda/index.html", "tags/推进会/index.html",
    } <= names  # fmt: skip
    assert not {
        name for name in names if name.startswith(("search", "metrics", "healthz", "journal"))
    }
    assert len([name for name in names if name.startswith("static/")]) >= 3


@pytest.mark.campaign
def test_nothing_that_is_withheld_is_in_any_file(site):
    for path in files_of(site).values():
        assert SECRET.encode() not in path.read_bytes().replace(b"\r\n ", b"")


@pytest.mark.campaign
def test_the_pages_say_what_the_server_says(site, client):
    """The words are the same, but for what needs a server; so are feeds, tiles and proofs, bytewise."""

    def words(text):
        main = text[text.index("<main") : text.index("</main>")]
        main = re.sub(
            r"<(form|details|script|p class=.between)\b.*?</(form|details|script|p)>",
            "",
            main,
            flags=re.DOTALL,
        )
        return re.findall(r"[\w:年月日-]+", unescape(re.sub(r"<[^>]*>", " ", main)))

    compared = 0
    for name, path in files_of(site).items():
        address = "/" + name.removesuffix("/index.html").removesuffix("index.html")
        served = client.get(address)
        assert served.status_code == 200, name
        if name.endswith(".html"):
            if (
                "subscribe" not in name
                and "agenda" not in name
                and not name.startswith(("audit", "en/audit"))
            ):
                assert words(path.read_text("utf-8")) == words(served.text), name
                compared += 1
        elif not name.endswith((".json", ".atom", ".svg")):
            assert path.read_bytes() == served.content, name
    assert compared > 20


@pytest.mark.campaign
def test_only_what_changed_is_written_and_what_is_gone_is_removed(campaign, tmp_path):
    folder = tmp_path / "site"
    first = write(campaign, folder)
    assert len(first.written) == first.files == len(files_of(folder))
    stamps = {name: path.stat().st_mtime_ns for name, path in files_of(folder).items()}
    again = write(campaign, folder)
    assert (again.written, again.removed) == ([], [])
    assert stamps == {name: path.stat().st_mtime_ns for name, path in files_of(folder).items()}
    (folder / "CNAME").write_text("site.example")
    added = campaign.add("7月28日 龙山区 清洁日 #清洁")
    after = write(campaign, folder)
    assert f"activities/{added}/index.html" in after.written
    assert "feeds/tsw.ics" not in after.written
    assert "key.txt" not in after.written
    campaign.withhold(added)
    gone = write(campaign, folder)
    assert f"activities/{added}/index.html" in gone.removed
    assert not (folder / "activities" / added).exists()
    assert "tags/清洁/index.html" in gone.removed
    assert (folder / "CNAME").read_text() == "site.example"


@pytest.mark.campaign
def test_an_english_campaign_is_written_too(tmp_path):
    made = campaign_at(tmp_path / "w", language="en")
    made.add("14 July morning, 龙山区: Kick-off #start")
    write(made, tmp_path / "site")
    names = files_of(tmp_path / "site")
    assert {"index.html", "zh/index.html", "zh/agenda/index.html"} <= set(names)
    assert 'lang="en"' in names["index.html"].read_text("utf-8")


@pytest.mark.campaign
def test_a_folder_of_others_is_not_taken(campaign, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.doc").write_text("mine")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(NotSiteError):
        write(campaign, other)
    with pytest.raises(NotSiteError):
        write(campaign, tmp_path / "file")
    (other / ".kalends-site").write_text("something else\n")
    with pytest.raises(NotSiteError):
        write(campaign, other)
    assert {path.name for path in other.iterdir()} == {"thesis.doc", ".kalends-site"}
    (tmp_path / "empty").mkdir()
    assert write(campaign, tmp_path / "empty").files


@pytest.mark.campaign
def test_a_link_in_the_folder_is_not_followed(site, campaign, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in (site / "agenda").iterdir():
        path.unlink()
    (site / "agenda").rmdir()
    (site / "agenda").symlink_to(elsewhere)
    with pytest.raises(LinkError):
        write(campaign, site)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("name", ["index.html", ".kalends-site.json"])
def test_a_pipe_in_the_folder_is_replaced_and_never_waited_for(tmp_path, name):
    write_files(tmp_path / "site", [SiteFile("index.html", [b""])])
    (tmp_path / "site" / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / "site" / name)
    write_files(tmp_path / "site", [SiteFile("index.html", [b""])])
    assert (tmp_path / "site" / "index.html").read_bytes() == b""


def test_a_folder_whose_list_is_a_pipe_is_not_taken(tmp_path):
    os.mkfifo(tmp_path / ".kalends-site")
    with pytest.raises(NotSiteError):
        write_files(tmp_path, [SiteFile("index.html", [b"x"])])


@pytest.mark.parametrize(
    "path", ["../out", "a/../../out", "/out", "a//b", "a\\b", "a\nb", "a\0b", "./a"]
)
def test_no_path_leads_out_of_the_folder(tmp_path, path):
    done = write_files(
        tmp_path / "site", [SiteFile("index.html", [b"x"]), SiteFile(path, [b"evil"])]
    )
    assert done.written == ["index.html"]
    assert set(files_of(tmp_path)) == {"site/index.html"} | {"site/.kalends-site"} - {
        "site/.kalends-site"
    }


def test_a_list_that_names_files_outside_removes_none(tmp_path):
    write_files(tmp_path / "site", [SiteFile("index.html", [b"x"])])
    (tmp_path / "mine").write_text("mine")
    with (tmp_path / "site" / ".kalends-site").open("a") as listing:
        listing.write("../mine\n/etc/hostname\n")
    assert write_files(tmp_path / "site", [SiteFile("index.html", [b"x"])]).removed == []
    assert (tmp_path / "mine").exists()


def test_whoever_was_killed_meanwhile_leaves_nothing_that_stays(tmp_path):
    def killed():
        yield SiteFile("index.html", [b"x"])
        yield SiteFile("old/index.html", [b"x"])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path / "site", killed())
    assert write_files(tmp_path / "site", [SiteFile("index.html", [b"x"])]).removed == [
        "old/index.html"
    ]
    assert set(files_of(tmp_path / "site")) == {"index.html"}


def kalends(campaign, *words):
    environment = {**os.environ, "XDG_CONFIG_HOME": str(campaign.settings), "LANG": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "kalends", "-C", campaign.folder, "--lang", "en", *words],
        env=environment, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.campaign
def test_the_command_writes_it_and_says_so(campaign, tmp_path):
    code, said, _ = kalends(campaign, "publish", "-n", "--site", str(tmp_path / "site"))
    would = re.search(r"would have (\d+) files — to write: \1, to remove: 0", said)
    assert code == 0
    assert would
    assert not (tmp_path / "site").exists()
    code, said, _ = kalends(campaign, "publish", "--site", str(tmp_path / "site"))
    assert code == 0
    assert f"√ site: {would[1]} files — written: {would[1]}, removed: 0\n" in said
    assert (
        "written: 0, removed: 0"
        in kalends(campaign, "publish", "--site", str(tmp_path / "site"))[1]
    )
    code, said, _ = kalends(campaign, "publish", "--site", str(tmp_path / "site"), "--json")
    assert code == 0
    assert '"site": {"files": ' in said
    code, _, said = kalends(campaign, "publish", "--site", str(campaign.folder))
    assert code == 6
    assert "holds other files" in said
    assert kalends(campaign, "publish", "--site", str(tmp_path / "site"), "--public-log")[0] == 6
    assert kalends(campaign, "publish", "--public-url", "https://x.org")[0] == 2


def shown(folder: Path) -> dict[str, bytes]:
    """Return the files by name, without what says as of when they are: data and proofs say it."""
    found = {}
    for name, path in files_of(folder).items():
        octets = path.read_bytes()
        if name.endswith(("/proof.json", "/proof.txt")):
            octets = b""
        found[name] = re.sub(rb'"known_at": ?\d+', b"", octets)
    return found


@pytest.mark.campaign
@pytest.mark.parametrize("most", [1_000, 3])
def test_after_every_change_it_is_what_writing_everything_gives(
    campaign, tmp_path, monkeypatch, most
):
    """Whatever happens between two times; a feed that is full gives up what is older."""
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", most)
    if most == 3:
        in_small_parts(monkeypatch)
    ids = campaign.add_all(
        "7月25日 团市委 会甲 #甲",
        "7月26日 龙山区 会乙 #乙",
        "7月27日 市教育局、团市委 会丙 #甲 #丙",
    )

    def change(name, command):
        return lambda workspace: workspace.service.change(name, command)

    def roster(command):
        return lambda workspace: workspace.service.change_roster(command)

    def corrected(name, **how):
        correction = changing.Correction(**how)
        return lambda workspace: changing.correct(workspace, name, correction, reason="写错")

    def next_day(_):
        campaign.now += timedelta(days=1)

    steps = [
        lambda _: None,
        lambda workspace: changing.move(workspace, ids[1], to="8月21日", reason="场地"),
        corrected(ids[2], tag=("乙",), dept=("ls",)),
        change(ids[0], WithholdActivity(reason="暂缓")),
        corrected(ids[0], tag=("新",), title="会新"),
        next_day,
        change(ids[0], ReleaseActivity(reason="公开")),
        change(ids[1], CancelActivity(reason="下雨")),
        roster(RenameDepartment(code="ls", name="龙山区委", on=None)),
        change(ids[2], RetractActivity(reason="误录")),
        roster(RegisterDepartment(code="new", name="新单位", parent="ls")),
    ]
    folder = tmp_path / "site"
    write(campaign, folder)
    for number, step in enumerate(steps):
        with campaign.opened() as workspace:
            step(workspace)
        if number % 3 == 0:
            campaign.add(f"8月{number + 2}日 龙山区 例会{number} #例会")
        write(campaign, folder)
        anew = tmp_path / f"anew{number}"
        write(campaign, anew)
        assert shown(folder) == shown(anew), number
        shutil.rmtree(anew)


@pytest.mark.campaign
def test_what_is_the_same_is_not_made_again(campaign, tmp_path, monkeypatch):
    folder, made = tmp_path / "site", []
    write(campaign, folder)
    answer = Served.answer
    monkeypatch.setattr(
        Served, "answer", lambda self, address: made.append(address.path) or answer(self, address)
    )
    added = campaign.add("7月28日 龙山区 清洁日")
    write(campaign, folder)
    activities = {path.split("/")[-1] for path in made if "/activities/" in path}
    assert f"{added}.json" in activities
    assert "/departments/ls" in made
    assert "/departments/tsw" not in made
    assert "/feeds/tsw.ics" not in made
    assert "/tags/推进会" not in made
    first = len(made)
    (folder / ".kalends-site.json").unlink()
    write(campaign, folder)
    assert len(made) - first > first


@pytest.mark.campaign
@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"position": 1}', "\xff", '{"position": "1"}', "[" * 100_000]
)
def test_a_note_that_cannot_be_read_means_writing_everything(campaign, site, text):
    (site / ".kalends-site.json").write_text(text, "latin-1")
    assert write(campaign, site).written == []
    assert '"position": ' in (site / ".kalends-site.json").read_text()


@pytest.mark.campaign
def test_another_log_or_another_address_means_writing_everything(campaign, tmp_path):
    folder = tmp_path / "site"
    write(campaign, folder)
    again = write(campaign, folder, public_url="https://site.example")
    assert {"changes.atom", "subscribe/index.html"} <= set(again.written)
    other = campaign_at(tmp_path / "other" / "w")
    for number in range(12):
        other.add(f"7月{number + 1}日 龙山区 别的{number}")
    write(other, folder, public_url="https://site.example")
    for path in files_of(folder).values():
        assert "推进会".encode() not in path.read_bytes()
