"""The pictures in the documents: every page, in both languages, of the stated size, small."""

import re
import struct

import pytest

from kalends.web.addresses import PAGES
from web.browser import needs_browser
from web.screenshots import ALIKE, FOLDER, LANGUAGES, ROOT, SIZES, make, shots

SHOTS = list(shots())
DOCUMENTS = {"zh": "docs/pages.zh.md", "en": "docs/pages.md"}
_MOST_BYTES = 1_600_000


def size_of(octets):
    """Return the width and the height of a WebP picture; fail for anything else."""
    assert (octets[:4], octets[8:12]) == (b"RIFF", b"WEBP")
    assert struct.unpack("<I", octets[4:8])[0] == len(octets) - 8
    if octets[12:16] == b"VP8 ":
        assert octets[23:26] == b"\x9d\x01\x2a"
        return tuple(each & 0x3FFF for each in struct.unpack("<HH", octets[26:30]))
    assert octets[12:16] == b"VP8X", octets[12:16]
    return tuple(int.from_bytes(octets[at : at + 3], "little") + 1 for at in (24, 27))


def test_every_page_is_in_the_pictures_in_each_language_and_window():
    assert {*ALIKE, *ALIKE.values()} <= set(PAGES)
    pages = set(PAGES) - set(ALIKE)
    for language in LANGUAGES:
        for kind in SIZES:
            taken = {shot.page for shot in SHOTS if (shot.language, shot.kind) == (language, kind)}
            assert pages <= taken, "add the page to tests/web/screenshots.py"


def test_the_documents_show_exactly_the_pictures_that_are_made():
    for language, document in DOCUMENTS.items():
        text = (ROOT / document).read_text("utf-8")
        shown = re.findall(r"\(images/pages/([^)]+)\)", text)
        assert sorted(shown) == sorted(s.file for s in SHOTS if s.language == language)
    assert {each.name for each in FOLDER.iterdir()} == {shot.file for shot in SHOTS}


@pytest.mark.parametrize("shot", SHOTS, ids=lambda shot: shot.file)
def test_each_picture_is_of_the_stated_size(shot):
    assert size_of((FOLDER / shot.file).read_bytes()) == SIZES[shot.kind]


def test_all_pictures_together_are_small():
    assert sum(each.stat().st_size for each in FOLDER.iterdir()) < _MOST_BYTES


@needs_browser
@pytest.mark.campaign
def test_the_command_makes_every_picture(browser, tmp_path):
    """Not the same bytes: machines differ in their fonts. The same files, of the same size."""
    make(browser, tmp_path, SHOTS)
    for shot in SHOTS:
        octets = (tmp_path / shot.file).read_bytes()
        assert size_of(octets) == SIZES[shot.kind]
        assert len(octets) > 2_000  # something is on it
