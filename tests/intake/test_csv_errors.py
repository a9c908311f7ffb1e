"""What the csv module says of a broken file is said in both languages."""

import csv

import pytest

from kalends.intake.files.csv_errors import csv_error
from kalends.presentation.error_answers import in_words
from kalends.words import words


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ('a,"b', "a quotation mark is opened and never closed", "引号没有闭合"),
        ('a,"b"c', "something stands right behind a closing quotation mark", "闭合的引号后面紧跟着别的内容"),
        ("a,b" * 70_000, "a cell is too long, or a quotation mark is not closed", "单元格过长，或引号没有闭合"),
    ],
)  # fmt: skip
def test_a_broken_file_is_explained_in_both_languages(text, english, chinese):
    with pytest.raises(csv.Error) as broken:
        list(csv.reader([text.replace("a,b", "ab")] if len(text) > 99 else [text], strict=True))
    error = csv_error(broken.value)
    assert in_words(words("en"), error)["message"].endswith(english)
    assert in_words(words("zh"), error)["message"].endswith(chinese)


def test_what_is_not_known_stays_as_it_was_said():
    assert csv_error(csv.Error("else")).fields["detail"] == "else"
