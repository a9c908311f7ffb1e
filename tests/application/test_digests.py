"""Digests: what changed since the last one, in plain words, once in a period at most."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
import requests

import smtp_receiver as smtp
from hooked_campaign import campaign, chat, receiving, template, workspace
from kalends.application.recording import campaigns
from kalends.application.recording.campaigns import GivenSettings
from kalends.application.subscriptions import deliveries, digests, notifying, subscriptions
from kalends.application.subscriptions.digests import send
from kalends.domain.commands import RetractActivity
from kalends.domain.errors import DigestAddressError, DigestNotFoundError, NoNotifyError
from kalends.presentation import digest_text
from served_campaign import SECRET

__all__ = ["campaign", "chat", "receiving", "template", "workspace"]

SITE = "https://calendar.example.org"


@pytest.fixture(scope="module")
def post_office():
    server, stop = smtp.started()
    yield server
    stop()


@pytest.fixture(autouse=True)
def _emptied(post_office):
    post_office.mails, post_office.takes = [], True


def to_chat(chat):
    return chat.url.replace("http:", "json:")


def said(chat):
    return [(each.message["title"], each.message["message"]) for each in chat.received]


def later(campaign, **how):
    campaign.now += timedelta(**how)


def test_it_says_what_changed_by_department_in_the_campaigns_language(campaign, workspace, chat):
    campaigns.revise(workspace, GivenSettings(site=SITE))
    made = digests.new(workspace, to_chat(chat), "day")
    begun = workspace.log.position()
    campaign.move(campaign.ids["first"], "7月31日上午", "场地冲突")
    added = campaign.add("7月21日 龙山区 志愿服务日")
    campaign.withhold(campaign.add(f"7月22日 龙山区 {SECRET}"))
    assert send(workspace, made).messages == 2
    assert said(chat) == [(
        "辽源市创建全国文明城市：2 项活动有变化",
        ("共青团辽源市委员会\n"
        "→ 已改期 · 推进会 · 7月31日 周五 上午 · 市政府\n"
        "    日期：7月30日 周四 上午 → 7月31日 周五 上午\n"
        "    原因：场地冲突\n"
        f"    {SITE}/activities/{campaign.ids['first']}\n"
        "\n"
        "龙山区\n"
        "＋ 计划 · 志愿服务日 · 7月21日 周二\n"
        f"    {SITE}/activities/{added}\n"
        "\n"
        f"{SITE}/changes?after={begun}"),
    )]  # fmt: skip


def test_without_a_site_there_are_no_links(campaign, workspace, chat):
    made = digests.new(workspace, to_chat(chat), "day")
    campaign.add("7月21日 龙山区 志愿服务日")
    send(workspace, made)
    assert "http" not in said(chat)[0][1]


def test_several_changes_of_an_activity_are_told_together(campaign, workspace, chat):
    made = digests.new(workspace, to_chat(chat), "day")
    campaign.move(campaign.ids["first"], "7月31日上午", "场地冲突")
    campaign.move(campaign.ids["first"], "8月1日上午", "下雨")
    campaign.cancel(campaign.ids["first"], "停电")
    send(workspace, made)
    ((_, body),) = said(chat)
    assert body.splitlines()[1] == "× 已改期、已取消 · 推进会 · 8月1日 周六 上午 · 市政府"
    assert "日期：7月30日 周四 上午 → 8月1日 周六 上午" in body
    assert body.count("原因：") == 3


def test_a_corrected_status_is_told_and_one_that_the_event_names_is_not(campaign, workspace, chat):
    made = digests.new(workspace, to_chat(chat), "day")
    campaign.correct(campaign.ids["first"], status="held", reason="已经开过")
    send(workspace, made)
    ((_, body),) = said(chat)
    assert "状态：计划 → 已开展" in body


def test_when_nothing_changed_nothing_is_sent(campaign, workspace, chat):
    made = digests.new(workspace, to_chat(chat), "day")
    campaign.withhold(campaign.add(f"7月22日 龙山区 {SECRET}"))
    workspace.service.change(campaign.add("7月22日 龙山区 误报"), RetractActivity(reason="误报"))
    assert send(workspace, made) == digests.Sent(made.mark, "done", 0)
    assert chat.received == []
    assert deliveries.read(workspace.folder, made).position == workspace.log.position()


@pytest.mark.parametrize(("every", "wait", "more"), [
    # It is a Monday, ten in the morning.
    ("hour", {"minutes": 50}, {"minutes": 15}),
    ("day", {"hours": 13}, {"hours": 2}),
    ("week", {"days": 6}, {"days": 1}),
])  # fmt: skip
def test_it_is_sent_once_in_its_period(campaign, workspace, chat, every, wait, more):
    made = digests.new(workspace, to_chat(chat), every)
    campaign.add("10月21日 龙山区 志愿服务日")
    assert send(workspace, made).outcome == "done"
    campaign.add("10月22日 龙山区 座谈会")
    later(campaign, **wait)
    assert send(workspace, made).outcome == "waiting"
    later(campaign, **more)
    assert send(workspace, made).messages == 1
    assert len(chat.received) == 2
    assert "座谈会" in said(chat)[1][1]
    assert "志愿服务日" not in said(chat)[1][1]


def test_one_that_failed_is_sent_whole_the_next_time(campaign, workspace, chat):
    made = digests.new(workspace, to_chat(chat), "week")
    added = campaign.add("7月21日 龙山区 志愿服务日")
    chat.answers = [500]
    assert send(workspace, made).outcome == "failed"
    stands = deliveries.read(workspace.folder, made)
    assert (stands.failures, stands.last.problem) == (1, "refused")
    assert "500" in stands.last.text
    workspace.service.change(added, RetractActivity(reason="误报"))
    assert send(workspace, made).outcome == "done"  # it may have been read after all
    assert "志愿服务日" in said(chat)[1][1]
    assert "撤销" in said(chat)[1][1]
    assert deliveries.read(workspace.folder, made).failing is None


def test_what_a_service_answers_is_printed_nowhere(campaign, workspace, chat, capfd):
    def hostile(handler):
        handler.wfile.write(b"HTTP/1.1 500 \x1b[2J\r\nContent-Length: 4\r\n\r\n\x1b[2J")

    made = digests.new(workspace, to_chat(chat), "day")
    campaign.add("7月21日 龙山区 志愿服务日")
    chat.always = hostile
    assert send(workspace, made).outcome == "failed"
    assert "\x1b" not in deliveries.read(workspace.folder, made).last.text
    assert capfd.readouterr() == ("", "")


def test_it_goes_by_mail(campaign, workspace, post_office):
    port = post_office.server_address[1]
    made = digests.new(
        workspace, f"mailto://127.0.0.1:{port}?from=office@example.org&to=li@example.org", "day"
    )
    campaign.add("7月21日 龙山区 志愿服务日 <b>&")
    assert send(workspace, made).outcome == "done"
    (mail,) = post_office.mails
    assert mail["Subject"] == "辽源市创建全国文明城市：1 项活动有变化"
    assert "li@example.org" in mail["To"]
    for part in mail.walk():
        if not part.is_multipart():
            assert "志愿服务日" in part.get_content()
            assert part.get_content_type() == "text/plain" or "<b>" not in part.get_content()


@pytest.fixture
def robots(monkeypatch):
    """Return what is sent to chat robots: the address and the bytes of each request."""
    sent = []

    def request(_, **how):
        data = how.get("data") or how["json"]
        sent.append((how["url"], data if isinstance(data, bytes) else data.encode()))
        answer = requests.Response()
        answer.status_code = 200
        answer._content = b'{"code": 0, "errcode": 0, "errmsg": "ok"}'
        return answer

    monkeypatch.setattr(requests.Session, "request", request)
    monkeypatch.setattr("apprise.plugins.base.NotifyBase.throttle", lambda *_, **__: None)
    return sent


@pytest.mark.parametrize(("address", "host"), [
    ("wecombot://botkey12345", "qyapi.weixin.qq.com"),
    ("dingtalk://token12345", "oapi.dingtalk.com"),
    ("feishu://token12345", "open.feishu.cn"),
])  # fmt: skip
def test_it_goes_to_chat_robots(campaign, workspace, robots, address, host):
    made = digests.new(workspace, address, "day")
    campaign.add("7月21日 龙山区 志愿服务日")
    assert send(workspace, made).outcome == "done"
    ((url, data),) = robots
    assert url.startswith(f"https://{host}/")
    assert "志愿服务日" in json.dumps(json.loads(data), ensure_ascii=False)


def test_what_is_too_long_for_a_chat_is_sent_in_several_messages(campaign, workspace, robots):
    made = digests.new(workspace, "wecombot://botkey12345", "day")
    names = [f"走访{chr(0x4E10 + number)}户" for number in range(12)]
    campaign.add_all(*(f"7月21日 龙山区 {name}{'很' * 150}" for name in names))
    assert send(workspace, made).outcome == "done"
    texts = [json.loads(data)["text"]["content"] for _, data in robots]
    assert len(texts) > 1
    assert all(len(text.encode()) <= 2_048 for text in texts)
    whole = "".join(texts)
    assert all(name in whole for name in names)


@pytest.mark.parametrize(
    "address",
    ["", "li@example.org", "https://example.org/", "nonsense://x", "mailto://", "json://a\nb"],
)
def test_only_addresses_of_services_are_taken(workspace, address):
    with pytest.raises(DigestAddressError):
        digests.new(workspace, address, "day")


def test_a_digest_is_no_webhook_and_ends_at_once(campaign, workspace, chat):
    made = digests.new(workspace, to_chat(chat), "day")
    assert subscriptions.subscriptions(workspace.folder, "webhook") == []
    campaign.add("7月21日 龙山区 志愿服务日")
    digests.revoke(workspace, made.mark)
    assert send(workspace, made).outcome == "ended"
    assert chat.received == []
    with pytest.raises(DigestNotFoundError):
        digests.revoke(workspace, made.mark)


def test_only_one_process_sends_it(workspace, chat):
    made = digests.new(workspace, to_chat(chat), "day", after="0")
    with deliveries.sending(workspace.folder, made):
        assert send(workspace, made).outcome == "busy"
    assert send(workspace, made).messages == 1


def test_of_very_many_changes_the_rest_is_counted(campaign, workspace, chat, monkeypatch):
    monkeypatch.setattr(digest_text, "_MOST", 2)
    made = digests.new(workspace, to_chat(chat), "day")
    campaign.add_all(*(f"7月21日 龙山区 走访{name}户" for name in "甲乙丙丁"))
    send(workspace, made)
    (_, body) = said(chat)[0]
    assert body.splitlines()[-1] == "另有 2 项活动"


def test_without_the_library_it_says_how_to_get_it(campaign, workspace, chat, monkeypatch):
    made = digests.new(workspace, to_chat(chat), "day")
    campaign.add("7月21日 龙山区 志愿服务日")
    monkeypatch.setattr(notifying, "find_spec", lambda _: None)
    with pytest.raises(NoNotifyError):
        digests.new(workspace, to_chat(chat), "day")
    sent = send(workspace, made)
    assert isinstance(sent.error, NoNotifyError)
    assert sent.outcome == "failed"
    assert deliveries.read(workspace.folder, made).position < workspace.log.position()


def test_the_library_is_loaded_only_to_send():
    command = (
        "import sys, kalends.application.subscriptions.digests; print('apprise' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
