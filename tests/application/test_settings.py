"""The campaign's settings, found in the journal among lines of any length."""

from hypothesis import given
from hypothesis import strategies as st

from kalends.application.workspaces import settings

LINES = st.lists(
    st.one_of(
        st.integers(0, 9).map(lambda n: b'{"stream":"campaign",%d}' % n),
        st.sampled_from(
            [b"", b"{", b'{"stream":"roster"}', b' {"stream":"campaign",}', b"x" * 70]
        ),
    ),
    max_size=12,
)


@given(lines=LINES, block=st.integers(1, 40), is_cut=st.booleans())
def test_every_whole_line_about_the_campaign_is_found_wherever_blocks_end(
    lines, block, is_cut, tmp_path_factory
):
    path = tmp_path_factory.getbasetemp() / "journal.jsonl"
    path.write_bytes(b"\n".join(lines) + (b"" if is_cut else b"\n"))
    whole = lines[:-1] if is_cut else lines
    before = settings._BLOCK, settings._LONGEST
    settings._BLOCK, settings._LONGEST = block, 60
    try:
        found = list(settings._lines(path))
    finally:
        settings._BLOCK, settings._LONGEST = before

    assert found == [line for line in whole if line.startswith(b'{"stream":"campaign",')]
