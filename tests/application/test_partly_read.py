"""Whatever somebody has typed so far is read as far as it can be."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalends.application.recording.reading import read_as
from served_campaign import campaign_at

_LINES = (
    "7月14日上午团市委召开推进会#推进会@会议室",
    "由团市委主办，市教育局承办 7月9日 论坛，共200余人",
    "根据安排，7月3日起每周三 龙山区、某某局 巡查（牵头：龙山区）",
    "on 3 May at 10am the 团市委, with 市教育局 and Police visit schools",
    "下周三 9:30-11:00 区委宣传部 站长培训 地点：区政府三楼会议室",
)


@pytest.fixture
def workspace(tmp_path):
    with campaign_at(tmp_path / "w").opened() as opened:
        yield opened


@pytest.mark.campaign
def test_any_piece_of_lines_is_read_and_what_was_not_understood_stands_in_it(workspace):
    ends = st.sampled_from([(0, 9), (0, 40), (5, 30)])

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(st.tuples(st.sampled_from(_LINES), ends), min_size=1, max_size=3),
        st.integers(0, 90),
    )
    def reads(pieces, length):
        line = "".join(text[slice(*ends)] for text, ends in pieces)[:length]
        found = read_as(workspace, line)
        assert (found.whole is None) == bool(found.unread)
        place = 0
        for begin, end in sorted(each.span for each in found.unread if each.span):
            assert place <= begin < end <= len(line)
            place = end
        assert all(each.code in found.roster.departments for each in found.departments)

    reads()


def test_what_stands_beside_what_was_not_understood_is_read(workspace):
    found = read_as(workspace, "明天上午 团市委、没有的局 2月30日 培训 #培训 @会议室")
    assert [each.code for each in found.departments] == ["tsw"]
    assert (found.place, found.tags) == ("会议室", ("培训",))
    spans = [each.span for each in found.unread]
    assert spans == [(9, 13), (14, 19)]


def test_a_sentence_with_more_questions_than_anybody_writes_says_the_first_ones(workspace):
    found = read_as(
        workspace, "明天 " + "、".join(f"没有的{n}局" for n in "一二三四五六七八九十") + " 会"
    )
    assert len(found.unread) == 9
    assert found.title is None
