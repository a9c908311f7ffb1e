"""A calendar with a few entries exchanged is what would be made of them all, read from its file."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.domain.commands import RetractActivity
from kalends.feeds import patch as patch_module
from kalends.feeds import selection
from kalends.feeds.calendar import FOOTER
from kalends.feeds.patch import PatchedFeed

_NAMES = st.text("0ab", min_size=1, max_size=3)
_BODIES = st.binary(max_size=60).filter(lambda text: b"\r\n" not in text)


def entry(name, body):
    uid = b"UID:activity-" + name.encode() + b"@x.cn"
    return b"BEGIN:VEVENT\r\nSUMMARY:" + body + b"\r\n" + uid + b"\r\nEND:VEVENT\r\n"


def calendar(entries):
    every = b"".join(entry(name, entries[name]) for name in sorted(entries))
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + every + FOOTER


@given(st.dictionaries(_NAMES, _BODIES), st.dictionaries(_NAMES, st.none() | _BODIES), st.data())
def test_it_is_what_would_be_made_of_them_all(tmp_path_factory, before, changes, data):
    path = tmp_path_factory.mktemp("patch") / "all.ics"
    path.write_bytes(calendar(before))
    after = {name: body for name, body in {**before, **changes}.items() if body is not None}
    given_entries = {
        name: b"" if body is None else entry(name, body) for name, body in changes.items()
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patch_module, "_WINDOW", data.draw(st.sampled_from([17, 40, 4096])))
        patch.setattr(patch_module, "_BLOCK", data.draw(st.sampled_from([1, 30, 4096])))
        spliced = PatchedFeed(path, given_entries)
        assert b"".join(spliced) == calendar(after)
    assert spliced.size == len(calendar(after))
    assert spliced.more == len(after) - len(before)
    assert spliced.is_same(path) == (not changes)


def test_a_file_that_is_cut_off_meanwhile_is_no_calendar(tmp_path):
    path = tmp_path / "all.ics"
    path.write_bytes(calendar({"a": b"1"}))
    spliced = PatchedFeed(path, {})
    path.write_bytes(b"BEGIN")
    with pytest.raises(OSError, match="cut off"):
        b"".join(spliced)


def test_a_long_calendar_is_not_held_in_memory(tmp_path):
    path = tmp_path / "all.ics"
    path.write_bytes(calendar({f"{n:05d}": b"x" * 5_000 for n in range(4_000)}))
    tracemalloc.start()
    spliced = PatchedFeed(path, {"02000a": entry("02000a", b"new")})
    assert sum(map(len, spliced)) == spliced.size
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20 < path.stat().st_size


@pytest.mark.parametrize("day", ["2020-07-01", "2020-07-12", "2020-07-31"])
@pytest.mark.parametrize("change", ["record", "correct the last", "retract the first"])
@pytest.mark.parametrize("is_again", [False, True])
def test_a_feed_that_is_full_changes_only_where_a_change_is_in_it(
    ledger, tmp_path, monkeypatch, day, change, is_again
):
    from kalends.feeds.cache import Components
    from kalends.feeds.publishing import publish_feeds

    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 3)
    for n in range(6):
        ledger.record(f"{n}aaa11112222", "会", ledger.when(f"2020-07-{5 + n:02d}"))
    publish_feeds(ledger.db, ledger.components, tmp_path, known_at=ledger.position)
    if is_again:  # what sorts first in a feed is remembered from now on
        ledger.record("yaaa11112222", "会", ledger.when("2020-07-01"))
        publish_feeds(ledger.db, ledger.components, tmp_path, known_at=ledger.position)
    match change:
        case "record":
            ledger.record("zaaa11112222", "会", ledger.when(day))
        case "correct the last":
            ledger.correct("5aaa11112222", when=ledger.when(day))
        case _:
            ledger.change("0aaa11112222", RetractActivity(reason="重复"))
    changed = publish_feeds(ledger.db, ledger.components, tmp_path, known_at=ledger.position)
    fresh = Components(None)
    publish_feeds(ledger.db, fresh, tmp_path / "fresh", known_at=ledger.position)
    fresh.close()
    for name in ("all.ics", "full/all.ics", "tsw.ics", "full/tsw.ics", "manifest.json"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()
    touches = change == "correct the last" or (change == "record" and day > "2020-07-08")
    assert ("all.ics" in changed) == touches
    assert "full/all.ics" in changed
