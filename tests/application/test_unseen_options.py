"""Options are cleaned of characters that nobody sees, as a sentence is."""

from kalends.application.recording.given import Given


def test_options_are_cleaned_as_a_sentence_is():
    typed = Given(
        when="7月14日",
        dept=("市教\u200b育局", "团市委"),
        title="开\u2060会",
        place="会\u200b议室👨‍👩‍👧",
        tag=("推\u00ad进会",),
        description="约\ufeff200人",
        headcount=3,
    )

    assert typed.seen == Given(
        when="7月14日",
        dept=("市教育局", "团市委"),
        title="开会",
        place="会议室👨‍👩‍👧",
        tag=("推进会",),
        description="约200人",
        headcount=3,
    )


def test_what_turns_the_direction_of_writing_stays_to_be_refused():
    assert Given(place="会\u202e议室").seen.place == "会\u202e议室"


def test_what_was_not_given_stays_empty():
    assert Given().seen == Given()
