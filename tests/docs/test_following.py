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

    def place(frame):
        """Return the file and the function of the nearest frame that is ours."""
        while frame and not frame.f_code.co_filename.startswith(_PACKAGE):
            frame = frame.f_back
        if frame is None:
            return None, None
        file = frame.f_code.co_filename[len(_PACKAGE) + 1 :].replace("\\", "/")
        return file, frame.f_code.co_name

    def profile(frame, event, _):
        if event == "call" and frame.f_code.co_filename.startswith(_PACKAGE):
            called.append((place(frame), place(frame.f_back)[0]))

    sys.setprofile(profile)
    try:
        code, said = settled.types("kalends add 7月14日上午 团市委 召开推进会")
    finally:
        sys.setprofile(None)

    assert code == 0, said
    files = [file for file, _ in listed]
    event = files.index("log/sqlite/store.py") + 1
    assert len(set(files[:event])) <= 15
    # From step to step: each is called, in this order, from a file that a reader has open by then.
    ordered = iter(called)
    for n, step in enumerate(listed):
        callers = files[:n] or ["cli/command_classes.py"]
        assert any(at == step and caller in callers for at, caller in ordered), step
    assert all((ROOT / "src" / "kalends" / file).exists() for file, _ in listed)


def test_every_place_to_look_is_there():
    places = _PLACE.findall(read("docs/explanation/design.md"))

    assert len(places) > 10
    for file, names in places:
        source = (ROOT / "src" / "kalends" / file).read_text("utf-8")
        for name in re.findall(r"\w+", names):
            assert re.search(rf"^ *(?:def |class |){name}\b", source, re.MULTILINE), (file, name)
