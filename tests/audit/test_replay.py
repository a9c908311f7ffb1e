"""Everything built again and held against what stands: whatever was poisoned shows."""

import json
import shutil
from contextlib import closing

import pytest

from audit_examples import ONE, sample_history
from kalends.audit.replay import replay
from kalends.domain.errors import UnknownTopicError
from kalends.feeds.cache import Components
from kalends.feeds.manifest import composed, contents, parsed
from kalends.feeds.publishing import publish_feeds
from kalends.feeds.selection import feeds
from kalends.log.merkle import leaf_hash
from kalends.views import catch_up, schema, tree

COMPONENTS = "components.db"


@pytest.fixture
def stands(place, tmp_path):
    """Return views, components and a published folder of the log, all on disk."""
    with (
        closing(schema.connect(tmp_path / "views.db")) as views,
        closing(Components(tmp_path / COMPONENTS)) as components,
    ):
        catch_up.catch_up(views, place.log.entries(), head_mark=lambda n: b"%d" % n)
        tree.grow(views, [leaf_hash(b"wrong")], after=0)
        tree.forget(views)
        publish_feeds(views, components, tmp_path / "feeds", known_at=12)
        yield views, components, tmp_path / "feeds"


def replayed(place, stands, *, deep=False):
    views, components, folder = stands
    return replay(place.log, lambda: views, components, folder, deep=deep)


def places(done):
    return [difference.place for difference in done.differences]


@pytest.mark.parametrize("deep", [True, False])
def test_what_the_events_give_stands(place, stands, deep):
    for _ in range(2):  # it leaves nothing behind
        done = replayed(place, stands, deep=deep)
        assert (done.position, done.differences, done.wrong) == (12, [], 0)
    assert done.rows > 100
    assert done.files == len(list(stands[2].rglob("*.ics"))) + 1


def test_feeds_are_compared_as_of_when_they_were_published(place, stands):
    place.append(sample_history(15)[12:])
    catch_up.catch_up(stands[0], place.log.entries(after=12), head_mark=lambda n: b"%d" % n)
    done = replayed(place, stands, deep=True)
    assert (done.position, done.wrong) == (15, 0)


@pytest.mark.parametrize(
    ("poison", "table"),
    [
        ("UPDATE entry SET \"by\" = 'wang' WHERE position = 4", "entry"),
        ("UPDATE activity SET id = 'cccccccccccc' WHERE number = 3", "activity"),
        ("UPDATE revision SET title = '别的会' WHERE position = 9", "revision"),
        ("UPDATE revision SET until = 9 WHERE position = 9", "revision"),
        ("UPDATE revision SET title = CAST(x'ff' AS TEXT) WHERE position = 9", "revision"),
        ("UPDATE revision SET details = 'text' WHERE position = 9", "revision"),
        ("UPDATE revision SET mark = mark + 1 WHERE position = 9", "revision"),
        ("DELETE FROM revision WHERE position = 9", "revision"),
        ("INSERT INTO revision SELECT 99, until, activity, version, status, withheld, recorded, first_day, last_day, begin, coarse, dated, dated_last_day, text_number, mark, title, details, reason FROM revision WHERE position = 9", "revision"),
        ("UPDATE participation SET code = 'jyj' WHERE position = 9", "participation"),
        ("UPDATE participation SET position = 'nine' WHERE position = 9", "participation"),
        ("UPDATE participation SET position = x'09' WHERE position = 9", "participation"),
        ("UPDATE participation SET position = 9.5 WHERE position = 9", "participation"),
        ("UPDATE tag SET key = 'x', tag = 'X' WHERE position = 9", "tag"),
        ("UPDATE indexed_text SET body = '别的' WHERE position = 9", "indexed_text"),
        ("INSERT INTO pairs (rowid, body) VALUES (9, 'zz zy')", "pairs"),
        ("UPDATE department SET code = 'jyj' WHERE position = 6", "department"),
        ("UPDATE campaign SET id = 'other'", "campaign"),
    ],
)  # fmt: skip
def test_a_poisoned_view_shows(place, stands, poison, table):
    stands[0].execute(poison)
    done = replayed(place, stands)
    assert set(places(done)) == {table}
    assert done.wrong >= 1
    assert all(difference.expected != difference.found for difference in done.differences)


def test_a_poisoned_node_of_the_tree_shows_when_looked_at_deeply(place, stands):
    leaves = [leaf_hash(b"%d" % n) for n in range(3)]
    tree.grow(stands[0], leaves, after=0)
    assert replayed(place, stands).wrong == 0
    assert places(replayed(place, stands, deep=True)) == ["tile"]


@pytest.mark.parametrize(
    ("poison", "position"),
    [
        ("UPDATE component SET body = CAST(replace(body, '会议室', '广场') AS BLOB)", 9),
        ("UPDATE component SET body = CAST(body AS TEXT)", 9),
        ("UPDATE component SET body = x'ff', activity = x'ff'", 9),
        ("INSERT INTO component VALUES (4, 4, 'x', x'00', 0)", 4),
        ("INSERT INTO component VALUES (77, 77, 'x', x'00', 0)", 77),
    ],
)
def test_a_poisoned_entry_that_was_kept_shows(place, stands, poison, position):
    stands[1].db.execute(poison)
    done = replayed(place, stands)
    assert f"{position}" in [place.rsplit(" ", 1)[1] for place in places(done)]
    assert all(place.startswith("components ") for place in places(done))


def test_entries_kept_of_another_log_are_thrown_away_as_they_are_when_read(place, stands):
    stands[1].db.execute("UPDATE log SET mark = x'00'")
    stands[1].db.execute("UPDATE component SET body = x'00'")
    assert replayed(place, stands).wrong == 0


def test_a_poisoned_feed_shows_its_first_line_that_differs(place, stands):
    path = stands[2] / "all.ics"
    path.write_bytes(path.read_bytes().replace("会议室".encode(), "广场".encode()))
    done = replayed(place, stands)
    (difference,) = done.differences
    assert (difference.place, difference.expected, difference.found) == (
        "feeds/all.ics",
        "LOCATION:会议室",
        "LOCATION:广场",
    )
    assert path.read_bytes().split(b"\r\n")[int(difference.where) - 1] == "LOCATION:广场".encode()
    assert replayed(place, stands, deep=True).wrong == 1


def test_a_feed_that_was_cut_off_shows_where(place, stands):
    path = stands[2] / "all.ics"
    path.write_bytes(path.read_bytes().removesuffix(b"VCALENDAR\r\n"))

    (difference,) = replayed(place, stands).differences

    assert (difference.expected, difference.found) == ("END:VCALENDAR", "END:")


def test_a_feed_without_its_last_line_feed_shows(place, stands):
    path = stands[2] / "all.ics"
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))

    (difference,) = replayed(place, stands).differences

    assert int(difference.where) == path.read_bytes().count(b"\n") + 2


def test_a_feed_that_is_missing_or_too_many_or_no_file_shows(place, stands):
    folder = stands[2]
    (folder / "tsw.ics").unlink()
    (folder / "more.ics").write_bytes(b"\xff")
    (folder / "all.ics").unlink()
    (folder / "all.ics").mkdir()
    assert places(replayed(place, stands)) == ["feeds/all.ics", "feeds/more.ics", "feeds/tsw.ics"]


def test_complete_feeds_may_be_missing_as_in_a_clone(place, stands, monkeypatch):
    monkeypatch.setattr("kalends.feeds.selection.MOST_ACTIVITIES", 1)
    publish_feeds(*stands[:2], stands[2] / "again", known_at=12)
    folder = stands[2] / "again"
    full = folder / "full" / "all.ics"
    assert replayed(place, (*stands[:2], folder), deep=True).wrong == 0
    full.write_bytes(full.read_bytes() + b"more")
    assert places(replayed(place, (*stands[:2], folder))) == ["feeds/full/all.ics"]
    full.unlink()
    assert replayed(place, (*stands[:2], folder)).wrong == 0


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[" * 100_000,
        b"{}",
        b'{"feeds": {}, "format": 1, "position": 99}',
        b'{"feeds": {}, "format": 1, "position": -9}',
        b'{"feeds": {}, "format": 1, "position": 1000000000000000000000000}',
        b'{"feeds": {}, "format": 1, "position": 12}',
    ],
)
@pytest.mark.parametrize("deep", [True, False])
def test_a_poisoned_manifest_shows(place, stands, manifest, deep):
    (stands[2] / "manifest.json").write_bytes(manifest)
    assert "feeds/manifest.json" in places(replayed(place, stands, deep=deep))


def test_feeds_that_a_manifest_does_not_tell_of_are_not_passed_over(place, stands):
    (stands[2] / "manifest.json").unlink()
    assert places(replayed(place, stands)) == ["feeds/manifest.json"]
    for path in stands[2].rglob("*.ics"):
        path.unlink()
    assert replayed(place, stands).wrong == 0  # nothing was published


def test_a_manifest_that_tells_of_other_files_leads_nowhere(place, stands):
    path = stands[2] / "manifest.json"
    document = json.loads(path.read_bytes())
    document["feeds"] |= dict.fromkeys(
        ("gone.ics", "../w/journal.ics", "\0.ics"), document["feeds"]["all.ics"]
    )
    path.write_text(json.dumps(document))
    (stands[2] / "gone.ics").write_bytes(b"forged")
    found = places(replayed(place, stands, deep=True))
    assert found == ["feeds/gone.ics", "feeds/manifest.json"]


def test_only_the_first_differences_are_told(place, stands):
    stands[0].execute("UPDATE entry SET via = 'web'")
    stands[0].execute("UPDATE revision SET title = 'x'")
    done = replayed(place, stands)
    assert (len(done.differences), done.wrong) == (20, 12 + 9)


def test_an_unknown_topic_fails(place, stands):
    place.tamper("UPDATE stored_events SET topic = 'activity.forgotten' WHERE rowid = 12")
    with pytest.raises(UnknownTopicError):
        replayed(place, stands)


def test_of_an_activity_its_entry_is_named(place, stands):
    stands[1].db.execute("UPDATE component SET body = x'00' WHERE position = 9")
    (difference,) = replayed(place, stands).differences
    assert difference.place == f"components {ONE} 9"


def test_a_feed_that_is_published_otherwise_than_it_is_shown_is_an_error(
    place, stands, monkeypatch
):
    monkeypatch.setattr("kalends.audit.folder.feed_bytes", lambda *_, **__: b"other")
    assert replayed(place, stands).wrong == 0
    assert places(replayed(place, stands, deep=True)) == [f"feeds/{name}" for name in ("all.ics", "tag-推进会.ics", "tsw.ics")]  # fmt: skip


@pytest.mark.parametrize(
    ("poison", "place_of_it"),
    [
        ("DROP TABLE tag", "tag"),
        ("CREATE TABLE more (one)", "sqlite_schema"),
        ("DROP TABLE pairs", "pairs"),
    ],
)
def test_views_that_were_taken_apart_show(place, stands, poison, place_of_it):
    stands[0].execute(poison)
    assert place_of_it in places(replayed(place, stands))


def test_entries_that_were_taken_apart_show(place, stands):
    stands[1].db.execute("UPDATE component SET activity = 'x'")
    assert all(place.startswith("components x ") for place in places(replayed(place, stands)))
    assert replayed(place, stands).wrong > 0
    stands[1].db.execute("ALTER TABLE component RENAME TO gone")
    assert "components" in places(replayed(place, stands))


def test_feeds_that_were_published_and_are_gone_show(place, stands):
    shutil.rmtree(stands[2])
    assert replayed(place, stands).wrong == 0
    views, components, folder = stands
    done = replay(place.log, lambda: views, components, folder, deep=False, published=True)
    assert "feeds/all.ics" in places(done)


def grown(place, stands, folder):
    """Let the log go on, and return what would be published now, beside what is."""
    place.append(sample_history(15)[12:])
    catch_up.catch_up(stands[0], place.log.entries(after=12), head_mark=lambda n: b"%d" % n)
    with closing(Components(None)) as made:
        publish_feeds(stands[0], made, folder, known_at=15)
    position, files = parsed(contents(stands[2]))
    (stands[2] / "manifest.json").write_bytes(composed(files, position, publishing=[15]))


@pytest.mark.parametrize("deep", [True, False])
def test_what_a_publication_that_was_cut_short_has_brought_does_not_differ(
    place, stands, tmp_path, deep
):
    grown(place, stands, tmp_path / "newer")
    assert replayed(place, stands, deep=deep).finished is False
    for path in sorted((tmp_path / "newer").rglob("*.ics")):
        shutil.copyfile(path, stands[2] / path.relative_to(tmp_path / "newer"))
        done = replayed(place, stands, deep=deep)
        assert (done.differences, done.finished) == ([], False), path


@pytest.mark.parametrize("what", ["other", "gone", "stray"])
def test_what_it_has_not_brought_does(place, stands, tmp_path, what):
    grown(place, stands, tmp_path / "newer")
    path = stands[2] / ("all (1).ics" if what == "stray" else "all.ics")
    path.write_bytes(b"BEGIN:VCALENDAR\r\n")
    if what == "gone":
        path.unlink()
    done = replayed(place, stands)
    assert places(done) == [f"feeds/{path.name}"]
    assert done.finished is False


def test_a_feed_that_git_left_when_it_took_the_manifest_back_is_no_difference(
    place, stands, tmp_path
):
    names = {path.name for path in stands[2].glob("*.ics")}
    first = next(n for n in range(1, 12) if feeds_at(stands[0], n) < names)
    (later, *_) = sorted(names - feeds_at(stands[0], first))
    stands[2].rename(tmp_path / "newer")
    with closing(Components(None)) as made:
        publish_feeds(stands[0], made, stands[2], known_at=first)
    shutil.copy(tmp_path / "newer" / later, stands[2])

    done = replayed(place, stands)

    assert (done.differences, done.finished) == ([], False)


def test_with_a_manifest_that_cannot_be_read_no_feed_is_called_a_stranger(place, stands):
    (stands[2] / "manifest.json").write_bytes(b"<<<<<<<")

    assert places(replayed(place, stands)) == ["feeds/manifest.json"]


def test_a_feed_that_a_publication_removes_may_be_gone_already(place, stands):
    with closing(Components(None)) as made:
        publish_feeds(stands[0], made, stands[2], known_at=12)
    names = {path.name for path in stands[2].glob("*.ics")}
    position, files = parsed(contents(stands[2]))
    first = next(n for n in range(1, 12) if feeds_at(stands[0], n) < names)
    (stands[2] / "manifest.json").write_bytes(composed(files, position, publishing=[first]))
    for name in names - feeds_at(stands[0], first):
        (stands[2] / name).unlink()
    assert replayed(place, stands).differences == []


def feeds_at(views, position):
    return {f"{feed.name}.ics" for feed in feeds(views, known_at=position)}
