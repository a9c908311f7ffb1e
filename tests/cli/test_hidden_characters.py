"""Whatever anybody else wrote is escaped wherever it is printed: at a terminal and in a pipe.

A record is written by hand, round all rules, with every hidden character in every text that a
stranger can write; then every command that reads is called.
"""

import json
import os
import pty
import re
import subprocess
import sys
import termios
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest

from kalends.cli.app import kalends
from kalends.cli.command_classes import Group

# All controls, all that turns the direction of writing, all that is drawn as nothing.
HIDDEN = "".join(
    chr(number)
    for number in (*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F),
                   *range(0x2060, 0x2070), 0xAD, 0x61C, 0x180E, 0x3164, 0xFEFF, 0xFFF9, 0xE0041)
)  # fmt: skip
PAINT = f"\x1b[2J\x1b[1;1H\x1b]0;x\x07√ Proved\r\n√ all is well {HIDDEN}"
_TEXTS = {
    "title", "place", "description", "name", "alias", "aliases", "reason", "by", "tags", "quote",
    "text", "links", "act", "site", "uid_domain",
}  # fmt: skip
ID, OTHER = "<id>", "<other>"  # the two activities of `painted`
READS = {
    "show": [ID],
    "agenda": ["--all"],
    "history": ["tsw"],
    "search": ["推进会"],
    "log": [],
    "diff": ["1", "11"],
    "late": ["--days", "0"],
    "report": [],
    "when": [f"7月{PAINT}14日"],
    "campaign show": [],
    "doctor": [],
    "dept ls": [],
    "dept show": ["jyj"],
    "feed ls": [],
    "feed explain": [ID],
    "feed check": [],
    "feed secret new": ["all"],
    "feed secret ls": [],
    "feed secret revoke": [PAINT],
    "store check": [],
    "token new": ["--actor", "zhang", "--role", "office", "--note", PAINT],
    "token ls": [],
    "token link": [PAINT],
    "token log": [],
    "token revoke": [PAINT],
    "webhook new": ["https://example.org/", "--note", PAINT],
    "webhook ls": [],
    "webhook send": [],
    "webhook pause": [PAINT],
    "webhook resume": [PAINT],
    "webhook revoke": [PAINT],
    "digest new": ["json://127.0.0.1:1", "--note", PAINT],
    "digest ls": [],
    "digest send": [],
    "digest revoke": [PAINT],
    "digest pause": [PAINT],
    "digest resume": [PAINT],
    "audit verify": [],
    "audit replay": [],
    "audit served": ["hostile.ics"],
    "audit check": ["proof.json"],
    "audit check-pack": ["pack.zip"],
    "audit prove": [ID],
}
# Bytes of a format have their own test; what a pack holds is looked at where pages are.
PASSED_OVER = {"feed show", "audit pack", "completion", "serve", "store sql", "webhook follow"}


def hostile(value, key=""):
    """Return a state with the paint behind every text that a person wrote."""
    if isinstance(value, dict):
        return {name: hostile(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [hostile(each, key) for each in value]
    return value + PAINT if isinstance(value, str) and key in _TEXTS else value


def hand_written(line):
    """Return a line of the journal with hostile texts, spelt as Kalends spells it."""
    read = json.loads(line)
    state = json.dumps(
        hostile(read.pop("state")), ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    head = json.dumps(read, ensure_ascii=False, separators=(",", ":"))
    return f'{head[:-1]},"state":{state}}}\n'


@pytest.fixture
def painted(workspace):
    """Return a call in a clone whose journal, and all files beside it, a stranger wrote."""
    names = {}

    def call(*arguments):
        return workspace(*(names.get(argument, argument) for argument in arguments))

    for arguments in (
        ["--json", "add", "7月14日上午 团市委 召开推进会 #推进会 @会议室", "--description", "水"],
        ["--json", "add", "8月14日 市教育局 动员会"],
        ["correct", ID, "--title", "召开推进会议", "--reason", "错字"],
        ["move", OTHER, "--to", "8月15日", "--reason", "雨"],
        ["withhold", OTHER, "--reason", "未公开"],
        ["dept", "rename", "jyj", "辽源教育局", "--on", "2020-08-01", "--reason", "改名"],
    ):
        said = call(*arguments)
        assert said.code == 0, said
        if "add" in arguments:
            names[OTHER if ID in names else ID] = said.document["activity"]["id"]
    assert workspace("publish").code == 0
    for name in ("kalends.db", "kalends.db-wal", "kalends.db-shm"):
        with suppress(FileNotFoundError):
            Path("events", name).unlink()
    journal = Path("events/journal.jsonl")
    for path in (Path("events/checkpoint"), *Path("events/checkpoints").iterdir()):
        path.unlink()  # they speak against such a journal
    lines = journal.read_text("utf-8").split("\n")
    journal.write_text("".join(map(hand_written, filter(None, lines))), "utf-8", newline="\n")
    feed = Path("feeds/all.ics").read_bytes()
    Path("hostile.ics").write_bytes(feed.replace(b"SUMMARY", f"X-{HIDDEN}\r\nSUMMARY".encode()))
    Path("proof.json").write_text(json.dumps({"format": PAINT}), "utf-8")
    Path("pack.zip").write_text(PAINT, "utf-8")
    call.names = names
    return call


def is_clean(text):
    """Tell whether nothing hidden is in what was printed, but line feeds and tabs."""
    found = {
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }
    return not found - {"\n", "\t"} and "\u3164" not in text


def commands(group, path=""):
    """Yield the names of all commands that do not write."""
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if isinstance(command, Group):
            yield from commands(command, f"{path}{name} ")
        elif command._kind != "writes":
            yield path + name


def test_every_command_that_does_not_write_is_called_or_passed_over_by_name():
    assert set(commands(kalends)) == {*READS, *PASSED_OVER}


@pytest.mark.campaign
@pytest.mark.parametrize("form", [[], ["--json"], ["--lang", "zh"]])
def test_nothing_hidden_comes_out_of_a_pipe(painted, form):
    said = painted(*form)
    assert is_clean(said.out + said.err), said
    seen = 0
    for name, arguments in READS.items():
        said = painted(*form, *name.split(), *arguments)
        if name == "audit prove":
            continue  # its bytes are looked at below
        assert is_clean(said.out + said.err), (name, said)
        seen += "\\u001b" in said.out + said.err
        if form == ["--json"] and said.out:
            assert said.out.startswith("{"), (name, said)
            json.loads(said.out)
    assert seen > 8, "the paint is to be found in what is printed, escaped"


@pytest.mark.campaign
def test_no_text_of_a_stranger_makes_a_line_of_its_own(painted):
    for name, arguments in READS.items():
        said = painted(*name.split(), *arguments)
        for line in (said.out + said.err).splitlines():
            assert not re.match(r"√ (Proved|all is well)", line), (name, line)


def test_settings_and_lines_given_are_shown_escaped(painted):
    Path("kalends.toml").write_text(f'language = "{json.dumps(PAINT)[1:-1]}"\n', "utf-8")
    assert is_clean("".join(map(str, vars(painted("agenda")).values())))
    Path("kalends.toml").write_text(f"language = {PAINT}\n", "utf-8")
    assert is_clean("".join(map(str, vars(painted("doctor")).values())))
    Path("kalends.toml").write_text(f"[audit]\nkeys = [{json.dumps(PAINT)}]\n", "utf-8")
    said = painted("audit", "verify")
    assert is_clean(said.out + said.err)
    Path("kalends.toml").write_text('language = "en"\n', "utf-8")
    for line in (PAINT, json.dumps(PAINT), json.dumps({PAINT: 1}), json.dumps({"when": PAINT})):
        Path("lines.jsonl").write_text(line.replace("\n", " ") + "\n", "utf-8")
        said = painted("add", "--from", "lines.jsonl")
        assert said.code
        assert is_clean(said.out + said.err), said
    for sentence in (PAINT, f"7月14日 团市委 {PAINT}", f"7月14日 {PAINT}局 会"):
        said = painted("add", sentence)
        assert said.code
        assert is_clean(said.out + said.err), said


def seen_at_a_terminal(*arguments):
    """Return what a call writes to a terminal."""
    inner, outer = pty.openpty()
    termios.tcsetwinsize(outer, (50, 400))
    program = "from kalends.cli.app import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=outer, stdout=outer, stderr=outer,
        env={**os.environ, "PYTHONUTF8": "1"}, close_fds=True,
    ) as process:  # fmt: skip
        os.close(outer)
        read = b""
        with suppress(OSError):  # Linux says that nobody writes any more by an error
            while block := os.read(inner, 65_536):
                read += block
        process.wait(60)
    os.close(inner)
    return read.decode().replace("\r\n", "\n")


def without_tones(said):
    """Return what was said without our own colours, which stand around whole lines alone."""
    return re.sub(r"^\x1b\[(?:31|2)m(.*)\x1b\[0m$", r"\1", said, flags=re.MULTILINE)


@pytest.mark.campaign
@pytest.mark.parametrize(
    "name", ["agenda", "history", "show", "log", "audit verify", "audit served", "audit prove"]
)
def test_nothing_hidden_comes_to_a_terminal(painted, name):
    arguments = [painted.names.get(argument, argument) for argument in READS[name]]
    said = without_tones(seen_at_a_terminal(*name.split(), *arguments))
    assert is_clean(said), said
    assert "\\u001b" in said or name in {"audit verify", "audit served", "audit prove"}


@pytest.mark.campaign
@pytest.mark.usefixtures("painted")
def test_a_feed_is_exact_in_a_pipe_and_escaped_on_a_terminal():
    said = seen_at_a_terminal("feed", "show", "all")
    assert is_clean(said)
    assert "\\u202e" in said
    assert "END:VCALENDAR\n" in said
    piped = subprocess.run(
        [sys.executable, "-c", "from kalends.cli.app import main; main()", "feed", "show", "all"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    assert "\u202e".encode() in piped
    assert piped.endswith(b"END:VCALENDAR\r\n")
