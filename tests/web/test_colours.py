"""The colours of the pages: text is read by everybody, controls are seen, in light and in dark."""

import re
from importlib.resources import files

import pytest

STYLE = (files("kalends.web") / "static" / "style.css").read_text("utf-8")
_TEXT = (("ink", "paper"), ("ink", "wash"), ("muted", "paper"), ("muted", "wash"), ("accent", "paper"),
         ("accent", "wash"), ("on-accent", "accent"), ("wrong", "paper"), ("past", "past-wash"))  # fmt: skip


def schemes():
    """Return the variables of both schemes; what dark does not say is as in light."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    first, second = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", each)) for each in (light, dark)
    )
    assert set(first) == set(second)
    return {"light": first, "dark": second}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_seven_to_one_and_controls_three_to_one(scheme):
    colours = schemes()[scheme]
    for text, ground in _TEXT:
        found = contrast(colours[text], colours[ground])
        assert found >= 7, f"{text} on {ground}: {found:.1f}"
    assert contrast(colours["control"], colours["paper"]) >= 3


def test_contrast_is_computed_as_the_guidelines_do():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
