"""`kalends token`: made once, listed by mark, ended, and all of it on record."""

import re
import stat
from pathlib import Path

import pytest

FILE = Path(".kalends-secrets/access.jsonl")


@pytest.fixture
def made(workspace):
    """Return a call in a workspace, a token made there, and its mark."""
    said = workspace(
        "token",
        "new",
        "--actor",
        "zhang",
        "--role",
        "clerk",
        "--dept",
        "团市委",
        "--expires",
        "90d",
    )
    assert said.code == 0, said
    (mark,) = re.findall(r"revoke ([0-9a-f]{8})`", said.err)
    return workspace, said.out.strip(), mark


def test_it_is_made_listed_and_ended(made):
    kalends, secret, mark = made
    assert re.fullmatch(r"kalends_[a-z2-7]{52}", secret)
    listed = kalends("token", "ls").out.splitlines()
    assert listed[1].split() == [mark, "zhang", "clerk", "tsw", "2020-10-18", "-", "-"]
    assert secret not in FILE.read_text()
    assert kalends("token", "revoke", mark).out == f"{mark} ended: nobody can use it any more.\n"
    assert kalends("token", "ls").out.splitlines()[1].split()[4] == "revoked"
    assert kalends("token", "revoke", mark).code == 3


def test_who_made_and_ended_it_is_on_record(made):
    kalends, _, mark = made
    kalends("token", "revoke", mark)
    assert [line.split()[1:] for line in kalends("token", "log").out.splitlines()] == [
        ["li", mark, "made", "for", "zhang", "(clerk)"],
        ["li", mark, "revoked"],
    ]
    first, last = kalends("--json", "token", "log").document["lines"]
    assert first == {
        "what": "token.made", "at": "2020-07-20T02:05:00Z", "mark": mark, "by": "li",
        "actor": "zhang", "role": "clerk", "departments": ["tsw"],
        "expires": "2020-10-18T02:05:00Z",
    }  # fmt: skip
    assert last == {"what": "token.revoked", "at": last["at"], "mark": mark, "by": "li"}


def test_programs_are_answered_in_json(workspace):
    made = workspace("--json", "token", "new", "--actor", "wang", "--role", "office").document
    assert made["token"]["departments"] == []
    assert made["token"]["expires"] is None
    (kept,) = workspace("--json", "token", "ls").document["tokens"]
    assert kept == made["token"]
    ended = workspace("--json", "token", "revoke", kept["mark"]).document["token"]
    assert ended == {**kept, "revoked": "2020-07-20T02:07:00Z"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--actor", "z", "--role", "clerk"], 2),
        (["--actor", "z", "--role", "office", "--dept", "tsw"], 2),
        (["--actor", "z", "--role", "clerk", "--dept", "nothing"], 3),
        (["--actor", "z", "--role", "king"], 2),
        (["--role", "office"], 2),
        (["--actor", "a\nb", "--role", "office"], 6),
        (["--actor", "z", "--role", "office", "--expires", "soon"], 2),
        (["--actor", "z", "--role", "office", "--expires", "0d"], 2),
        (["--actor", "z", "--role", "office", "--expires", "9999d"], 2),
        (["--actor", "z", "--role", "office", "--note", "\u202e"], 6),
    ],
)
def test_what_makes_no_sense_makes_no_token(workspace, words, code):
    assert workspace("token", "new", *words).code == code
    assert not FILE.exists()


@pytest.mark.usefixtures("made")
def test_nobody_else_reads_it_and_git_neither():
    assert stat.S_IMODE(FILE.stat().st_mode) == 0o600
    assert (FILE.parent / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize(
    "line", [b"x", b"{}", b'{"what":"token.used","at":"","mark":"x","by":"","host":""}', b"\xff"]
)
def test_a_damaged_line_ends_all_tokens_until_it_is_right(made, line):
    kalends, _, _ = made
    kept = FILE.read_bytes()
    FILE.write_bytes(kept + line + b"\n")
    for words in (["ls"], ["log"], ["new", "--actor", "x", "--role", "office"], ["revoke", "x"]):
        said = kalends("token", *words)
        assert said.code == 8
        assert "Line 2 of .kalends-secrets/access.jsonl" in said.err
    assert FILE.read_bytes() == kept + line + b"\n"


def test_a_line_that_was_cut_off_goes_with_the_next(made):
    kalends, _, mark = made
    FILE.write_bytes(FILE.read_bytes() + b'{"what":"token.rev')
    assert mark in kalends("token", "ls").out
    assert kalends("token", "revoke", mark).code == 0
    assert len(FILE.read_bytes().splitlines()) == 2


def test_a_link_in_its_place_is_not_followed(workspace, tmp_path):
    FILE.parent.mkdir()
    FILE.symlink_to(tmp_path / "elsewhere")
    assert workspace("token", "new", "--actor", "x", "--role", "office").code == 6
    assert not (tmp_path / "elsewhere").exists()


def test_a_link_is_made_for_a_token_that_works_and_stands_in_the_log(workspace):
    workspace("token", "new", "--actor", "zhang", "--role", "office")
    (mark,) = (each["mark"] for each in workspace("--json", "token", "ls").document["tokens"])
    made = workspace("token", "link", mark)
    assert re.fullmatch(r"/login/[a-z2-7]{52}\n", made.out)
    assert workspace("token", "log").out.splitlines()[-1].endswith("link made")
    workspace("token", "revoke", mark)
    assert workspace("token", "link", mark).code == 3


def test_somebody_with_an_account_elsewhere_needs_no_token(workspace):
    said = workspace(
        "token", "new", "--actor", "zhang", "--role", "office", "--login", "z@example.org"
    )
    mark = said.out.strip()
    assert said.err == (
        f"Whoever logs in as “z@example.org” acts as “zhang”, until `kalends token revoke {mark}`.\n"
    )
    assert workspace("token", "ls").out.splitlines()[1].split()[5:] == ["-", "z@example.org"]
    (kept,) = workspace("--json", "token", "ls").document["tokens"]
    assert (kept["mark"], kept["login"]) == (mark, "z@example.org")
    made = workspace(
        "--json", "token", "new", "--actor", "wu", "--role", "office", "--login", "7"
    ).document
    assert made["secret"] is None
    assert workspace("token", "revoke", mark).code == 0
