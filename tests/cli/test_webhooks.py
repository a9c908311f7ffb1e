"""`kalends webhook`: made once, listed by mark, sent, resumed, ended."""

import io
import os
import re
import signal
import threading
import time
from pathlib import Path

import pytest

from hooked_campaign import receiver, receiving

__all__ = ["receiver", "receiving"]


WAIT = threading.Event.wait
SECRETS = Path(".kalends-secrets")


@pytest.fixture
def made(workspace, receiver):
    """Return a call in a workspace, the key of a webhook made there, and its mark."""
    said = workspace(
        "webhook", "new", f"{receiver.url}?token=hush", "--dept", "团市委", "--from", "0"
    )
    assert said.code == 0, said
    (mark,) = re.findall(r"revoke ([0-9a-f]{8})`", said.err)
    return workspace, said.out.strip(), mark


def listed(kalends):
    return kalends("webhook", "ls").out.splitlines()[1].split(maxsplit=3)


def test_it_is_made_sent_listed_and_ended(made, receiver):
    kalends, key, mark = made
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", key)
    assert listed(kalends)[0] == mark
    assert listed(kalends)[2:] == ["0", "4 behind  -"]
    kalends("add", "7月21日 团市委 走访")
    said = kalends("webhook", "send")
    assert (said.code, said.out) == (0, f"{mark}: up to date, 1 sent\n")
    assert receiver.received[0].path == "/hook?token=hush"
    assert receiver.received[0].is_signed_with(key)
    assert listed(kalends)[2:] == ["5", "up to date  204"]
    assert kalends("webhook", "revoke", mark).out == f"{mark} ended: nothing more is sent to it.\n"
    assert kalends("webhook", "ls").err == "There are no webhooks.\n"
    assert kalends("webhook", "send").err == "There are no webhooks.\n"
    assert not list(SECRETS.glob("sent-*"))


def test_what_is_secret_is_shown_nowhere_again(made):
    kalends, key, mark = made
    for words in (["webhook", "ls"], ["--json", "webhook", "ls"], ["webhook", "resume", mark],
                  ["--json", "webhook", "resume", mark], ["token", "log"], ["doctor"]):  # fmt: skip
        said = kalends(*words)
        assert "hush" not in said.out + said.err
        assert key not in said.out + said.err


def test_an_address_can_be_read_from_standard_input(workspace, receiver, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{receiver.url}\n"))
    assert workspace("webhook", "new", "-", "--from", "0").code == 0
    workspace("add", "7月21日 团市委 走访")
    assert workspace("webhook", "send").code == 0
    assert len(receiver.received) == 1


def test_a_receiver_that_fails_is_listed_with_its_answer_and_nothing_hidden_in_it(made, receiver):
    def refuse(handler):
        handler.wfile.write(
            b"HTTP/1.1 400 No\r\nContent-Length: 12\r\n\r\nno\x1b[2J\r\n\xe2\x80\xae!"
        )

    kalends, _, mark = made
    kalends("add", "7月21日 团市委 走访")
    receiver.always = refuse
    said = kalends("webhook", "send")
    assert (said.code, said.out) == (9, f"{mark}: failed after 0 sent\n")
    assert said.err.startswith(f"Webhooks that are not up to date: {mark}.\n")
    (hook,) = kalends("--json", "webhook", "ls").document["webhooks"]
    assert hook["last"]["status"] == 400
    assert hook["last"]["text"] == "no\\u001b[2J \\u202e!"
    assert (hook["position"], hook["behind"], hook["sent"]) == (4, 1, None)
    assert re.search(
        r"1 behind, failing since 2020-07-20T\d\d:\d\d:\d\dZ  400 no\\u001b",
        kalends("webhook", "ls").out,
    )
    later = kalends("--json", "webhook", "send")
    assert later.code == 9
    assert later.document["webhooks"][0]["outcome"] == "failed"


def test_it_is_paused_after_days_and_doctor_and_the_record_say_so(made, receiver, machine):
    kalends, _, mark = made
    kalends("add", "7月21日 团市委 走访")
    receiver.always = 500
    kalends("webhook", "send")
    machine.now = machine.now.replace(day=26)
    kalends("webhook", "send")
    assert "paused since 2020-07-26" in kalends("webhook", "ls").out
    assert kalends("webhook", "send").out == f"{mark}: paused\n"
    assert f"The webhooks {mark} are paused" in kalends("doctor").out
    changes = [line["change"] for line in kalends("--json", "token", "log").document["lines"]]
    assert changes == ["made", "paused"]
    assert kalends("token", "log").out.splitlines()[1].endswith(f"{mark}  webhook: paused")
    receiver.always = 204
    assert kalends("webhook", "resume", mark).out == f"{mark} is tried again.\n"
    assert kalends("webhook", "send").code == 0
    assert "paused" not in kalends("doctor").out


def test_where_its_position_is_lost_the_others_go_on_and_it_can_be_said(made, receiver):
    kalends, _, mark = made
    kalends("add", "7月21日 团市委 走访")
    kalends("webhook", "new", receiver.url, "--from", "0")
    (SECRETS / f"sent-{mark}.json").unlink()
    said = kalends("webhook", "send")
    assert said.code == 9
    assert f"{mark}: failed after 0 sent" in said.out
    assert f".kalends-secrets/sent-{mark}.json is damaged or missing" in said.err
    assert len(receiver.received) == 1
    assert listed(kalends)[2:] == ["?", "damaged     -"]
    assert kalends("--json", "webhook", "ls").document["webhooks"][0]["position"] is None
    assert kalends("webhook", "resume", mark, "--from", "2020-07-01").code == 3
    assert kalends("webhook", "resume", mark, "--from", "0").code == 0
    assert kalends("webhook", "send").code == 0
    assert len(receiver.received) == 2


def test_nothing_is_said_of_withheld_activities(made, receiver):
    kalends, *_ = made
    secret = kalends("--json", "add", "7月21日 团市委 绝密").document["activity"]["id"]
    kalends("withhold", secret, "--reason", "未定")
    assert kalends("webhook", "send").code == 0
    assert receiver.received == []


def test_following_sends_until_it_is_stopped_and_says_what_fails_once(made, receiver, monkeypatch):
    kalends, _, mark = made
    kalends("webhook", "new", receiver.url, "--from", "0")
    (SECRETS / f"sent-{mark}.json").write_text("x")
    kalends("add", "7月21日 团市委 走访")
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    rounds = []

    def wait(stopped, seconds):
        assert seconds == 1
        rounds.append(len(receiver.received))
        if len(rounds) > 3 and receiver.received:
            os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)
        return stopped.is_set()

    monkeypatch.setattr("threading.Event.wait", lambda event, seconds=None: (
        wait(event, seconds) if seconds == 1 else WAIT(event, seconds)
    ))  # fmt: skip
    try:
        said = kalends("webhook", "follow")
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)
    assert said.code == 0
    assert said.err.endswith("Stopped.\n")
    assert said.err.count("up to date, 1 sent") == 1
    assert said.err.count(f"{mark}: failed after 0 sent") == 1
    assert said.err.count(f"sent-{mark}.json is damaged or missing") == 1
    assert len(receiver.received) == 1


def test_in_chinese(made, receiver):
    kalends, _, mark = made
    receiver.always = 500
    kalends("add", "7月21日 团市委 走访")
    assert kalends("--lang", "zh", "webhook", "send").out == f"{mark}：已送 0 条，随后失败\n"
    assert "落后 1 条" in kalends("--lang", "zh", "webhook", "ls").out
