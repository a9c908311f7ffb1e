"""A publication that was cut short is told from files that others changed."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest

from kalends.domain.errors import LockedError, ManifestError
from kalends.feeds import selection
from kalends.feeds.check import check
from kalends.feeds.manifest import begun, contents, read_manifest
from kalends.feeds.publishing import publish_feeds


class KilledError(BaseException):
    """The program ends here, as by a signal."""


def published(ledger, folder):
    return publish_feeds(ledger.db, ledger.components, folder, known_at=ledger.position)


def killed(ledger, folder, monkeypatch, nth):
    """Publish, and be killed before the nth file takes its place or goes; tell whether it was."""
    calls = []
    with monkeypatch.context() as patch:
        for name in ("replace", "unlink"):
            real = getattr(Path, name)

            def counted(path, *arguments, real=real, name=name, **how):
                if (name == "replace" or path.suffix == ".ics") and path.is_relative_to(folder):
                    calls.append(path)
                    if len(calls) == nth:
                        raise KilledError
                return real(path, *arguments, **how)

            patch.setattr(Path, name, counted)
        try:
            published(ledger, folder)
        except KilledError:
            return True
    return False


def looked_at(ledger, folder):
    return check(lambda: ledger.db, folder)


@pytest.mark.campaign
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("more", [0, 3])
def test_killed_before_any_file_nothing_is_wrong_and_the_next_one_finishes(
    ledger, tmp_path, monkeypatch, is_first, more
):
    monkeypatch.setattr(selection, "MOST_ACTIVITIES", 2)
    for n in range(4):
        ledger.record(f"{n}aaa11112222", tags=("创城",))
    for nth in range(1, 40):
        folder = tmp_path / f"{nth}"
        if not is_first:
            published(ledger, folder)
        stands = read_manifest(folder)[0]
        ledger.record(f"{nth:02d}bb11112222", tags=("创城", f"标签{nth}"))
        was_killed = killed(ledger, folder, monkeypatch, nth)
        for n in range(more):  # others go on meanwhile, and are killed too
            ledger.record(f"{nth:02d}cc1111222{n}")
            killed(ledger, folder, monkeypatch, nth + 1)
        found = looked_at(ledger, folder)
        assert (found.wrong, found.stray) == ((), ()), nth
        if not was_killed:
            break
        assert more or read_manifest(folder)[0] == stands
        assert more or found.finished or begun(contents(folder)) == (ledger.position,)
        published(ledger, folder)
        assert looked_at(ledger, folder).is_right
        published(ledger, tmp_path / "anew")
        assert contents(folder) == contents(tmp_path / "anew")
    assert nth > 5


def test_a_file_that_is_as_at_neither_is_wrong(ledger, tmp_path, monkeypatch):
    ledger.record("aaaa11112222")
    published(ledger, tmp_path)
    old = (tmp_path / "all.ics").read_bytes()
    ledger.record("bbbb11112222")
    published(ledger, tmp_path)
    ledger.record("cccc11112222")
    assert killed(ledger, tmp_path, monkeypatch, 3)
    assert looked_at(ledger, tmp_path).wrong == ()
    for octets in (old, b"", old[:-1]):
        (tmp_path / "all.ics").write_bytes(octets)
        (tmp_path / "all (1).ics").write_bytes(octets)
        found = looked_at(ledger, tmp_path)
        assert (found.differ, found.stray) == (("all.ics",), ("all (1).ics",))
    (tmp_path / "all.ics").unlink()
    assert looked_at(ledger, tmp_path).missing == ("all.ics",)


def test_nothing_is_announced_where_no_file_changes(ledger, tmp_path, monkeypatch):
    ledger.record("aaaa11112222")
    published(ledger, tmp_path)
    before = contents(tmp_path)
    ledger.components.db.execute("DELETE FROM published")  # as in a clone
    assert not killed(ledger, tmp_path, monkeypatch, 1)
    assert contents(tmp_path) == before
    assert published(ledger, tmp_path) == []


def test_a_file_that_was_lost_comes_back_and_the_manifest_is_not_said_to_have_changed(
    ledger, tmp_path
):
    ledger.record("aaaa11112222")
    published(ledger, tmp_path)
    before = contents(tmp_path)
    (tmp_path / "tsw.ics").unlink()
    assert published(ledger, tmp_path) == ["tsw.ics"]
    assert contents(tmp_path) == before


@pytest.mark.parametrize("publishing", ["[-1]", '["x"]', "7", "{}", "[1e999]", f"{[1] * 51}"])
def test_a_manifest_that_announces_nonsense_is_none(ledger, tmp_path, publishing):
    ledger.record("aaaa11112222")
    published(ledger, tmp_path)
    manifest = contents(tmp_path).replace(
        b'"format"', f'"publishing": {publishing}, "format"'.encode()
    )
    (tmp_path / "manifest.json").write_bytes(manifest)
    assert begun(manifest) == ()
    with pytest.raises(ManifestError):
        looked_at(ledger, tmp_path)


@pytest.mark.campaign
def test_so_many_publications_that_were_cut_short_are_told_of_as_are_read(
    ledger, tmp_path, monkeypatch
):
    published(ledger, tmp_path)
    for n in range(60):
        ledger.record(f"{n:02d}aa11112222")
        assert killed(ledger, tmp_path, monkeypatch, 2)
    assert len(begun(contents(tmp_path))) == 50
    assert looked_at(ledger, tmp_path).wrong == ()


def test_whoever_looks_waits_for_who_publishes(ledger, tmp_path, monkeypatch):
    """The one that looks is fastest: whenever it has looked, somebody has published again."""
    ledger.record("aaaa11112222")
    published(ledger, tmp_path)
    ledger.record("bbbb11112222")
    assert killed(ledger, tmp_path, monkeypatch, 3)
    events = []

    def views():
        events.append("looked")
        return ledger.db

    @contextmanager
    def alone():
        events.append("waited")
        if len(events) == 2:  # the publisher that was waited for has finished
            published(ledger, tmp_path)
        yield

    assert check(views, tmp_path, alone).is_right
    assert events == ["looked", "waited", "looked"]


def test_at_last_publishers_wait_for_who_looks(ledger, tmp_path):
    ledger.record("aaaa11112222")
    published(ledger, tmp_path)
    manifest = json.loads(contents(tmp_path))
    entered = []

    def announce():
        manifest["publishing"] = [len(entered)]
        (tmp_path / "manifest.json").write_text(json.dumps(manifest), "utf-8")

    @contextmanager
    def alone():
        entered.append(True)
        announce()
        yield

    announce()

    found = check(lambda: ledger.db, tmp_path, alone)
    assert (found.wrong, found.finished, len(entered)) == ((), False, 4)


def test_where_publishers_cannot_be_waited_for_what_was_seen_counts(ledger, tmp_path):
    ledger.record("aaaa11112222")
    published(ledger, tmp_path)
    (tmp_path / "all.ics").unlink()

    def alone():
        raise LockedError(seconds=1)

    assert check(lambda: ledger.db, tmp_path, alone).missing == ("all.ics",)
