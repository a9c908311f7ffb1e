"""Lines that no text breaks out of."""

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar.parser.string import _escape_char, _foldline

from kalends.feeds.content_line import escaped, folded

# icalendar 7.3 makes a line break of a backslash before an N; see the test below.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), st.sampled_from("\\;,\n^")
    )
)
LINES = TEXTS.map(lambda text: text.replace("\n", ""))


@given(TEXTS.filter(lambda text: "\\N" not in text))
def test_texts_are_escaped_as_icalendar_escapes_them(text):
    assert escaped(text) == _escape_char(text)


def test_a_backslash_before_an_n_stays_one():
    assert escaped("C:\\New\\new") == "C:\\\\New\\\\new"


@given(LINES, st.integers(0, 200))
@example("a" * 74, 0)
@example("a" * 75, 0)
@example("a" * 73 + "\\n" * 80, 0)
@example("会" * 100, 0)
@example("a" * 71 + "😀" * 40, 0)
def test_lines_are_folded_as_icalendar_folds_them(line, padding):
    line = "a" * padding + line
    assert folded(line) == _foldline(line).encode()


@given(LINES.map(lambda line: line * 9))
def test_no_piece_is_longer_than_75_octets_or_cut_inside_a_character(line):
    pieces = folded(line).split(b"\r\n")
    assert all(len(piece) <= 75 for piece in pieces)
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert (
        "".join(piece.decode().removeprefix(" " if n else "") for n, piece in enumerate(pieces))
        == line
    )


@given(
    st.text(
        st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\r\n\v\f\x85\u2028"))
    )
)
@example("x\r\nATTACH:http://x")
def test_whatever_a_text_holds_it_stays_one_line(text):
    line = folded(f"UID:{text}").replace(b"\r\n ", b"").decode()
    assert line.splitlines() == [line]
