"""The path of one sentence, as the design's document tells it, is the path the program takes."""

import re
import sys

import kalends
from docs.transcript import ROOT, read

_ROW = re.compile(r"^\| `([\w/]+\.py)` \| `(\w+)` \|", re.MULTILINE)
_PLACE = re.compile(r"^\| [^|`]+ \| `([\w/]+\.py)` \| ((?:`\w+`(?:, )?)+)", re.MULTILINE)
_PACKAGE = kalends.__path__[0]


def test_one_sentence_goes_the_way_that_the_design_tells(settled):
    listed = _ROW.findall(read("docs/explanation/design.md"))
    called = []

    def profile(frame, event, _):
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(_PACKAGE):
            called.append((code.co_filename[len(_PACKAGE) + 1 :].replace("\\", "/"), code.co_name))

    sys.setprofile(profile)
    try:
        code, said = settled.types("kalends add 7月14日上午 团市委 召开推进会")
    finally:
        sys.setprofile(None)

    assert code == 0, said
    assert len({file for file, _ in listed}) <= 15
    ordered = iter(called)
    assert [step for step in listed if step not in ordered] == []
    assert all((ROOT / "src" / "kalends" / file).exists() for file, _ in listed)


def test_every_place_to_look_is_there():
    places = _PLACE.findall(read("docs/explanation/design.md"))

    assert len(places) > 10
    for file, names in places:
        source = (ROOT / "src" / "kalends" / file).read_text("utf-8")
        for name in re.findall(r"\w+", names):
            assert re.search(rf"^ *(?:def |class |){name}\b", source, re.MULTILINE), (file, name)
