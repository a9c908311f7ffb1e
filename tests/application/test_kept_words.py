"""What a sentence says of departments it does not name is kept, and said back."""

from kalends.application import warnings


def test_each_of_the_kept_words_is_said_back_for_what_it_is():
    said = warnings.kept("龙山区等5个部门；约200人参加")
    assert said == [warnings.others("龙山区等5个部门"), warnings.kept_headcount("约200人参加")]


def test_words_about_an_exact_headcount_are_not_said_back():
    words = "龙山区等5个部门；30名志愿者参加"
    assert warnings.worth_saying(words, is_exact=True) == "龙山区等5个部门"
    assert warnings.worth_saying(words, is_exact=False) == words
    assert warnings.worth_saying("", is_exact=False) == ""
