"""QR codes, as SVG for a page."""

import segno
from markupsafe import Markup

# A code of more bytes is too fine for the camera of a phone.
_MOST_BYTES = 800


def qr(text: str) -> Markup | None:
    """Return a QR code that holds a text, as large as its place; the same text, the same code.

    None for a text that is too long.
    """
    if len(text.encode()) > _MOST_BYTES:
        return None
    made = segno.make(text, error="m", micro=False, boost_error=False)
    return Markup(made.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=4))  # noqa: S704 - made of numbers
