"""`kalends digest`: made, listed, sent when due, ended."""

import io
import re

import pytest
from click import termui

from hooked_campaign import chat, receiving
from kalends.cli.context import Context

__all__ = ["chat", "receiving"]


@pytest.fixture
def made(workspace, chat, monkeypatch):
    """Return a call in a workspace, and the mark of a digest made there."""
    address = chat.url.replace("http:", "json:").replace("127", "u:hush@127")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{address}\n"))
    said = workspace("digest", "new", "-", "--note", "office group")
    assert said.code == 0, said
    assert re.fullmatch(r"[0-9a-f]{8}\n", said.out)
    return workspace, said.out.strip()


@pytest.mark.parametrize("kind", ["digest", "webhook"])
@pytest.mark.parametrize("given", [["-"], [], ["-", "--json"]])
def test_at_a_terminal_an_address_is_asked_for_and_not_shown(
    workspace, chat, kind, given, monkeypatch
):
    address = chat.url
    if kind == "digest":
        address = address.replace("http:", "json:").replace("127", "u:hush@127")
    asked = []
    monkeypatch.setattr(Context, "is_at_terminal", True)
    monkeypatch.setattr(termui, "hidden_prompt_func", lambda text: asked.append(text) or address)
    said = workspace(kind, "new", *given)
    assert said.code == 0, said
    assert asked == ["Address, not shown> "] or "Address, not shown> " in said.err
    assert len(asked) == 1
    assert "hush" not in said.out + said.err
    assert len(workspace("--json", kind, "ls").document[f"{kind}s"]) == 1


@pytest.mark.parametrize("kind", ["digest", "webhook"])
def test_without_a_terminal_an_address_is_needed(workspace, kind):
    refused = workspace(kind, "new")
    assert (refused.code, refused.out) == (2, "")
    assert "URL" in refused.err


def test_it_is_made_sent_when_something_changed_listed_and_ended(made, chat, machine):
    kalends, mark = made
    assert kalends("digest", "send").out == f"{mark}: up to date, 0 sent\n"
    kalends("add", "7月21日 团市委 走访")
    assert kalends("digest", "send").out == f"{mark}: up to date, 1 sent\n"
    kalends("add", "7月22日 团市委 座谈")
    assert kalends("digest", "send").out == f"{mark}: not due yet\n"
    machine.now = machine.now.replace(day=21)
    assert kalends("--json", "digest", "send").document["digests"] == [
        {"mark": mark, "outcome": "done", "sent": 1, "error": None}
    ]
    assert [each.message["title"] for each in chat.received] == ["创城: 1 activity changed"] * 2
    assert chat.received[0].message["message"] == (
        "共青团辽源市委员会\n＋ planned · 走访 · Tue 21 July"
    )
    row = kalends("digest", "ls").out.splitlines()[1]
    assert row == f"{mark}  json://…  day    6         up to date  taken        office group"
    assert kalends("digest", "revoke", mark).out == f"{mark} ended: nothing more is sent to it.\n"
    assert kalends("digest", "ls").err == "There are no digests.\n"
    assert kalends("digest", "send").err == "There are no digests.\n"


def test_one_that_fails_is_listed_and_its_address_is_shown_nowhere(made, chat):
    kalends, mark = made
    kalends("add", "7月21日 团市委 走访")
    chat.always = 500
    said = kalends("digest", "send")
    assert (said.code, said.out) == (9, f"{mark}: failed after 0 sent\n")
    assert said.err.startswith(f"Digests that were not sent: {mark}.\n")
    assert kalends("--json", "digest", "send").code == 9
    assert re.search(r"1 behind, failing since \S+  not sent ", kalends("digest", "ls").out)
    assert f"Digests that were not sent: {mark}" in kalends("doctor").out
    for words in (
        ["digest", "ls"],
        ["--json", "digest", "ls"],
        ["--json", "digest", "send"],
        ["token", "log"],
    ):
        said = kalends(*words)
        assert "hush" not in said.out + said.err


def test_making_and_ending_are_on_record(made):
    kalends, mark = made
    kalends("--json", "digest", "revoke", mark)
    assert kalends("token", "log").out.splitlines()[1].endswith(f"{mark}  digest: revoked")
