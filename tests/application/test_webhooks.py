"""Webhooks: signed, in order, at least once, and nothing that is withheld."""

import json
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from itertools import pairwise
from threading import Event

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hooked_campaign import campaign, receiver, receiving, template, workspace
from kalends.application.queries import activity_history
from kalends.application.readers.change_shapes import happened
from kalends.application.readers.public_record import PublicRecord
from kalends.application.subscriptions import deliveries, sending, subscriptions, webhooks
from kalends.application.subscriptions.http_post import PostAnswer, plain_address, post, shortened
from kalends.application.subscriptions.sending import PAUSED_AFTER, send, send_all
from kalends.application.subscriptions.webhook_messages import signature
from kalends.domain.commands import ReleaseActivity, RetractActivity
from kalends.domain.errors import (
    AheadOfLogError,
    HookAddressError,
    HookNotFoundError,
    InsecureHookError,
    PositionNotFoundError,
)
from served_campaign import SECRET, Campaign

__all__ = ["campaign", "receiver", "receiving", "template", "workspace"]


def public(workspace, after=0):
    """Return what `/changes.json` gives."""
    record = PublicRecord(workspace)
    return json.loads(json.dumps(happened(record, record.following(after, 1_000))))


def later(campaign, **how):
    campaign.now += timedelta(**how)


def stands(workspace, hook):
    return deliveries.read(workspace.folder, hook)


def test_the_signature_is_that_of_the_specifications_own_example():
    assert (
        signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            b'{"test": 2432232314}',
        )
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_all_is_sent_in_order_as_the_changes_give_it_and_signed(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, after="0")
    campaign.move(campaign.ids["first"], "7月31日上午", "场地冲突")
    campaign.add("7月21日 龙山区 志愿服务日")

    assert send(workspace, hook).messages == 3

    messages = [each.message for each in receiver.received]
    expected = public(workspace)
    assert [each["data"] for each in messages] == expected
    assert [each["type"] for each in messages] == [each["topic"] for each in expected]
    assert [each["timestamp"] for each in messages] == [each["at"] for each in expected]
    assert {each["campaign"] for each in messages} == {"0123456789ab"}
    for each in receiver.received:
        assert each.is_signed_with(hook.key)
        assert each.id == f"msg_{hook.mark}_{each.position}"
        assert each.headers["content-type"] == "application/json"
        assert each.path == "/hook"
    assert send(workspace, hook) == sending.Sent(hook.mark, "done")
    assert len(receiver.received) == 3


def test_without_a_position_only_what_comes_next_is_sent(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url)
    send_all(workspace)
    assert receiver.received == []
    added = campaign.add("7月21日 龙山区 志愿服务日")
    send_all(workspace)
    assert [each.message["data"]["activity"]["id"] for each in receiver.received] == [added]
    assert stands(workspace, hook).position == workspace.log.position()


def test_filters_choose_and_the_cursor_moves_past_the_rest(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, departments=["龙山区"], tags=["#志愿"])
    campaign.add_all(
        "7月21日 龙山区 志愿服务日 #志愿", "7月21日 龙山区 座谈会", "7月21日 团市委 志愿 #志愿"
    )
    send_all(workspace)
    assert [each.message["data"]["activity"]["title"] for each in receiver.received] == [
        "志愿服务日"
    ]
    assert stands(workspace, hook).position == workspace.log.position()
    assert hook.departments == ("ls",)


def test_a_failure_is_tried_again_after_growing_waits_with_the_same_id(
    campaign, workspace, receiver
):
    hook = webhooks.new(workspace, receiver.url, after="0")
    campaign.add("7月21日 龙山区 志愿服务日")
    receiver.answers = [500, 404, 301, 503]
    waits = []
    for _ in range(4):
        assert send(workspace, hook).outcome == "failed"
        assert send(workspace, hook).outcome == "waiting"
        found = stands(workspace, hook)
        tried, until = (datetime.fromisoformat(at) for at in (found.last.at, found.next_try))
        waits.append((until - tried).total_seconds())
        campaign.now = until
    assert len({each.id for each in receiver.received}) == 1
    assert all(4 * before * 0.8 <= after <= 4 * before * 1.25 for before, after in pairwise(waits))
    assert 5 <= waits[0] <= 6
    assert send(workspace, hook).messages == 2
    assert receiver.positions[-2:] == [each["position"] for each in public(workspace)]
    found = stands(workspace, hook)
    assert (found.failures, found.failing, found.next_try) == (0, None, None)


def test_each_attempt_is_stamped_and_signed_anew(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, after="0")
    receiver.answers = [500]
    send(workspace, hook)
    later(campaign, minutes=1)
    send(workspace, hook)
    first, second = receiver.received
    assert first.body == second.body
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) >= 60
    assert first.is_signed_with(hook.key)
    assert second.is_signed_with(hook.key)


def test_a_receiver_may_ask_to_be_left_alone_for_a_while(campaign, workspace, receiver):
    def busy(handler):
        handler.send_response(429)
        handler.send_header("Retry-After", "600")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    hook = webhooks.new(workspace, receiver.url, after="0")
    receiver.answers = [busy]
    send(workspace, hook)
    later(campaign, minutes=9)
    assert send(workspace, hook).outcome == "waiting"
    later(campaign, minutes=2)
    assert send(workspace, hook).messages == 1


class Killed(BaseException):
    """The process was killed here."""


def test_killed_before_the_cursor_moved_the_same_message_comes_again(
    workspace, receiver, monkeypatch
):
    hook = webhooks.new(workspace, receiver.url, after="0")

    def killed(*_, **__):
        if receiver.received:
            raise Killed
        return write(*_, **__)

    write = deliveries.write
    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "write", killed)
        with pytest.raises(Killed):
            send(workspace, hook)
    send(workspace, hook)
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)


@pytest.mark.campaign
def test_a_process_that_is_killed_sends_the_same_message_again(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, after="0")
    processes = []

    def kill(_):
        processes[0].send_signal(signal.SIGKILL)
        processes[0].wait()

    receiver.answers = [kill]
    command = [sys.executable, "-m", "kalends", "-C", str(campaign.folder), "webhook", "send"]
    processes.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
    assert processes[0].wait(60) == -signal.SIGKILL
    assert stands(workspace, hook).position < stands(workspace, hook).tried
    assert subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0
    first, second = receiver.received
    assert (first.id, first.body) == (second.id, second.body)
    assert stands(workspace, hook).position == workspace.log.position()


def test_what_was_perhaps_received_and_undone_since_is_told(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url)
    added = campaign.add("7月21日 龙山区 志愿服务日")
    receiver.answers = [500]  # the receiver may have kept it all the same
    send(workspace, hook)
    workspace.service.change(added, RetractActivity(reason="误报"))
    later(campaign, minutes=1)
    send(workspace, hook)
    assert [each.message["type"] for each in receiver.received] == [
        "activity.planned", "activity.planned", "activity.retracted",
    ]  # fmt: skip


def test_what_was_undone_before_anybody_was_told_is_not_sent(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url)
    workspace.service.change(campaign.add("7月21日 龙山区 误报"), RetractActivity(reason="误报"))
    assert send(workspace, hook).messages == 0
    assert stands(workspace, hook).position == workspace.log.position()


def test_nothing_withheld_is_sent_not_even_if_it_is_withheld_while_sending(
    campaign, workspace, receiver
):
    hook = webhooks.new(workspace, receiver.url, after="0")
    campaign.withhold(campaign.add(f"7月21日 龙山区 {SECRET}一"))
    second = campaign.add(f"7月21日 龙山区 {SECRET}二")

    def withhold(handler):
        campaign.withhold(second)
        taken(handler)

    receiver.answers = [withhold]
    assert send(workspace, hook).messages == 1
    assert not any(SECRET in each.body.decode() for each in receiver.received)
    workspace.service.change(second, ReleaseActivity())
    send(workspace, hook)
    assert receiver.received[-1].message["type"] == "activity.released"
    assert SECRET in receiver.received[-1].message["data"]["activity"]["title"]


def test_what_is_withheld_is_sent_to_a_hook_made_for_it(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, withheld=True)
    campaign.withhold(campaign.add(f"7月21日 龙山区 {SECRET}"))
    send(workspace, hook)
    assert [each.message["type"] for each in receiver.received] == [
        "activity.planned", "activity.withheld",
    ]  # fmt: skip


@pytest.mark.parametrize("address", ["http://example.org/hook", "http://10.0.0.1/"])
def test_what_is_withheld_goes_nowhere_unencrypted(workspace, address):
    with pytest.raises(InsecureHookError):
        webhooks.new(workspace, address, withheld=True)


ADDRESSES = {
    "https://example.org": "https://example.org",
    "http://127.0.0.1:8080/a?b=c%20d&e=/f": "http://127.0.0.1:8080/a?b=c%20d&e=/f",
    "https://[::1]:1/": "https://[::1]:1/", "HTTPS://Example.ORG/A": "https://example.org/A",
    "https://例子.cn/钩子?名=值": "https://xn--fsqu00a.cn/%E9%92%A9%E5%AD%90?%E5%90%8D=%E5%80%BC",
    **dict.fromkeys((
        "ftp://example.org", "file:///etc/passwd", "gopher://x/", "", "example.org", "//example.org",
        "https://", "https:///path", "https://li:secret@example.org/", "https://li@example.org/",
        "https://example.org/#part", "https://example.org:99999/", "https://example.org:0/",
        "https://example.org:x/", "https://exa mple.org/", "https://example.org/\r\nX: y",
        "https://[::1", "https://example.org\\@other.org/", "\thttps://example.org",
        "https://a..b/", "https://" + "a" * 70 + ".org/", "https://x/\u202e", "https://x/" + "y" * 2_000,
    )),
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_plain_web_addresses_are_taken(workspace, address):
    if (expected := ADDRESSES[address]) is not None:
        made = webhooks.new(workspace, address)
        assert made.address == plain_address(made.address) == expected
        assert "?" not in shortened(made.address)
        return
    with pytest.raises(HookAddressError) as refused:
        webhooks.new(workspace, address)
    assert "secret" not in str(refused.value)


@pytest.mark.campaign
@given(st.text())
@example("´")  # its form for names holds a space
def test_whatever_is_typed_as_an_address_is_plain_or_refused(text):
    for address in (text, f"https://{text}", f"https://example.org/{text}"):
        found = plain_address(address)
        if found is not None:
            assert found.isascii()
            assert found.isprintable()
            assert found.startswith(("http://", "https://"))
            assert plain_address(found) == found


def test_a_position_beyond_the_log_is_refused(workspace, receiver):
    with pytest.raises(PositionNotFoundError):
        webhooks.new(workspace, receiver.url, after="99")


def taken(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def drip(handler):
    """Answer a byte at a time, for ever."""
    for octet in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 5_000:
        handler.wfile.write(bytes([octet]))
        handler.wfile.flush()
        time.sleep(0.02)


def flood(handler):
    """Answer with a failure and more than anybody wants to read."""
    handler.wfile.write(b"HTTP/1.1 500 No\r\n\r\n\x1b[2J\xe2\x80\xae")
    for _ in range(1_000):
        handler.wfile.write(b"x" * 65_536)


def nonsense(handler):
    handler.wfile.write(b"nonsense\r\n\r\n")
    handler.close_connection = True


def silent(handler):
    handler.rfile.read(1)


@pytest.mark.parametrize("slow", [drip, silent])
def test_a_receiver_that_is_slow_is_given_up_in_time(receiver, slow):
    receiver.always = slow
    begun = time.monotonic()
    assert post(receiver.url, {}, b"{}", seconds=0.2) == PostAnswer(problem="timeout")
    assert time.monotonic() - begun < 5


def test_little_is_read_of_an_answer_and_nothing_hidden_kept(receiver):
    receiver.always = flood
    answer = post(receiver.url, {}, b"{}")
    assert (answer.status, len(answer.text)) == (500, 200)
    assert answer.text.startswith("\\u001b[2J\\u202exx")


@pytest.mark.parametrize(("address", "problem"), [
    ("http://127.0.0.1:1/", "connection"), ("http://nowhere.invalid/", "name"),
    ("https://127.0.0.1:{port}/", "tls"),
])  # fmt: skip
def test_why_there_is_no_answer_is_said(receiver, address, problem):
    port = receiver.url.rpartition(":")[2].removesuffix("/hook")
    assert post(address.format(port=port), {}, b"{}").problem == problem


def test_an_answer_that_is_no_http_is_a_failure(receiver):
    receiver.always = nonsense
    assert post(receiver.url, {}, b"{}").problem == "protocol"


def test_a_redirect_is_not_followed(receiver):
    def elsewhere(handler):
        handler.send_response(307)
        handler.send_header("Location", receiver.url)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    receiver.always = elsewhere
    assert post(receiver.url, {}, b"{}").status == 307
    assert len(receiver.received) == 1


def test_a_receiver_that_never_answers_holds_no_other(workspace, receiver):
    held, done = Event(), Event()

    def answer(handler):
        if "slow" in handler.path:
            held.set()
            assert done.wait(60)
            handler.close_connection = True
        else:
            assert held.wait(60)
            taken(handler)

    slow = webhooks.new(workspace, f"{receiver.url}/slow", after="0")
    quick = webhooks.new(workspace, receiver.url, after="0")
    receiver.always = answer
    outcomes = {}

    def report(sent):
        outcomes[sent.mark] = sent.outcome
        if sent.mark == quick.mark:
            done.set()

    sending.follow(workspace, lambda _: done.wait(60), report, time.monotonic)
    assert outcomes == {quick.mark: "done", slow.mark: "failed"}


def test_what_is_recorded_while_it_follows_is_sent_at_once(campaign, workspace, receiver):
    webhooks.new(workspace, receiver.url)
    arrived, added = Event(), []

    def pause(_):
        if not added:
            added.append(campaign.add("7月21日 龙山区 志愿服务日"))
        return arrived.wait(0.05)

    receiver.always = lambda handler: (taken(handler), arrived.set())
    sending.follow(workspace, pause, lambda _: None, time.monotonic)
    assert [each.message["data"]["activity"]["id"] for each in receiver.received] == added


def test_what_is_resumed_from_a_position_is_sent_again_while_it_follows(workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, after="0")
    resumed = []

    def pause(_):
        is_done = stands(workspace, hook).position == workspace.log.position()
        if is_done and not resumed:
            resumed.append(webhooks.resume(workspace, hook.mark, "0"))
        return len(receiver.received) == 2 or time.sleep(0.005)

    sending.follow(workspace, pause, lambda _: None, time.monotonic)
    assert receiver.received[0].id == receiver.received[1].id


def test_it_is_paused_after_days_of_failure_and_resumed_by_hand(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, after="0")
    receiver.always = 500
    send(workspace, hook)
    later(campaign, hours=PAUSED_AFTER.total_seconds() / 3_600 - 1)
    assert send(workspace, hook).outcome == "failed"
    later(campaign, hours=2)
    send(workspace, hook)
    assert send(workspace, hook).outcome == "paused"
    receiver.always = 204
    webhooks.resume(workspace, hook.mark)
    assert send(workspace, hook).messages == 1
    changes = [line.change for line in subscriptions.access_record(workspace).lines()]
    assert changes == ["made", "paused", "resumed"]


def test_what_is_gone_is_paused_at_once(workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, after="0")
    receiver.always = 410
    send(workspace, hook)
    assert send(workspace, hook).outcome == "paused"


def test_resumed_from_a_position_it_sends_again_what_came_after_it(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, after="0")
    campaign.add("7月21日 龙山区 志愿服务日")
    send(workspace, hook)
    webhooks.resume(workspace, hook.mark, str(receiver.positions[0]))
    send(workspace, hook)
    assert receiver.positions[2:] == receiver.positions[1:2]


def test_where_the_log_was_replaced_by_an_older_one_nothing_is_sent(campaign, workspace, receiver):
    hook = webhooks.new(workspace, receiver.url)
    ahead = workspace.log.position() + 5
    deliveries.write(workspace.folder, hook, deliveries.Delivery(position=ahead, tried=ahead))
    for _ in range(6):
        sent = send(workspace, hook)
        assert (sent.outcome, sent.error.code) == ("failed", "ahead-of-log")
        with pytest.raises(AheadOfLogError):
            webhooks.check_webhooks(workspace.folder, workspace.log.position())
        campaign.add(f"7月21日 龙山区 走访{chr(0x4E10 + workspace.log.position())}户")
        if workspace.log.position() == ahead:
            break
    assert receiver.received == []


def test_only_one_process_sends_at_a_time(workspace, receiver):
    hook = webhooks.new(workspace, receiver.url, after="0")
    with deliveries.sending(workspace.folder, hook):
        assert send(workspace, hook).outcome == "busy"
    assert receiver.received == []
    assert send(workspace, hook).messages == 1


def test_a_revoked_hook_gets_nothing_more_even_of_what_was_being_sent(
    campaign, workspace, receiver
):
    hook = webhooks.new(workspace, receiver.url, after="0")
    campaign.add("7月21日 龙山区 志愿服务日")

    def revoke(handler):
        with campaign.opened() as other:
            webhooks.revoke(other, hook.mark)
        taken(handler)

    receiver.answers = [revoke]
    assert send(workspace, hook) == sending.Sent(hook.mark, "ended", 1)
    assert len(receiver.received) == 1
    assert send(workspace, hook).outcome == "ended"
    with pytest.raises(HookNotFoundError):
        webhooks.revoke(workspace, hook.mark)


def test_the_files_are_their_owners_alone(workspace, receiver):
    webhooks.new(workspace, receiver.url)
    modes = {path.name: path.stat().st_mode & 0o777 for path in workspace.folder.secrets.iterdir()}
    assert {mode for name, mode in modes.items() if name.endswith(".json")} == {0o600}


STEPS = st.lists(
    st.sampled_from(["add", "move", "retract", "withhold", "release", "send", "lost", "500", "kill"]),
    min_size=1, max_size=12,
)  # fmt: skip


@pytest.mark.campaign
@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
@example(steps=["add", "retract", "add", "500"])
def test_whatever_fails_all_that_is_public_arrives_in_order(template, tmp_path_factory, steps):
    walk(template, tmp_path_factory.mktemp("steps") / "c", steps)


def test_one_way_through_all_that_can_fail(template, tmp_path):
    """The same in one walk, for every run."""
    steps = "add send add lost move kill retract send add 500 withhold send release kill move send"
    walk(template, tmp_path / "c", [*steps.split(), "add", "kill", "retract", "add", "withhold"])


def test_what_was_undone_before_anything_was_sent_is_never_told(template, tmp_path):
    walk(template, tmp_path / "c", ["add", "retract", "add", "500"])


def walk(template, folder, steps):
    """Each step changes the record, or sends to a receiver that takes, loses, refuses or kills."""
    shutil.copytree(template.folder.parent, folder)
    campaign = Campaign(folder / "w")
    taken, step = [], ""

    def answer(_, headers, body, **_how):
        taken.append((headers["webhook-id"], json.loads(body)["data"]))
        if step == "kill":
            raise Killed
        later(campaign, hours=2)
        return PostAnswer(200) if step == "send" else PostAnswer(500)

    with campaign.opened() as workspace, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending, "post", answer)
        hook = webhooks.new(workspace, "https://example.org/")
        begun, last, withheld = workspace.log.position(), None, False
        for step in [*steps, "send"]:
            if step == "add" or (
                last is None and step in {"move", "retract", "withhold", "release"}
            ):
                last, withheld = (
                    campaign.add(
                        f"10月21日 龙山区 走访{chr(0x4E10 + workspace.log.position())}户"
                    ),
                    False,
                )
            elif step == "move":
                campaign.move(last, f"11月{workspace.log.position() % 28 + 1}日", "改期")
            elif step == "retract":
                workspace.service.change(last, RetractActivity(reason="误报"))
                last = None
            elif step == "withhold" and not withheld:
                campaign.withhold(last)
                withheld = True
            elif step == "release" and withheld:
                workspace.service.change(last, ReleaseActivity())
                withheld = False
            elif step in {"send", "500", "kill"}:
                later(campaign, hours=2)
                before = _ids(workspace, withheld=True)
                count = len(taken)
                try:
                    send(workspace, hook)
                except Killed:
                    assert step == "kill"
                assert before.isdisjoint(each["activity"]["id"] for _, each in taken[count:])
        positions = [each["position"] for _, each in taken]
        firsts = list(dict.fromkeys(positions))
        assert firsts == sorted(firsts)
        assert {each["position"] for each in public(workspace, begun)} <= set(positions)
        known = {each["activity"]["id"] for _, each in taken}
        gone = _ids(workspace, status="retracted") - _ids(workspace, withheld=True)
        said = {
            each["activity"]["id"] for _, each in taken if each["topic"] == "activity.retracted"
        }
        assert known & gone <= said
        assert stands(workspace, hook).position == workspace.log.position()


def _ids(workspace, **wanted):
    """Return the ids of the activities that stand so now."""
    streams = {entry.stream for entry in workspace.log.entries()}
    position, found = workspace.log.position(), set()
    for name in (stream.removeprefix("activity-") for stream in streams if "activity-" in stream):
        now = activity_history.current(workspace, name, known_at=position)
        if all(getattr(now, field) == value for field, value in wanted.items()):
            found.add(name)
    return found
