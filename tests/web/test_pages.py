"""The pages: what they say, in both languages, at any moment, and that nothing withheld is there."""

import re
from html import unescape

import pytest

from kalends.web.addresses import PAGES
from served_campaign import SECRET
from web.every_page import EXAMPLES, NO_DATA, as_data, examples, in_language

EVERY = list(examples())


def text_of(answer) -> str:
    """Return what a reader sees of a page, spaces as one."""
    body = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", answer.text)
    return " ".join(unescape(body).split())


def test_every_page_has_an_example():
    written = {address for address in PAGES if "{" in address}
    assert set(EXAMPLES) == written, "add the page to tests/web/every_page.py"


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("language", ["", "en"])
def test_every_page_answers_in_both_languages(campaign, client, address, language):
    answer = client.get(in_language(address.format(**campaign.ids), language))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith(f'<!DOCTYPE html>\n<html lang="{language or "zh-Hans"}">')
    assert len(answer.content) < 50_000
    assert len(re.findall("<h1[ >]", answer.text)) == 1


@pytest.mark.parametrize("address", [each for each in EVERY if each not in NO_DATA])
def test_every_page_is_there_as_data(campaign, client, address):
    answer = client.get(as_data(address.format(**campaign.ids)))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    found = answer.json()
    assert found["ok"]
    assert found["known_at"] == client.get("/agenda.json").json()["known_at"]


@pytest.mark.campaign
@pytest.mark.parametrize(
    "words", ["", "?known_at=2020-07-21", "?status=planned", "?q=绝密", "?tag=保密"]
)
def test_nothing_withheld_is_on_any_page(campaign, client, words):
    secret = campaign.add(f"7月25日 龙山区 {SECRET} 二")
    known = client.get("/agenda.json").json()["known_at"]
    assert SECRET in client.get("/agenda").text
    campaign.withhold(secret)
    for example in [*EVERY, "/figures/weeks.zh.svg"]:
        address = example.format(**campaign.ids)
        for each in (address, as_data(address)):
            for moment in (words, f"{words}{'&' if words else '?'}known_at={known}"):
                if "known_at" in words and moment != words:
                    continue
                answer = client.get(f"{each}{moment}")
                assert SECRET not in unescape(answer.text), each
                assert secret not in answer.text


def test_a_month_has_its_days_and_its_holidays(client):
    june = text_of(client.get("/month/2020-06"))
    assert "端午节" in june
    assert "端午节调休上班" in june
    july = text_of(client.get("/en/month/2020-07"))
    assert "Mon Tue Wed Thu Fri Sat Sun" in july
    assert "推进会" in july


@pytest.mark.parametrize("month", ["2020-13", "2020-00", "0000-01", "9999-12", "x", "2020-7"])
def test_what_is_no_month_is_not_found(client, month):
    assert client.get(f"/month/{month}").status_code == 404


def test_as_known_at_shows_what_was_known_then(client):
    page = client.get("/month/2020-07?known_at=4")
    assert page.status_code == 200
    assert "您看到的是截至" in text_of(page)
    assert "推进会" not in text_of(page)
    assert "known_at=4" in page.text


def test_the_day_that_was_asked_for_is_said_and_not_that_of_the_last_event(client):
    page = client.get("/agenda?known_at=2026-03-01")
    assert "您看到的是截至 2026年3月1日 周日 所知的情况" in text_of(page)
    assert "记录于 2020-07-20" in text_of(page)


def test_what_is_known_to_the_month_stands_together(campaign, client):
    campaign.add_all(
        "8月1日 龙山区 会甲", "8月 龙山区 走访甲", "8月1日 市教育局 会乙", "8月 市教育局 走访乙",
        "8月1日 团市委 会丙", "8月 团市委 走访丙",
    )  # fmt: skip
    kinds = re.findall("走访|会(?=[甲乙丙])", client.get("/agenda?from=2020-08-01").text)
    assert kinds == ["走访"] * 3 + ["会"] * 3


def test_filters_are_kept_by_the_links_of_a_page(client):
    page = client.get("/month/2020-07?dept=ls&known_at=6")
    assert "/month/2020-08?dept=ls&amp;known_at=6" in page.text


@pytest.mark.parametrize(
    "words",
    ["known_at=zzz", "known_at=999999", "from=what", "dept=nobody", "status=x", "cancelled=9"],
)
@pytest.mark.parametrize(
    "address", ["/agenda", "/agenda.json", "/timeline", "/figures/weeks.zh.svg"]
)
def test_what_an_address_cannot_mean_is_said(client, words, address):
    answer = client.get(f"{address}?{words}")
    assert 400 <= answer.status_code < 500
    assert "Traceback" not in answer.text
    if address.endswith(".json"):
        assert set(answer.json()["error"]) == {"code", "message", "hint"}


@pytest.mark.campaign
def test_hostile_words_are_escaped_wherever_they_stand(campaign, client):
    campaign.add("7月25日 龙山区 <script>alert(1)</script> '\"><img> #b'x @<i>y</i>")
    for address in EVERY:
        page = client.get(address.format(**campaign.ids))
        assert page.status_code == 200
        for piece in ("<script>alert", "<img>", "<i>y"):
            assert piece not in page.text
    picture = client.get("/figures/departments.zh.svg?dept=<script>")
    assert picture.headers["content-type"].startswith("text/plain")


def test_an_unknown_page_is_a_page_that_says_so(client):
    page = client.get("/nothing/here")
    assert page.status_code == 404
    assert "没有这个页面" in text_of(page)
    assert client.get("/en/nothing").status_code == 404
    assert client.get("/nothing.json").json()["error"]["code"] == "no-page"


def test_a_slash_at_the_end_is_led_to_the_page(client):
    answer = client.get("/agenda/?dept=ls")
    assert answer.status_code == 308
    assert answer.headers["location"].endswith("/agenda?dept=ls")


def test_pictures_are_svg_in_either_language_and_always_the_same(client):
    first = client.get("/figures/weeks.zh.svg")
    assert first.headers["content-type"] == "image/svg+xml"
    assert "每周活动数" in first.text
    assert "Activities by week" in client.get("/figures/weeks.en.svg").text
    assert client.get("/figures/weeks.zh.svg").content == first.content
    assert client.get("/figures/none.zh.svg").status_code == 404
    assert client.get("/figures/weeks.fr.svg").status_code == 404


def test_whoever_follows_the_links_of_months_comes_to_an_end(client):
    waiting, seen = ["/month"], set()
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += re.findall(r'href="(/month/\d{4}-\d\d)" rel=', client.get(path).text)
    assert seen == {"/month", "/month/2020-06", "/month/2020-07", "/month/2020-08"}
    assert 'rel="next"' not in client.get("/month/2031-01").text
