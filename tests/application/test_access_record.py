"""The record of access: only what was added is read, and whatever was changed is noticed."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.application.access.access_lines import TokenMade, TokenUsed
from kalends.application.access.access_record import AccessRecord
from kalends.application.access.sessions import SESSION_LIFETIME, Sessions
from kalends.application.access.tokens import Tokens
from kalends.config import WorkspaceFolder
from kalends.domain.errors import AccessRecordError, TokenRefusedError

AT = "2020-07-20T02:00:00Z"


class Lines:
    """A state that keeps every line."""

    def __init__(self):
        self.lines = []

    def take(self, line):
        self.lines.append(line)

    def forget(self):
        self.lines = []


def made(number):
    return TokenMade(
        at=AT, mark=f"{number:08x}", by="li", sha256="0" * 64, actor="z", role="office"
    )


def followed(folder):
    record, lines = AccessRecord(WorkspaceFolder(root=folder)), Lines()
    record.feed(lines)
    return record, lines


def write(folder, *lines):
    record = AccessRecord(WorkspaceFolder(root=folder))
    for line in lines:
        with record.turn():
            record.append(line)


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".kalends-secrets/access.jsonl"


def test_what_another_adds_is_read_once_and_nothing_else(tmp_path, monkeypatch):
    write(tmp_path, *map(made, range(50)))
    record, lines = followed(tmp_path)
    record.catch_up()
    decoded = []
    decode = record._decoded
    monkeypatch.setattr(record, "_decoded", lambda *line: decoded.append(line) or decode(*line))
    record.catch_up()
    assert decoded == []
    write(tmp_path, made(50), made(51))
    record.catch_up()
    with record.turn():
        record.catch_up()
    assert [number for _, number in decoded] == [51, 52]
    assert lines.lines == list(map(made, range(52)))


@pytest.mark.parametrize("change", ["cut", "edited", "restored", "removed", "grown and edited"])
def test_a_file_that_was_changed_is_read_again_whole(tmp_path, path, change):
    write(tmp_path, *map(made, range(20)))
    record, lines = followed(tmp_path)
    record.catch_up()
    octets = path.read_bytes()
    match change:
        case "cut":
            os.truncate(path, octets.index(b"\n") + 1)
            expected = [made(0)]
        case "edited":
            other = octets.replace(b'"by":"li"', b'"by":"wu"', 1)
            with path.open("r+b") as file:
                file.write(other)
            os.utime(path, ns=(1, 1))
            expected = None
        case "restored":
            path.with_name("kept").write_bytes(octets[: octets.index(b"\n") + 1] * 2)
            path.with_name("kept").replace(path)
            expected = [made(0)] * 2
        case "removed":
            path.unlink()
            expected = []
        case _:
            with path.open("r+b") as file:
                file.write(octets.replace(b'"by":"li"', b'"by":"somebody"'))
            expected = None
    record.catch_up()
    assert lines.lines == (expected if expected is not None else list(followed_anew(tmp_path)))
    assert change in {"cut", "restored", "removed"} or lines.lines[0].by != "li"


def followed_anew(folder):
    record, lines = followed(folder)
    record.catch_up()
    return lines.lines


def test_a_line_that_was_cut_off_is_read_when_it_is_whole(tmp_path, path):
    write(tmp_path, made(0), made(1))
    record, lines = followed(tmp_path)
    record.catch_up()
    whole = path.read_bytes()
    with path.open("ab") as file:
        file.write(whole[:40])
    record.catch_up()
    assert len(lines.lines) == 2
    write(tmp_path, made(2))  # what was cut off goes
    record.catch_up()
    assert lines.lines == list(map(made, range(3)))


def test_a_damaged_line_is_named_and_all_is_right_once_it_is_mended(tmp_path, path):
    write(tmp_path, made(0), made(1))
    record, lines = followed(tmp_path)
    record.catch_up()
    whole = path.read_bytes()
    path.write_bytes(whole + b"nonsense\n")
    for _ in range(2):
        with pytest.raises(AccessRecordError) as damaged:
            record.catch_up()
        assert damaged.value.fields["line"] == 3
    path.write_bytes(whole)
    record.catch_up()
    assert lines.lines == [made(0), made(1)]


@pytest.mark.campaign
@given(
    steps=st.lists(st.sampled_from(["add", "many", "piece", "look", "cut", "edit"]), max_size=12)
)
def test_who_follows_knows_the_same_as_who_reads_it_whole(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("record")
    path = folder / ".kalends-secrets/access.jsonl"
    write(folder, made(0))
    record, lines = followed(folder)
    for number, step in enumerate(steps, 1):
        match step:
            case "add":
                write(folder, made(number))
            case "many":
                write(folder, *(made(number * 100 + more) for more in range(5)))
            case "piece":
                with path.open("ab") as file:
                    file.write(b'{"what":')
            case "cut":
                os.truncate(path, path.stat().st_size // 2)
            case "edit":
                path.write_bytes(path.read_bytes().replace(b'"li"', b'"wang"'))
            case _:
                pass
        record.catch_up()
        assert lines.lines == followed_anew(folder)


def test_a_token_is_ended_at_once_and_its_uses_are_not_kept_for_ever(tmp_path):
    here, now = WorkspaceFolder(root=tmp_path), [datetime(2020, 7, 20, 2, tzinfo=UTC)]
    office, server = Tokens(here, lambda: now[0]), Tokens(here, lambda: now[0])
    made_here = office.new(b"x" * 32, actor="z", role="office", by="li")
    for day in range(30):
        for host in ("10.0.0.1", "10.0.0.2"):
            for _ in range(2):
                server.caller(made_here.secret, host)
        assert len(server._used) == 2
        now[0] += timedelta(days=1)
        assert len([line for line in office.lines() if isinstance(line, TokenUsed)]) == 2 * day + 2
    office.revoke(made_here.made.mark, by="li")
    with pytest.raises(TokenRefusedError):
        server.caller(made_here.secret, "10.0.0.1")


def test_sessions_that_are_over_are_not_kept_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr("kalends.application.access.sessions._LEAST", 5)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    here, now = WorkspaceFolder(root=tmp_path), [datetime(2020, 7, 20, 2, tzinfo=UTC)]
    tokens = Tokens(here, lambda: now[0])
    token = tokens.new(b"x" * 32, actor="z", role="office", by="li")
    sessions, kept = Sessions(tokens), []
    for number in range(60):
        kept.append(sessions.begin(number.to_bytes(32, "big"), token.secret, "10.0.0.1"))
        now[0] += SESSION_LIFETIME / 3
        alive = [secret for secret in kept if sessions.caller(secret) is not None]
        assert alive == kept[-2:] or number < 2
        assert len(sessions._begun) <= 12


def test_nobody_has_made_a_token_where_only_a_webhook_is_on_record(tmp_path):
    from kalends.application.access.access_lines import SubscriptionLine

    write(tmp_path, SubscriptionLine(at=AT, mark="0" * 8, by="li", kind="webhook", change="made"))
    tokens = Tokens(WorkspaceFolder(root=tmp_path), lambda: datetime(2020, 7, 20, tzinfo=UTC))
    assert not tokens.are_made()
    tokens.new(b"x" * 32, actor="z", role="office", by="li")
    assert tokens.are_made()
    Path(tmp_path / ".kalends-secrets/access.jsonl").write_text("x\n")
    assert Tokens(WorkspaceFolder(root=tmp_path), lambda: None).are_made()
    Path(tmp_path / ".kalends-secrets/access.jsonl").unlink()
    assert not tokens.are_made()
