"""Comparing what is published with the log: every file, byte for byte, and read by a reader."""

import json
import shutil
import tracemalloc

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.feeds import cache, members, selection
from kalends.feeds.calendar import FOOTER
from kalends.feeds.check import check, is_entry
from kalends.feeds.icalendar_reader import is_understood
from kalends.feeds.publishing import publish_feeds

_ENTRY = (
    b"BEGIN:VEVENT\r\nSUMMARY:meeting\r\nDTSTART;VALUE=DATE:20200714\r\n"
    b"DTEND;VALUE=DATE:20200715\r\nDTSTAMP:20200714T010000Z\r\nUID:activity-a@x.cn\r\n"
    b"DESCRIPTION:long\r\n er\r\nEND:VEVENT\r\n"
)
_PIECES = st.sampled_from(
    [b"\r\n", b"\n", b"\r", b" ", b"\0", b":", b"END:VEVENT\r\n", b"BEGIN:VEVENT\r\n", b"x" * 80,
     b"UID:b\r\n", b"X-A:b\r\n", b"", "字".encode()[:2]]
)  # fmt: skip


def published(ledger, folder):
    publish_feeds(ledger.db, ledger.components, folder, known_at=ledger.position)
    return folder


def test_all_that_is_published_is_as_the_log_says(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 2)
    for n in range(5):
        ledger.record(f"{n}aaa11112222", tags=("创城",))
    found = check(lambda: ledger.db, published(ledger, tmp_path))
    assert (found.files, found.position, found.wrong) == (6, 7, ())


@pytest.mark.parametrize("name", ["all.ics", "full/all.ics", "tsw.ics", "full/tag-创城.ics"])
def test_a_file_with_another_byte_differs(ledger, tmp_path, monkeypatch, name):
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 2)
    for n in range(5):
        ledger.record(f"{n}aaa11112222", tags=("创城",))
    path = published(ledger, tmp_path) / name
    whole = path.read_bytes()
    for octets in (whole[:-1], whole + b"\r\n", whole.replace(b"UID", b"UIX", 1), b""):
        path.write_bytes(octets)
        assert check(lambda: ledger.db, tmp_path).differ == (name,)


def test_a_complete_feed_that_is_not_there_is_no_fault(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 2)
    for n in range(3):
        ledger.record(f"{n}aaa11112222")
    (published(ledger, tmp_path) / "full" / "all.ics").unlink()
    assert check(lambda: ledger.db, tmp_path).wrong == ()
    (tmp_path / "all.ics").unlink()
    assert check(lambda: ledger.db, tmp_path).missing == ("all.ics",)


def test_a_manifest_that_lists_too_little_or_too_much_is_wrong(ledger, tmp_path):
    ledger.record("aaaa11112222")
    path = published(ledger, tmp_path) / "manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["feeds"]["nobody.ics"] = manifest["feeds"].pop("tsw.ics")
    path.write_text(json.dumps(manifest), "utf-8")
    found = check(lambda: ledger.db, tmp_path)
    assert (found.missing, found.differ) == (("tsw.ics",), ("nobody.ics",))


@pytest.mark.campaign
def test_memory_does_not_grow_with_the_feeds(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 2)
    monkeypatch.setattr(cache, "_AT_ONCE", 20)
    monkeypatch.setattr(cache, "_NEAR", 50_000)
    monkeypatch.setattr(members, "_MOST", 100)
    monkeypatch.setattr("kalends.feeds.check._SAMPLE", 10)
    peaks = []
    for many in (200, 800):
        for n in range(ledger.position, many):
            ledger.record(f"{n:04d}11112222", description="说明" * 300)
        published(ledger, tmp_path)
        tracemalloc.start()
        assert check(lambda: ledger.db, tmp_path).wrong == ()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    size = (tmp_path / "full" / "all.ics").stat().st_size
    assert peaks[1] < peaks[0] * 1.5 + 200_000 < size, (peaks, size)


def test_an_entry_as_feeds_write_it_is_one(ledger):
    assert is_entry(_ENTRY)
    ledger.record("aaaa11112222", description="长" * 500, links=("https://x.cn/?a=b;c",))
    octets = ledger.feed()
    start, end = octets.index(b"BEGIN:VEVENT"), octets.index(b"END:VCALENDAR")
    assert is_entry(octets[start:end])


@given(st.lists(st.tuples(st.integers(0, len(_ENTRY)), st.integers(0, 30), _PIECES), max_size=3))
def test_what_is_taken_for_an_entry_is_read_by_icalendar(changes):
    octets = _ENTRY
    for at, length, piece in changes:
        octets = octets[:at] + piece + octets[at + length :]
    if is_entry(octets):
        read = icalendar.Calendar.from_ical(b"BEGIN:VCALENDAR\r\n" + octets + b"END:VCALENDAR\r\n")
        assert len(read.walk("VEVENT")) == 1
        assert {"UID", "DTSTART", "DTSTAMP"} <= set(read.walk("VEVENT")[0])


@pytest.mark.parametrize(
    "octets",
    [
        _ENTRY.replace(b"UID:", b"UIX:"),
        _ENTRY.replace(b"UID:", b"UID:x\r\nUID:"),
        _ENTRY.replace(b"SUMMARY:meeting", b"meeting"),
        _ENTRY.replace(b"meeting", b"m" * 90),
        _ENTRY.replace(b"meeting\r\n", b"meeting\n"),
    ],
)
def test_what_calendars_would_not_read_is_no_entry(octets):
    assert not is_entry(octets)


def test_icalendar_reads_what_is_published_and_would_not_read_what_is_spoiled(ledger):
    for n in range(3):
        ledger.record(f"{n}aaa11112222", links=("https://x.cn/?a=b;c",), place="a, b; c")
    octets = ledger.feed()
    head = octets[: octets.index(b"BEGIN:VEVENT")]
    entries = [b"BEGIN:VEVENT" + piece for piece in octets.split(b"BEGIN:VEVENT")[1:]]
    entries[-1] = entries[-1].removesuffix(FOOTER)
    uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(octets).events]

    assert is_understood(head, entries, uids)
    assert is_understood(head, [], [])
    assert not is_understood(head, entries, uids[:2])
    assert not is_understood(head, entries, uids[::-1])
    for spoiled in (
        head.replace(b"VERSION:2.0", b"VERSION:1.0"),
        head.replace(b"PRODID", b"X-PRODID"),
        head.replace(b"BEGIN:VCALENDAR\r\n", b""),
        head + b"no line\r\n",
    ):
        assert spoiled != head
        assert not is_understood(spoiled, entries, uids)
    for name, other in (
        (b"DTSTAMP:", b"DTSTAMP:x"),
        (b"DTSTAMP:", b"X-STAMP:"),
        (b"DTSTART;", b"X-START;"),
    ):
        spoiled = [entries[0].replace(name, other), *entries[1:]]
        assert spoiled != entries
        assert not is_understood(head, spoiled, uids), (name, other)


@pytest.mark.parametrize(
    ("was", "spoiled"),
    [(b"VERSION:2.0", b"VERSION:3.0"), (b"DTSTAMP:2", b"DTSTAMP:9999999"), (b"PRODID", b"X-PROD")],
)
def test_what_a_renderer_does_wrong_is_found_by_icalendar(
    ledger, tmp_path, monkeypatch, was, spoiled
):
    ledger.record("aaaa11112222")
    path = published(ledger, tmp_path) / "all.ics"
    assert was in path.read_bytes()
    monkeypatch.setattr("kalends.feeds.check._is_same", lambda *_: True)
    path.write_bytes(path.read_bytes().replace(was, spoiled))

    assert check(lambda: ledger.db, tmp_path).unreadable == ("all.ics",)


def test_a_part_of_many_entries_is_read_by_icalendar(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr("kalends.feeds.check._SAMPLE", 3)
    read = []

    def reads(head, entries, uids):
        read.append(len(uids))
        return is_understood(head, entries, uids)

    monkeypatch.setattr("kalends.feeds.check.is_understood", reads)
    for n in range(10, 30):
        ledger.record(f"{n}aa11112222")
    published(ledger, tmp_path)

    assert check(lambda: ledger.db, tmp_path).wrong == ()
    assert 3 <= max(read) < 6


def test_a_feed_that_git_left_when_it_took_the_manifest_back_is_not_finished(ledger, tmp_path):
    ledger.record("aaaa11112222")
    older = published(ledger, tmp_path / "older")
    ledger.record("baaa11112222", tags=("创城",))
    newer = published(ledger, tmp_path / "newer")
    shutil.copy(newer / "tag-创城.ics", older)

    found = check(lambda: ledger.db, older)

    assert (found.wrong, found.stray, found.finished) == ((), (), False)
    shutil.copy(newer / "tag-创城.ics", older / "tag-别处.ics")
    assert check(lambda: ledger.db, older).stray == ("tag-别处.ics",)
