"""Search that finds any word and never one that is not there."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kalends.domain.commands import (
    CancelActivity,
    CorrectActivity,
    RenameDepartment,
    RetractActivity,
)
from kalends.domain.details import Participation
from kalends.domain.events import ROSTER
from kalends.views.search import search
from kalends.views.search_text import folded, folded_together, pairs

ONE, TWO = "aaaa11112222", "bbbb11112222"


def found(db, words, known_at=99, **more):
    return [revision.id for revision in search(db, words, known_at=known_at, **more)]


@pytest.mark.parametrize(
    "words",
    [
        "创城",
        "城",
        "会",
        "推进会",
        "会议",
        "创城工作推进会",
        "ＨＥＬＬＯ",
        "ell",
        "world 创",
        "o",
        "50%",
        "%",
        "*",
        '"引"',
        "引",
        "，",
        "AND",
        "a-b",
        "团市委",
        "辽源市",
        "tsw",
        "志愿",
        "广场",
        "第2批",
        "2批",
    ],
)
def test_every_part_of_what_was_recorded_is_found(ledger, words):
    ledger.record(
        ONE,
        '创城工作推进会，hello wOrld 50% * "引" AND a-b',
        tags=("志愿服务",),
        place="人民广场",
        description="会议\n第２批",
    )
    assert found(ledger.views(), words) == [ONE]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "创工",
        "创城会",
        "hello创",
        "helloworld",
        "会,",
        "NOT",
        "创*",
        "广场会议",
        "\udc80",
        "创 x",
    ],
)
def test_what_was_not_recorded_is_not_found(ledger, words):
    ledger.record(ONE, "创城工作推进会 hello world", place="人民广场", description="会议")
    assert found(ledger.views(), words) == []


def test_a_correction_is_found_by_its_text_and_the_old_text_only_as_it_was_known(ledger):
    ledger.record(ONE, "动员大会")
    ledger.change(ONE, CorrectActivity(reason="笔误", title="推进会"))
    ledger.change(ONE, CorrectActivity(reason="人数", headcount=30))
    ledger.change(ONE, CorrectActivity(reason="再改", title="走访"))
    db = ledger.views(page=1)
    assert found(db, "动员", 3) == [ONE]
    assert found(db, "动员", 4) == []
    assert found(db, "推进", 3) == []
    assert found(db, "推进", 5) == [ONE]
    assert found(db, "推进", 6) == []


def test_every_reason_given_so_far_is_searched(ledger):
    ledger.plan(ONE)
    ledger.change(ONE, CancelActivity(reason="暴雨"))
    ledger.change(ONE, RetractActivity(reason="重复"))
    db = ledger.views()
    assert found(db, "暴雨 重复") == [ONE]
    assert found(db, "暴雨", 3) == []
    assert search(db, "重复", known_at=5)[0].status == "retracted"


def test_a_departments_new_name_finds_what_it_did_before(ledger):
    ledger.record(ONE)
    ledger.register("cgj", "城管局")
    ledger.record(TWO)
    ledger.change(
        TWO, CorrectActivity(reason="错", departments=(Participation(code="cgj", role="lead"),))
    )
    renamed = ledger.tell(ROSTER, RenameDepartment(code="cgj", name="执法局"))
    db = ledger.views()
    assert found(db, "执法") == [TWO]
    assert found(db, "执法", renamed - 1) == []
    assert found(db, "城管 推进") == [TWO]
    assert found(db, "团市委") == [ONE]


def test_what_is_found_comes_by_day_and_no_more_than_asked(ledger):
    ledger.record(ONE, "会", "2020-07-15")
    ledger.record(TWO, "会", "2020-07-14")
    db = ledger.views()
    assert found(db, "会") == [TWO, ONE]
    assert found(db, "会", limit=1) == [TWO]


def test_a_very_long_word_is_searched_for_too(ledger):
    long = "".join(chr(0x4E00 + n) for n in range(150))
    ledger.record(ONE, long)
    db = ledger.views()
    assert found(db, long) == [ONE]
    assert found(db, long + "会") == []
    assert found(db, " ".join(long)) == [ONE]


TEXTS = st.text('创城会ab1，,.％"*-é𠀀ﬁ ', min_size=1, max_size=12).filter(str.strip)


@pytest.mark.campaign
@settings(deadline=None, max_examples=150)
@given(titles=st.lists(TEXTS, min_size=1, max_size=4), words=TEXTS)
def test_search_finds_what_looking_at_every_title_finds(new_ledger, titles, words):
    ledger = new_ledger()
    ledger.register("none", "无")
    names = [f"{n}aaa11112222" for n in range(len(titles))]
    for name, title in zip(names, titles, strict=True):
        ledger.record(name, title, "2020-07-14", "none")
    wanted = folded(words).split()
    expected = [
        name
        for name, title in zip(names, titles, strict=True)
        if wanted and all(word in folded(title.strip()) for word in wanted)
    ]
    db = ledger.views()
    assert found(db, words) == expected
    db.close()


@given(st.text())
def test_the_shorter_way_of_folding_gives_the_same(text):
    assert folded(text) == unicodedata.normalize("NFKC", text).casefold()


@pytest.mark.parametrize(
    "words", ["#文明交通", "＃文明交通", "@人民大街", "@人民大街 #文明", "文明交通"]
)
def test_tags_and_places_are_found_as_lists_print_them(ledger, words):
    ledger.record(ONE, "劝导", tags=("文明交通",), place="人民大街")
    ledger.record(TWO, "人民大街文明")
    assert found(ledger.views(), words) == [ONE]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=120))
def test_texts_that_are_changed_together_become_what_each_becomes(texts):
    bodies = list(folded_together(texts))

    assert bodies == [folded(text) for text in texts]
    assert list(pairs(bodies)) == [
        "".join(f"{first}{second} " for first, second in zip(body, f"{body}\n"[1:], strict=True))
        for body in bodies
    ]


def test_a_text_with_the_character_that_separates_texts_is_still_one_text():
    assert list(folded_together(["Ａ\0b", "e\u0301", "\u0301"])) == ["a\0b", "é", "\u0301"]
