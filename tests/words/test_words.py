"""A message is said in the reader's language, with its facts."""

import gettext
from datetime import date

import pytest

from kalends.words import Message, Words, words


class Pairs(gettext.NullTranslations):
    """A catalogue of a few pairs."""

    def __init__(self, pairs):
        super().__init__()
        self._pairs = pairs

    def gettext(self, message):
        return self._pairs.get(message, message)

    def ngettext(self, msgid1, msgid2, n):
        return self._pairs.get((msgid1, msgid2), super().ngettext(msgid1, msgid2, n))


CHINESE = Words(
    Pairs(
        {
            "The {field} is empty.": "“{field}”为空。",
            "title": "标题",
            (
                "{count} activity in {place}",
                "{count} activities in {place}",
            ): "{place}{count}项活动",
        }
    )
)


def test_a_message_is_translated_and_then_filled():
    assert CHINESE.say("The {field} is empty.", field="title") == "“标题”为空。"


def test_a_message_that_the_catalogue_does_not_know_is_said_as_it_is():
    assert CHINESE.say("Unheard of: {name}.", name="x") == "Unheard of: x."
    assert CHINESE.gettext("Unheard of") == "Unheard of"


def test_nothing_is_said_as_nothing():
    assert words("zh").gettext("") == words("zh").say("") == ""


@pytest.mark.parametrize("name", ["field", "status", "wanted", "since"])
def test_words_of_ours_are_translated_inside_a_message(name):
    assert CHINESE.say(f"<{{{name}}}>", **{name: "title"}) == "<标题>"


def test_what_people_wrote_is_not_translated():
    assert CHINESE.say("{name}", name="title") == "title"


def test_a_message_handed_as_a_field_is_translated():
    assert CHINESE.say("{detail}", detail=Message("title")) == "标题"


def test_a_field_that_is_no_text_is_shown_as_it_is():
    assert (
        CHINESE.say("{since} {status}", since=date(2020, 7, 1), status=None) == "2020-07-01 None"
    )


def test_fields_may_bear_any_name_and_any_braces():
    assert CHINESE.say("{template} {self}", template="{field}", self="}") == "{field} }"


@pytest.mark.parametrize(
    ("count", "english"), [(0, "0 activities"), (1, "1 activity"), (2, "2 activities")]
)
def test_a_number_takes_its_form(count, english):
    forms = ("{count} activity in {place}", "{count} activities in {place}")
    assert words("en").plural(*forms, count, place="Liaoyuan") == f"{english} in Liaoyuan"
    assert CHINESE.plural(*forms, count, place="辽源") == f"辽源{count}项活动"


def test_english_is_what_is_written_in_the_program():
    assert words("en").say("The {field} is empty.", field="title") == "The title is empty."


def test_chinese_is_what_the_catalogue_says():
    assert words("zh").say("The {field} is empty.", field="title") == "“标题”为空。"


def test_a_language_without_a_catalogue_is_spoken_in_english():
    assert words("fr").gettext("title") == "title"
