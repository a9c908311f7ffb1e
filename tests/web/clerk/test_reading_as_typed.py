"""What is typed is read as it is typed, by a script or by a button, and nothing is recorded."""

import html
import re

import pytest

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
        ("志", [], "No date"),
        ("明天", [], ""),
        ("明天 不存在的局 会议", ["不存在的局"], "No known department"),
        ("2月30日 团市委 会议", ["2月30日"], ""),
        ("明天 团市委 <b>", [], "<b>"),
        ("明天 团市", ["团市"], "No known department"),
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
    found = re.findall(r'data-put="([^"]*)" data-begin="(\d+)" data-end="(\d+)"', answer.text)
    return [(name, int(begin), int(end)) for name, begin, end in found]


def test_departments_that_may_be_meant_are_offered_in_place_of_what_was_not_understood(typed):
    assert _offered(typed("明天 市教育居 会议")) == [("市教育局", 3, 7)]
    assert _offered(typed("明天 团市委、龙山去清洁日 会议")) == [("龙山区", 7, 10)]
    assert _offered(typed("明天 市教育局、不存在的局 会议")) == [("团市委", 8, 13)]  # their own
    assert _offered(typed("明天 团市委、不存在的局 会议")) == []  # it is named already
    assert _offered(typed("明天 会议")) == [("团市委", 0, 0)]  # in front
    assert _offered(typed("明天 团市委 会议")) == []


def test_the_page_without_a_script_names_them(visitor):
    answer = visitor.send("/record", line="明天 不存在的局 会议")
    assert "Is it one of these?" in answer.text
    assert "data-put" not in answer.text
    assert "团市委</strong>" in answer.text


def test_a_line_that_is_no_text_of_ours_is_said_in_words(typed):
    for line in ("明天 团市委 会\x00", "会" * 4_001):
        answer = typed(line)
        assert answer.status_code == 200
        assert "Record it" not in answer.text
        assert _said(answer)


def test_what_may_not_be_recorded_is_said_while_it_is_typed(typed):
    answer = typed("明天 龙山区 清洁日")
    assert "may not record for 龙山区" in _said(answer)
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


def test_a_session_is_answered_so_often_in_a_minute(typed):
    answers = [typed("明").status_code for _ in range(301)]
    assert answers[0] == 200
    assert 429 in answers  # at most 150 in each of two minutes
