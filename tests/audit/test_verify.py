"""What is proved, since when, and what is not: each way in which a record can be wrong."""

import os
import shutil
import threading
from contextlib import closing
from datetime import timedelta

import pytest

from audit_examples import KEY, OTHER, checkpoint, lines, problems, root, rows, sample_history
from kalends.audit import scan
from kalends.audit.checkpoint import SuppliedCheckpoint, signed
from kalends.audit.pack import pack
from kalends.audit.supplied import SuppliedJournal, gathered
from kalends.audit.verify import verify
from kalends.domain.errors import FileNotReadableError, ProofError
from kalends.log.journal_line import compose
from kalends.log.untrusted_journal import Journal
from kalends.views import catch_up, schema
from log_examples import STAMP

SWAPPED = (
    "UPDATE stored_events SET rowid = -4 WHERE rowid = 4",
    "UPDATE stored_events SET rowid = 4 WHERE rowid = 6",
    "UPDATE stored_events SET rowid = 6 WHERE rowid = -4",
)
REWORDED = (
    "UPDATE stored_events SET state = CAST(replace(state, '下雨', '天晴') AS BLOB) WHERE rowid = 5"
)


def kept(count, name="kept", key=KEY):
    return SuppliedCheckpoint(name, checkpoint(lines(count), key).content)


def rewrite(place, *given):
    place.journal.write_bytes(b"".join(line + b"\n" for line in given))


def test_a_log_as_it_was_signed_is_proved(place):
    report = place.verify(kept(5), kept(9, "older"))
    assert report.is_good
    assert (report.size, report.root, report.proved) == (12, root(lines(12)), 12)
    assert report.since == STAMP["at"] + timedelta(minutes=4)
    assert [(checkpoint.name, checkpoint.holds) for checkpoint in report.checkpoints] == [
        ("checkpoint", True), ("kept", True), ("older", True),
    ]  # fmt: skip
    assert (report.altered, report.behind) == ("", 0)


def test_either_of_journal_and_database_is_enough(place):
    assert place.verify(journal=None).is_good
    assert place.verify(store=None).is_good


def test_what_no_checkpoint_covers_yet_is_not_proved_and_not_wrong(place):
    place.append(sample_history(15)[12:])
    report = place.verify()
    assert (report.is_good, report.size, report.proved, report.behind) == (True, 15, 12, 3)
    assert place.verify(store=None).behind == 0


def test_an_event_reworded_in_the_database_is_named_with_both_values(place):
    place.tamper(REWORDED)
    report = place.verify()
    assert problems(report) == [(5, "differs")]
    assert report.altered == "database"
    (problem,) = report.problems
    assert (problem.stream, problem.version) == ("activity-aaaaaaaaaaaa", 2)
    assert ("下雨" in problem.expected, "天晴" in problem.found) == (True, True)
    assert report.proved == 12  # by the journal
    alone = place.verify(kept(3), journal=None)
    assert (problems(alone), alone.proved) == ([(4, "root")], 3)


def test_an_event_reworded_in_the_journal_is_named_with_both_values(place):
    changed = lines(12)
    changed[4] = changed[4].replace("下雨".encode(), "天晴".encode())
    rewrite(place, *changed)
    report = place.verify()
    assert problems(report) == [(5, "differs")]
    assert (report.altered, report.proved) == ("journal", 12)
    (problem,) = report.problems
    assert ("下雨" in problem.expected, "天晴" in problem.found) == (True, True)


def test_both_reworded_is_found_by_the_signature_alone(place):
    place.tamper(REWORDED)
    rewrite(place, *(compose(row) for row in place.log.rows()))
    report = place.verify(kept(4))
    assert (problems(report), report.altered, report.proved) == ([(5, "root")], "", 4)
    assert [(checkpoint.name, checkpoint.holds) for checkpoint in report.checkpoints] == [("checkpoint", False), ("kept", True)]  # fmt: skip


def test_when_neither_is_what_was_signed_nobody_is_blamed(place):
    place.tamper(REWORDED)
    changed = lines(12)
    changed[4] = changed[4].replace("下雨".encode(), b"?")
    rewrite(place, *changed)
    assert (place.verify().altered, problems(place.verify())) == (
        "",
        [(5, "differs"), (1, "root")],
    )


@pytest.mark.parametrize(
    "statements",
    [
        ["DELETE FROM stored_events WHERE rowid = 6"],
        SWAPPED,
        ["UPDATE stored_events SET state = CAST(state AS TEXT) WHERE rowid = 6"],
        ["UPDATE stored_events SET originator_version = 7 WHERE rowid = 6"],
        ["UPDATE stored_events SET topic = 'other' WHERE rowid = 6"],
        ["UPDATE stored_events SET topic = CAST(x'ff' AS TEXT) WHERE rowid = 6"],
        ["UPDATE stored_events SET originator_id = x'00' WHERE rowid = 6"],
        ["UPDATE stored_events SET state = x'ff' WHERE rowid = 6"],
        ["UPDATE stored_events SET state = zeroblob(100000) WHERE rowid = 6"],
        ["UPDATE stored_events SET rowid = 13 WHERE rowid = 12"],
        ["UPDATE stored_events SET rowid = 0 WHERE rowid = 12"],
        ["UPDATE stored_events SET rowid = 9223372036854775807 WHERE rowid = 12"],
        ["INSERT INTO stored_events VALUES ('activity-x', 1, 'activity.held', x'7b7d')"],
        ["INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) VALUES (-1, 'a', 1, 't', x'')"],
        ["DROP TABLE stored_events"],
        ["ALTER TABLE stored_events RENAME COLUMN state TO other"],
        ["CREATE TABLE more (one)"],
        ["DELETE FROM stored_events"],
    ],
)  # fmt: skip
def test_whatever_is_done_to_the_database_shows(place, statements):
    place.tamper(*statements)
    for journal in (place.journal, None):
        assert not place.verify(journal=journal).is_good


def test_a_database_cut_off_beside_a_whole_journal_is_found(place):
    place.tamper("DELETE FROM stored_events WHERE rowid > 9")
    report = place.verify()
    assert (problems(report), report.altered) == ([(10, "missing")], "")  # or it lags behind
    report = place.verify(journal=None)
    assert problems(report) == [(10, "shorter")]
    assert (report.problems[0].expected, report.problems[0].found) == ("checkpoint: 12", "9")


@pytest.mark.parametrize(
    "name", [" activity-z", "Activity-z", "activity_z", "activity-z\n", "", "活动"]
)
@pytest.mark.parametrize("is_fast", [True, False])
def test_a_stream_that_the_small_verifiers_refuse_is_refused(tmp_path, monkeypatch, name, is_fast):
    if not is_fast:
        monkeypatch.setattr(scan, "fast_check", lambda *_: None)
    for stream, expected in (("activity-z", []), (name, [(13, "form")])):
        odd = rows(12)[-1]._replace(position=13, stream=stream, version=1)
        given = [*lines(12), compose(odd)]
        journal = tmp_path / "journal.jsonl"
        journal.write_bytes(b"".join(line + b"\n" for line in given))
        supplied = SuppliedCheckpoint("kept", checkpoint(given).content)
        assert problems(verify(None, journal, [supplied], [KEY.public])) == expected


def test_a_database_that_has_not_read_what_was_brought_is_no_problem(place, tmp_path):
    place.tamper("DELETE FROM stored_events WHERE rowid > 9")
    brought = SuppliedJournal("kept", tmp_path / "kept.jsonl")
    shutil.copy(place.journal, brought.path)
    report = place.verify(kept(11), journals=[brought], may_lag=True)
    assert (problems(report), report.proved, report.behind) == ([], 12, 3)
    assert [(each.events, each.holds) for each in report.journals] == [(12, True)]
    report = place.verify(journal=None, may_lag=True)
    assert (problems(report), report.behind) == ([(10, "shorter")], 0)
    place.tamper("DELETE FROM stored_events WHERE rowid = 4")
    assert problems(place.verify(may_lag=True)) == [(4, "missing")]
    place.tamper(REWORDED)
    assert (5, "differs") in problems(place.verify(may_lag=True))


def test_what_is_recorded_while_the_journal_is_measured_is_no_problem(place, monkeypatch):
    def measured(self, every):
        place.append(sample_history(15)[12:])
        place.write()
        return real(self, every)

    real = Journal.measured
    monkeypatch.setattr(Journal, "measured", measured)
    monkeypatch.setattr(scan, "fast_check", lambda *_: None)
    assert place.verify().is_good


def test_strangers_and_events_at_no_position_are_named(place):
    place.tamper(
        "CREATE TRIGGER later AFTER INSERT ON stored_events BEGIN SELECT 1; END",
        "UPDATE stored_events SET rowid = -1 WHERE rowid = 12",
    )
    report = place.verify(own=False, journal=None)
    assert problems(report) == [(0, "stranger"), (12, "no-position")]
    assert report.problems[0].found == "trigger later"


def test_a_file_that_is_no_database_is_named_and_the_journal_still_walked(place):
    place.close()
    place.database.write_bytes(b"gone" * 1000)
    report = place.verify()
    assert (problems(report), report.proved, report.size) == ([(0, "form")], 12, 12)
    report = place.verify(journal=None)
    assert problems(report) == [(0, "form"), (1, "shorter")]


@pytest.mark.parametrize(
    ("octets", "what"),
    [
        (b"", "not-a-checkpoint"),
        (b"\xff", "not-a-checkpoint"),
        (checkpoint(lines(12), OTHER).content, "untrusted"),
        (checkpoint(lines(12)).content.replace(b"\n12\n", b"\n11\n"), "forged"),
    ],
)
def test_a_checkpoint_that_is_none_is_named(place, octets, what):
    report = place.verify(SuppliedCheckpoint("kept", octets))
    assert problems(report) == [(0, what)]
    assert report.problems[0].expected == "kept"
    assert report.proved == 12


def test_a_log_that_nobody_signed_is_said_to_be_unsigned(place):
    assert problems(place.verify(own=False)) == [(0, "unsigned")]
    assert place.verify(own=False).since is None


def test_a_kept_checkpoint_finds_what_was_cut_off_and_signed_again(place):
    old = SuppliedCheckpoint("kept", place.path.read_bytes())
    place.tamper("DELETE FROM stored_events WHERE rowid > 9")
    for path in (place.path, place.edge, place.journal):
        path.unlink()
    place.write()
    place.sign(begins=True)
    assert place.verify().is_good
    report = place.verify(old)
    assert (problems(report), report.proved) == ([(10, "shorter")], 9)


def test_a_stolen_key_leaves_two_roots_for_one_size(place):
    old = SuppliedCheckpoint("kept", place.path.read_bytes())
    place.tamper(REWORDED)
    for path in (place.path, place.edge, place.journal):
        path.unlink()
    place.write()
    place.sign(begins=True)
    assert place.verify().is_good
    report = place.verify(old, kept(4, "older"))
    assert problems(report) == [(5, "root"), (12, "two-roots")]
    two = report.problems[1]
    assert (two.expected.split(":")[0], two.found.split(":")[0]) == ("checkpoint", "kept")


def test_a_journal_shorter_than_what_was_published_is_said(place):
    rewrite(place, *lines(9))
    assert place.verify().is_good
    published = SuppliedCheckpoint("12.txt", place.path.read_bytes(), 12)
    assert problems(place.verify(published)) == [(10, "journal-cut")]
    place.journal.write_bytes(b"\n".join(lines(12)))  # cut at its last line feed
    assert place.verify().is_good
    assert place.verify().behind == 1
    assert problems(place.verify(published)) == [(12, "journal-cut")]
    assert problems(place.verify(published._replace(size=9))) == [(0, "misnamed")]


def test_a_journal_that_git_took_back_with_its_checkpoint_is_no_cut_while_the_database_has_all(
    place,
):
    published = kept(12, "events/checkpoints/12.txt")._replace(size=12, is_own=True)
    newest = kept(9, "events/checkpoint")._replace(is_own=True)
    rewrite(place, *lines(9))
    report = place.verify(newest, published, own=False)
    assert problems(report) == []
    assert (report.by_folder.proved, report.behind) == (12, 3)

    alone = place.verify(newest, published, own=False, store=None)
    assert problems(alone) == [(10, "shorter")]


@pytest.mark.parametrize("store", [True, False])
def test_a_kept_journal_finds_the_first_line_that_differs(place, tmp_path, store):
    old = tmp_path / "old.jsonl"
    old.write_bytes(b"".join(line + b"\n" for line in lines(9)))
    arguments = {} if store else {"store": None}
    assert place.verify(journals=[SuppliedJournal(str(old), old)], **arguments).is_good
    place.tamper(REWORDED)
    rewrite(place, *(compose(row) for row in place.log.rows()))
    report = place.verify(journals=[SuppliedJournal(str(old), old)], own=False, **arguments)
    assert problems(report) == [(5, "kept")]
    assert (report.problems[0].stream, report.problems[0].version) == ("activity-aaaaaaaaaaaa", 2)
    old.write_bytes(b"{}\n" + old.read_bytes())
    report = place.verify(journals=[SuppliedJournal(str(old), old)], own=False, **arguments)
    assert [(problem.position, problem.what, problem.stream) for problem in report.problems] == [
        (1, "kept", "")
    ]


@pytest.mark.parametrize("more_words", [{}, {"store": None}])
def test_what_a_kept_journal_was_cut_off_in_must_begin_like_ours(place, tmp_path, more_words):
    whole = place.journal.read_bytes()
    place.append(sample_history(15)[12:])
    place.write()
    more = place.journal.read_bytes()
    brought = [SuppliedJournal("kept", tmp_path / "kept.jsonl")]

    def found(octets):
        brought[0].path.write_bytes(octets)
        report = place.verify(journals=brought, **more_words)
        return report.by_kept.proved, problems(report)

    for end in (len(whole) + 1, len(whole) + 40, more.index(b"\n", len(whole))):
        assert found(more[:end]) == (12, [])
        assert found(more[: end - 1] + b"#") == (12, [(13, "kept")])
    assert found(more + b"begun") == (15, [])


def test_a_kept_journal_finds_what_was_cut_off(place, tmp_path):
    old = tmp_path / "old.jsonl"
    old.write_bytes(b"".join(line + b"\n" for line in lines(15)))
    report = place.verify(journals=[SuppliedJournal(str(old), old)])
    assert problems(report) == [(13, "shorter")]
    assert report.problems[0].expected == f"{old}: 15"
    assert problems(verify(None, None, [], [], journals=[SuppliedJournal(str(old), old)])) == [
        (1, "shorter")
    ]


def test_nothing_at_all_is_unsigned():
    report = verify(None, None, [], [])
    assert (problems(report), report.size, report.root) == ([(0, "unsigned")], 0, root([]))


def test_a_checkpoint_of_nothing_proves_nothing_of_what_came_later(place):
    report = place.verify(SuppliedCheckpoint("kept", signed(KEY, 0, root([])).content), own=False)
    assert (report.is_good, report.proved, report.since) == (True, 0, None)
    report = place.verify(SuppliedCheckpoint("kept", signed(KEY, 0, bytes(32)).content), own=False)
    assert problems(report) == [(1, "root")]


def test_many_problems_of_one_kind_hide_none_of_another(place):
    rewrite(place, *[b"{}"] * 30, *(compose(rows(1)[0]) for _ in range(30)))
    report = place.verify(*(SuppliedCheckpoint(f"{n}", b"") for n in range(100)))
    assert len(report.problems) <= 20 * len({problem.what for problem in report.problems})
    assert {"form", "not-a-checkpoint"} <= {problem.what for problem in report.problems}
    assert report.problems[0].position == 1


def unpacked():
    pytest.fail("there is no pack")


def packed(place, tmp_path):
    """Write a pack of the log, and return its path."""
    with closing(schema.connect(None)) as db:
        catch_up.catch_up(db, place.log.entries(), head_mark=lambda _: b"")
        older = [checkpoint(lines(7)), checkpoint(lines(12))]
        pack(db, place.log, older[1], older, [KEY.public], tmp_path / "record.zip")
    return tmp_path / "record.zip"


def test_a_pack_that_was_kept_is_held_against_the_log(place, tmp_path):
    path, scratch = packed(place, tmp_path), tmp_path / "scratch"
    scratch.mkdir()
    kept, journals = gathered([path], lambda: scratch)
    names = ("checkpoint", "checkpoints/12.txt", "checkpoints/7.txt")
    assert [checkpoint.name for checkpoint in kept] == [f"{path}: {name}" for name in names]
    assert journals == [SuppliedJournal(f"{path}: journal.jsonl", scratch / "journal.jsonl")]
    place.append(sample_history(15)[12:])
    report = place.verify(*kept, own=False, journals=journals)
    assert (report.problems, report.by_kept.proved) == ([], 12)
    place.tamper(REWORDED)
    rewrite(place, *(compose(row) for row in place.log.rows()))
    report = place.verify(*kept, own=False, journals=journals)
    assert {"root", "kept"} <= {problem.what for problem in report.problems}
    assert report.is_contradicted
    cut = place.verify(*kept, own=False, store=None, journals=[journals[0]._replace(name="x")])
    assert not cut.is_good


def test_a_zip_file_that_is_no_pack_is_none_and_in_a_folder_passed_over(place, tmp_path):
    path = packed(place, tmp_path)
    whole = path.read_bytes()
    for octets in (whole[:-1], whole + b"x", whole[:200], b"PK\3\4"):
        path.write_bytes(octets)
        with pytest.raises(ProofError):
            gathered([path], lambda: tmp_path)
        shutil.copy(place.journal, tmp_path / "journal.jsonl")
        assert [journal.path.name for journal in gathered([tmp_path], lambda: tmp_path)[1]]


def test_a_pack_that_comes_through_a_pipe_or_goes_away_is_said_to_be_unreadable(
    place, tmp_path, monkeypatch
):
    path, pipe = packed(place, tmp_path), tmp_path / "pipe"
    os.mkfifo(pipe)
    writing = threading.Thread(target=lambda: pipe.write_bytes(path.read_bytes()[:1000]))
    writing.start()
    with pytest.raises(FileNotReadableError):
        gathered([pipe], lambda: tmp_path)
    writing.join()

    def gone(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kalends.audit.supplied.Archive", gone)
    with pytest.raises(FileNotReadableError, match="Permission denied"):
        gathered([path], lambda: tmp_path)


def test_what_somebody_kept_is_gathered_from_files_and_folders(place, tmp_path):
    folder = tmp_path / "kept"
    (folder / "deep").mkdir(parents=True)
    stray, old = folder / "deep" / "one.txt", folder / "journal.jsonl"
    stray.write_bytes(place.path.read_bytes())
    old.write_bytes(place.journal.read_bytes())
    (folder / "something").write_bytes(b"something else")
    os.mkfifo(folder / "pipe")  # would be waited for in vain
    assert gathered([folder], unpacked) == (
        [SuppliedCheckpoint(str(stray), place.path.read_bytes())],
        [SuppliedJournal(str(old), old)],
    )
    other = folder / "something"
    assert gathered([other, old], unpacked) == (
        [SuppliedCheckpoint(str(other), b"something else")],
        [SuppliedJournal(str(old), old)],
    )
    with pytest.raises(FileNotReadableError):
        gathered([tmp_path / "gone"], unpacked)


def test_a_folder_in_the_journal_s_place_is_no_journal(place):
    place.journal.unlink()
    place.journal.mkdir()
    report = place.verify()
    assert (problems(report), report.proved) == ([(0, "form")], 12)


def test_where_nothing_is_kept_there_is_nothing_to_compare_with(tmp_path):
    with pytest.raises(FileNotReadableError, match="no checkpoint and no journal"):
        gathered([tmp_path], unpacked)


def test_what_the_folder_says_of_itself_is_told_from_what_somebody_brought(place):
    own = [kept(7, "own 7")._replace(is_own=True), kept(12, "own 12")._replace(is_own=True)]
    report = place.verify(*own, kept(5), own=False)
    assert (report.by_kept.proved, report.by_folder.proved, report.proved) == (5, 12, 12)
    assert report.by_folder.since == STAMP["at"] + timedelta(minutes=6)
    assert (report.since, report.is_contradicted) == (report.by_kept.since, False)


def test_once_a_kept_checkpoint_contradicts_it_the_folder_proves_nothing_and_bounds_nothing(place):
    old = kept(11, "kept")
    true_lines = lines(12)
    forged = list(true_lines)
    forged[3] = true_lines[3].replace(b'"by":"li"', b'"by":"xi"')
    assert forged != true_lines
    rewrite(place, *forged)
    own = [
        SuppliedCheckpoint(f"own {n}", checkpoint(forged[:n]).content, None, is_own=True)
        for n in (2, 8, 11, 12)
    ]

    report = place.verify(*own, old, own=False, store=None)

    assert report.is_contradicted
    assert (report.proved, report.since) == (0, None)
    assert (1, "root") in problems(report)
    # Another copy that holds bounds it; what the folder signed between does not.
    assert lines(12)[:3] == forged[:3]
    report = place.verify(*own, old, kept(3, "older"), own=False, store=None)
    assert (4, "root") in problems(report)
    assert (report.by_kept.proved, report.by_folder.proved) == (3, 0)


def test_a_kept_journal_proves_as_much_as_it_holds_and_says_where_the_first_difference_is(
    place, tmp_path
):
    true_lines = lines(12)
    journal = tmp_path / "kept.jsonl"
    journal.write_bytes(b"".join(line + b"\n" for line in true_lines[:9]))
    own = kept(12, "own")._replace(is_own=True)
    report = place.verify(own, own=False, journals=[SuppliedJournal(str(journal), journal)])
    assert (report.by_kept.proved, report.by_folder.proved) == (9, 12)

    forged = [*true_lines[:5], true_lines[5].replace(b'"by":"li"', b'"by":"xi"'), *true_lines[6:]]
    rewrite(place, *forged)
    signed_anew = SuppliedCheckpoint("own", checkpoint(forged).content, None, is_own=True)
    report = place.verify(
        signed_anew, own=False, store=None, journals=[SuppliedJournal(str(journal), journal)]
    )
    assert problems(report) == [(6, "kept")]
    assert (report.by_kept.proved, report.by_folder.proved) == (5, 0)


def test_a_journal_that_is_gone_is_found_as_one_that_was_cut(place):
    published = kept(12, "checkpoints/12.txt")._replace(size=12, is_own=True)
    place.journal.unlink()
    assert problems(place.verify(published, journal=None)) == [(1, "journal-cut")]
