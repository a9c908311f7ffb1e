"""What is typed is read as it is typed, by a script or by a button, and nothing is recorded."""

import html
import re
from datetime import date

import pytest

from kalends.domain.commands import AliasDepartment, CloseDepartment, RegisterDepartment
from served_campaign import SECRET
from web.clerk.conftest import HERE

LINE = "明天上午 团市委 志愿培训 #培训 @会议室"


@pytest.fixture
def typed(visitor):
    """Return a function that has a line read as while it is typed."""
    secret = re.search(r'name="form" value="([^"]*)"', visitor.page)[1]

    def typed(line, path="/en/record/reading"):
        return visitor.client.post(path, data={"form": secret, "line": line}, headers=HERE)

    return typed


def _said(answer):
    return html.unescape(re.search(r'data-said="([^"]*)"', answer.text)[1]).strip()


def _marked(answer):
    return [html.unescape(each) for each in re.findall(r"<mark>(.*?)</mark>", answer.text)]


def test_a_piece_of_the_page_says_what_was_read_and_nothing_is_recorded(typed, campaign):
    with campaign.opened() as workspace:
        before = workspace.log.position()
        answer = typed(LINE)
        assert workspace.log.position() == before
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert "<html" not in answer.text
    assert _said(answer) == ("志愿培训: Tue 21 July 2020, morning, 共青团辽源市委员会 (lead)")
    for part in ("planned", "会议室", "#培训", "Record it"):
        assert part in answer.text
    assert _said(typed(LINE, "/record/reading")).endswith("共青团辽源市委员会（牵头）")


def test_somebody_who_writes_for_long_does_not_delay_what_is_read(typed, visitor, campaign):
    with campaign.opened() as workspace, workspace.log.turn():
        assert "Record it" in typed(LINE).text
        assert visitor.client.get("/en/record").status_code == 200


def test_its_button_records_exactly_what_was_shown(typed, visitor, client):
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', typed(LINE).text))
    form = re.search(r'name="form" value="([^"]*)"', visitor.page)[1]
    answer = visitor.send_fields("/record", {**fields, "form": form, "line": LINE})
    assert answer.status_code == 303
    (made,) = client.get("/search.json?q=志愿培训").json()["activities"]
    assert (made["when"]["first_day"], made["by"]) == ("2020-07-21", "zhang")


@pytest.mark.parametrize(
    ("line", "marked", "said"),
    [
        ("志", [], "no date yet"),
        ("明天 志愿培训", [], "no department yet"),
        ("明天 团市委", [], "no title yet"),
        ("明天", [], ""),
        ("明天 不存在的局 会议", ["不存在的局"], "“不存在的局” is not on the list"),
        ("2月30日 团市委 会议", ["2月30日"], ""),
        ("明天 团市委 <b>", [], "<b>"),
        ("明天 团市", ["团市"], "“团市” is not on the list"),
    ],
)
def test_what_is_missing_or_was_not_understood_is_said_and_marked(typed, line, marked, said):
    answer = typed(line)
    assert answer.status_code == 200
    assert _marked(answer) == marked
    assert said in _said(answer)
    assert "<b>" not in answer.text
    assert ("Record it" in answer.text) == (line == "明天 团市委 <b>")


def test_a_date_in_a_field_of_its_own_is_read_too(visitor):
    secret = re.search(r'name="form" value="([^"]*)"', visitor.page)[1]

    def read(phrase):
        data = {"form": secret, "phrase": phrase}
        return visitor.client.post("/en/record/reading", data=data, headers=HERE)

    assert "Wed 29 July 2020, afternoon" in read("下周三下午").text
    answer = read("<b>哪天")
    assert answer.status_code == 200
    assert "&lt;b&gt;哪天" in answer.text
    assert "gives a time, but no day" in read("15:00").text
    visitor.send("/record", line="明天 团市委 志愿培训")
    visitor.send("/record")
    target = visitor.client.get("/search.json?q=志愿培训").json()["activities"][0]["id"]
    data = {"form": secret, "phrase": "15:00", "activity": target}
    answer = visitor.client.post("/en/record/reading", data=data, headers=HERE)
    assert "Tue 21 July 2020, 15:00" in answer.text


def test_a_day_that_has_passed_is_said_where_a_plan_is_moved_there(visitor, campaign):
    with campaign.opened() as workspace:
        before = workspace.log.position()
    secret = re.search(r'name="form" value="([^"]*)"', visitor.page)[1]

    def read(phrase, activity):
        data = {"form": secret, "phrase": phrase, "activity": activity}
        return visitor.client.post("/en/record/reading", data=data, headers=HERE).text

    (planned,) = campaign.add_all("7月24日 团市委 消防演练")
    (held,) = campaign.add_all("7月15日 团市委 入户走访")
    assert "Fri 17 July 2020</strong> · that day has passed" in read("上周五", planned)
    for phrase, activity in (("今天", planned), ("下周五", planned), ("上周五", held)):
        assert "has passed" not in read(phrase, activity)
    with campaign.opened() as workspace:
        assert workspace.log.position() == before + 2


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_example_in_the_empty_field_can_be_recorded_as_it_stands(typed, visitor, language):
    page = visitor.client.get(f"{language}/record").text
    example = re.search(r'placeholder="[^"]*?[:：]\s*([^"]*)"', page)[1]
    answer = typed(example)
    assert _marked(answer) == []
    assert "Record it" in answer.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("明天 团市委 Rotary 走访敬老院", "“Rotary” may be a department that takes part."),
        ("明天 团市委协办 植树 @公园", "It says who took part, but not which department led."),
        ("7月22日前 团市委 上报材料", "“7月22日前” is a deadline"),
        ("7月22日 团市委 植树 改到7月25日", "“改到” says that it does not take place"),
    ],
)
def test_a_message_does_not_say_the_sentence_again_that_stands_above_it(typed, line, said):
    answer = typed(line)
    assert _said(answer).startswith(said)
    assert line not in _said(answer)
    assert "Record it" not in answer.text


def test_all_that_was_read_is_shown_beside_all_that_was_not(typed):
    answer = typed("明天上午 团市委、不存在的局、也没有的办 志愿培训 #培训 @会议室")
    assert _marked(answer) == ["不存在的局", "也没有的办"]
    for part in (
        "志愿培训",
        "Tue 21 July 2020, morning",
        "共青团辽源市委员会 (lead)",
        "会议室",
        "#培训",
    ):
        assert part in answer.text
    assert "not read yet" not in answer.text


def _offered(answer):
    """Return the sentences of the buttons, and what these say."""
    found = re.findall(
        r'<button name="instead" value="([^"]*)"><span[^>]*>([^<]*)</span>'
        r"(?: <span[^>]*>([^<]*)</span>)?",
        html.unescape(answer.text),
    )
    return {sentence: " ".join(filter(None, said)) for sentence, *said in found}


def test_departments_that_may_be_meant_are_offered_in_place_of_what_was_not_understood(typed):
    full = "市教育局 辽源市教育局"
    assert _offered(typed("明天 市教育居 会议")) == {"明天 市教育局 会议": full}
    assert _offered(typed(" 明天\n市教育居会议")) == {"明天 市教育局 会议": full}
    assert _offered(typed("明天 团市委、龙山去清洁日 会议")) == {
        "明天 团市委、龙山区 清洁日 会议": "龙山区"
    }
    assert _offered(typed("明天 团市委 会议")) == {}


def test_their_own_department_is_offered_only_where_nobody_was_named(typed):
    own = "团市委 共青团辽源市委员会"
    answer = typed("明天 会议")
    assert "Which department leads it?" in answer.text
    assert _offered(answer) == {"团市委 明天 会议": own}
    for named in (
        "明天 市教育局、不存在的局 会议",
        "明天 团市委、不存在的局 会议",
        "明天 不存在的局 会",
    ):
        assert _offered(typed(named)) == {}


def test_those_they_record_for_come_first_and_closed_ones_not_at_all(typed, campaign):
    with campaign.opened() as workspace:
        change = workspace.service.change_roster
        for code, name, parent in [
            ("xa", "西安区", None),
            ("xa-sfj", "西安区司法局", "xa"),
            ("ta-sfj", "铁西区司法局", "tsw"),
        ]:
            change(RegisterDepartment(code=code, name=name, parent=parent))
        assert list(_offered(typed("明天 区司法局 宣传")).values()) == [
            "铁西区司法局",
            "西安区司法局",
        ]
        change(CloseDepartment(code="ta-sfj", on=date(2020, 7, 1)))
    assert list(_offered(typed("明天 区司法局 宣传")).values()) == ["西安区司法局"]


def test_the_name_that_is_offered_is_the_one_that_was_meant_in_its_language(typed, campaign):
    with campaign.opened() as workspace:
        for alias in ("Youth League", "共青团"):
            workspace.service.change_roster(AliasDepartment(code="tsw", alias=alias))
    assert _offered(typed("7 dec 2pm Youth Leage reading day")) == {
        "7 dec 2pm Youth League reading day": "Youth League 共青团辽源市委员会"
    }
    assert list(_offered(typed("明天 共清团 会议"))) == ["明天 共青团 会议"]
    assert list(_offered(typed("tomorrow reading day"))) == ["Youth League tomorrow reading day"]


def test_a_date_that_may_be_two_is_one_of_two_buttons_and_its_time_stays(typed):
    assert _offered(typed("7/8/2020 3pm 团市委 fun run")) == {
        "8 July 3pm 团市委 fun run": "Wed 8 July",
        "7 August 3pm 团市委 fun run": "Fri 7 August",
    }
    assert _offered(typed("15日下午 团市委 例会")) == {
        "7月15日下午 团市委 例会": "Wed 15 July, afternoon",
        "8月15日下午 团市委 例会": "Sat 15 August, afternoon",
    }


@pytest.mark.parametrize(
    "line",
    [
        "明天 市教育居 会议",
        "明天市教育居会议",
        "明天 团市委、龙山去清洁日",
        "明天 会议",
        "tomorrow 市教育居 meeting",
        "7/8/2020 团市委 fun run",
        "7/8/2021 3pm 团市委 meeting",
        "明天3点 团市委 例会",
        "15日上午9点 团市委 例会",
        "团市委 例会 15日",
    ],
)
def test_every_sentence_that_is_offered_is_understood_as_its_button_says(typed, line):
    offered = _offered(typed(line))
    assert offered
    for sentence, label in offered.items():
        answer = typed(sentence)
        assert _marked(answer) == []
        read = answer.text.replace(" 2020", "")
        assert label in read or label.split()[-1] in read


def test_without_a_script_the_same_buttons_send_the_sentence_that_is_meant(visitor):
    answer = visitor.send("/record", line="明天 市教育居 会议")
    (sentence,) = _offered(answer)
    answer = visitor.send("/record", line="明天 市教育居 会议", instead=sentence)
    assert "辽源市教育局 (lead)" in answer.text
    assert f">{sentence}</textarea>" in answer.text


def test_a_line_that_is_no_text_of_ours_is_said_in_words(typed):
    for line in ("明天 团市委 会\x00", "会" * 4_001):
        answer = typed(line)
        assert answer.status_code == 200
        assert "Record it" not in answer.text
        assert _said(answer)


def test_what_may_not_be_recorded_is_said_while_it_is_typed(typed):
    answer = typed("明天 龙山区 清洁日")
    assert _said(answer) == "You may not record for 龙山区."
    assert "Record it" not in answer.text


def test_what_is_on_record_already_is_said_unless_it_may_not_be_seen(typed, campaign, visitor):
    campaign.add("7月28日 团市委 观影")
    answer = typed("7月28日 团市委 观影")
    assert "Record it all the same" in answer.text
    (link,) = re.findall(r'href="(/en/record/\w+)"[^>]*>观影', answer.text)
    assert visitor.client.get(link).status_code == 200
    withheld, other = (typed(f"7月23日 龙山区 {title}").text for title in (SECRET, "别的演练"))
    assert "may not record" in other
    assert withheld.replace(SECRET, "别的演练") == other


def test_without_a_session_or_the_secret_of_its_forms_nothing_is_read(client, visitor, typed):
    form = re.search(r'name="form" value="([^"]*)"', visitor.page)[1]
    evil = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    for headers, fields in (({}, {"form": form}), (evil, {"form": form}), (HERE, {})):
        answer = client.post("/record/reading", data={**fields, "line": LINE}, headers=headers)
        assert answer.status_code == 403
    client.cookies.clear()
    assert typed(LINE).status_code == 401
    assert client.get("/record/reading").status_code in {303, 403}


@pytest.mark.campaign
def test_a_session_is_answered_so_often_in_a_minute(typed):
    answers = [typed("明").status_code for _ in range(301)]
    assert answers[0] == 200
    assert 429 in answers  # at most 150 in each of two minutes
