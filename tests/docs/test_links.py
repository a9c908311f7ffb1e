"""No document points to what is not there, and none names what nobody outside can see."""

import re
from urllib.parse import unquote

import pytest

from docs.transcript import ROOT, pages

_LINK = re.compile(r"(?:\]\(|<img src=\")([^)\s\"]+)")
_CODE = re.compile(r"^(```.*?^```|    .*?)$", re.MULTILINE | re.DOTALL)
_PAGES = {str(page.relative_to(ROOT)): page for page in pages()}


def _anchors(path):
    found = set()
    for heading in re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE):
        plain = re.sub(r"[`*·.,:;()?'“”、，。]", "", heading).strip().lower()
        found.add(plain.replace(" ", "-"))
    return found


@pytest.mark.parametrize("name", _PAGES)
def test_every_relative_link_leads_somewhere(name):
    path = _PAGES[name]
    for target in _LINK.findall(re.sub(_CODE, "", path.read_text("utf-8"))):
        if target.startswith(("http:", "https:", "mailto:")):
            continue
        where, _, anchor = unquote(target).partition("#")
        there = (path.parent / where).resolve() if where else path
        assert there.exists(), target
        assert ROOT in (there, *there.parents), target
        if anchor:
            assert anchor in _anchors(there), target


@pytest.mark.parametrize("name", _PAGES)
def test_no_document_names_a_place_on_one_machine(name):
    assert not re.search(r"/(?:home|root|work|Users)/|\bC:\\", _PAGES[name].read_text("utf-8"))
