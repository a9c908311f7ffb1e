"""QR codes, as SVG that stands in a page."""

import segno
from markupsafe import Markup


def qr(text: str) -> Markup:
    """Return a QR code that holds a text, as large as its place; the same text, the same code."""
    made = segno.make(text, error="m", micro=False, boost_error=False)
    return Markup(made.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=4))  # noqa: S704 - made of numbers
