"""At which positions a file was what a feed said: over every position, against publishing."""

import tempfile
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from audit_examples import ONE, sample_history
from kalends.audit.rebuilt import rebuilt
from kalends.audit.served import Served, served
from kalends.domain.errors import DiskError
from kalends.domain.events import Entry
from kalends.feeds.cache import Components
from kalends.feeds.calendar import header
from kalends.feeds.feed import feed_bytes
from kalends.feeds.publishing import publish_feeds
from kalends.feeds.selection import complete, find
from kalends.log import journal
from kalends.log.memory_log import MemoryBackend
from kalends.views import catch_up, schema
from kalends.views.roster_view import campaign

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def own():
    """Return views and components of this repository's own log, and its length."""
    log = journal.restore(ROOT / "events/journal.jsonl", MemoryBackend())
    with closing(schema.connect(None)) as db, closing(Components(None)) as components:
        last = catch_up.catch_up(db, log.entries(), head_mark=lambda n: b"%d" % n)
        yield db, components, last, list(log.entries())
    log.close()


@pytest.fixture(scope="module")
def published(own, tmp_path_factory):
    """Return, of each position, the files that were published when the log ended there."""
    _, _, _, entries = own
    folder, found = tmp_path_factory.mktemp("published"), {}
    with closing(schema.connect(None)) as db, closing(Components(None)) as components:
        for position, entry in enumerate(entries, 1):
            catch_up.catch_up(db, [entry], head_mark=lambda n: b"%d" % n)
            publish_feeds(db, components, folder, known_at=position)
            found[position] = {
                str(path.relative_to(folder).with_suffix("")): path.read_bytes()
                for path in folder.rglob("*.ics")
            }
    return found


@pytest.mark.campaign
@pytest.mark.parametrize("position", [1, 29, 30, 47])
def test_a_log_cut_off_there_publishes_the_same(own, published, tmp_path, position):
    _, _, _, entries = own
    with closing(schema.connect(None)) as db, closing(Components(None)) as components:
        catch_up.catch_up(db, entries[:position], head_mark=lambda n: b"%d" % n)
        publish_feeds(db, components, tmp_path, known_at=position)
    found = {path.stem: path.read_bytes() for path in tmp_path.glob("*.ics")}
    assert found == published[position]


@pytest.mark.campaign
def test_every_feed_is_shown_at_every_position_as_it_was_published_then(own, published):
    db, components, last, _ = own
    assert len(published) == last > 60
    assert sum(map(len, published.values())) > 1000
    for position, files in published.items():
        for name, octets in files.items():
            assert feed_bytes(db, components, name, known_at=position) == octets, (name, position)


@pytest.mark.campaign
def test_every_file_that_was_published_is_found_at_just_the_positions_where_it_was(own, published):
    db, components, last, _ = own
    stood: dict[bytes, dict[str, list[int]]] = {}
    for position, files in published.items():
        for name, octets in files.items():
            stood.setdefault(octets, {}).setdefault(name, []).append(position)
    for octets, expected in stood.items():
        found = served(db, components, octets, last=last)
        answers = {
            name: [n for first, end in spans for n in range(first, end + 1)]
            for name, spans in found.spans.items()
        }
        assert answers == expected
        assert found.mismatch is None
        assert found.newest == max(map(max, expected.values()))
        for spans in found.spans.values():  # each as long as it can be
            assert all(earlier[1] + 1 < other[0] for earlier, other in pairwise(spans))


@pytest.mark.campaign
def test_no_later_position_is_looked_at(own, published):
    db, components, last, _ = own
    octets = published[last]["all"]
    ((first, _),) = served(db, components, octets, last=last).spans["all"]
    assert served(db, components, octets, last=first).newest == first
    assert served(db, components, octets, last=first - 1).spans == {}


@pytest.fixture
def octets(views, components):
    return feed_bytes(views, components, "all", known_at=9)


def mismatch(views, components, octets):
    found = served(views, components, octets, last=12)
    assert found.spans == {}
    assert found.newest == 0
    mismatch = found.mismatch
    assert mismatch.expected != mismatch.found
    return mismatch


def test_a_file_that_never_was_is_told_where_it_departs(views, components, octets):
    difference = mismatch(views, components, octets.replace("会议室".encode(), "广场".encode()))
    assert (difference.feed, difference.position) == ("all", 9)
    assert (difference.expected, difference.found) == ("LOCATION:会议室", "LOCATION:广场")
    assert octets.split(b"\r\n")[difference.line - 1] == "LOCATION:会议室".encode()


def test_what_was_put_behind_a_file_or_cut_off_shows(views, components, octets):
    for other in (octets + b"\r\n", octets + b"X", octets[:-2], octets[:-9]):
        found = served(views, components, other, last=12)
        assert found.spans == {}
        assert found.mismatch.line >= octets.count(b"\r\n")


def test_an_entry_that_the_log_does_not_know_was_never_served(views, components, octets):
    mismatch(views, components, octets.replace(ONE.encode(), b"zzzzzzzzzzzz"))
    mismatch(views, components, octets.replace(b"SEQUENCE:", b"SEQUENCE:999999999"))


def test_the_entry_of_an_empty_feed_says_nothing_of_positions(views, components, octets):
    begin = octets.index(b"BEGIN:VEVENT")
    empty = b"BEGIN:VEVENT\r\nUID:empty-all@x\r\nEND:VEVENT\r\n"
    assert mismatch(views, components, octets[:begin] + empty + octets[begin:]).feed == "all"


def test_a_file_that_is_no_text_is_told_all_the_same(views, components, octets):
    assert "\\xff" in mismatch(views, components, octets[:-9] + b"\xff" + octets[-9:]).found


def test_what_is_like_no_feed_departs_from_none(views, components, octets):
    for other in (b"", b"BEGIN:VCALENDAR\r\n", octets.replace("创城".encode(), b"?")):
        assert served(views, components, other, last=12) == Served({}, None)


def test_a_complete_feed_of_one_that_leaves_nothing_out_never_was(views, components, octets):
    opened = campaign(views, known_at=9)
    full = complete(find(views, "all", known_at=9), opened)
    head = header(full.name, full.title, opened)
    other = head + octets[octets.index(b"BEGIN:VEVENT") :]
    difference = mismatch(views, components, other)
    assert (difference.feed, difference.line, difference.expected) == ("full/all", 1, "")


def test_before_the_campaign_was_opened_there_is_no_feed(components):
    with closing(schema.connect(None)) as db:
        roster = Entry(1, "roster", 1, sample_history(2)[1].event)
        catch_up.catch_up(db, [roster], head_mark=lambda _: b"")
        assert served(db, components, b"BEGIN:VCALENDAR", last=1) == Served({}, None)


def test_an_entry_without_uid_or_sequence_was_never_served(own):
    db, components, last, _ = own
    whole = feed_bytes(db, components, "all", known_at=last)
    assert served(db, components, whole, last=last).spans
    for gone in (b"SEQUENCE:", b"UID:activity-"):
        lines = whole.split(b"\r\n")
        place = next(n for n, line in enumerate(lines) if line.startswith(gone))
        spoiled = b"\r\n".join(lines[:place] + lines[place + 1 :])
        assert not served(db, components, spoiled, last=last).spans


def test_where_a_disk_has_no_room_the_views_are_made_in_memory(tmp_path, monkeypatch, kept_log):
    full = []

    def connect(path):
        if path is not None:
            full.append(path)
        return real(path)

    real, follow = schema.connect, catch_up.catch_up

    def catches_up(db, entries, **how):
        if len(full) == 1 and not full.append(None):
            raise DiskError(name="views.db", detail="full")
        return follow(db, entries, **how)

    monkeypatch.setattr(schema, "connect", connect)
    monkeypatch.setattr(catch_up, "catch_up", catches_up)
    with rebuilt(kept_log, 5) as (views, components):
        assert catch_up.position(views) == 5
        assert feed_bytes(views, components, "all", known_at=5)
    assert not full[0].parent.exists()

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with rebuilt(kept_log, 5) as (views, _):
        assert catch_up.position(views) == 5


@pytest.fixture
def kept_log():
    with closing(journal.restore(ROOT / "events/journal.jsonl", MemoryBackend())) as log:
        yield log
