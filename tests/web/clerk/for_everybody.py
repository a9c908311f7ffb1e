"""What every page of those who record keeps to, in a window as small as a phone."""

from axe_playwright_python.sync_playwright import Axe

# What a thumb presses; links within a text are as high as its lines.
_PRESSED = "main :is(button, input:not([type=hidden]), textarea, summary, .entry, .back)"


def for_everybody(page, address=None):
    """Open an address, or look at the page as it is: axe finds nothing, and it fits.

    It also fits with letters twice as large, and a phone that is held across.
    """
    if address is not None:
        page.goto(address)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not found.violations_count, f"{page.url}: {found.generate_report()}"
    fits(page)
    at_first = page.viewport_size
    page.set_viewport_size({"width": at_first["height"], "height": at_first["width"]})
    fits(page)
    for size in (page.viewport_size, at_first):
        page.set_viewport_size(size)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert _sideways(page) <= 0, f"{page.url}: too wide with letters twice as large"
        page.evaluate("document.documentElement.style.fontSize = ''")


def fits(page):
    """A page is no wider than its window, and what is pressed is as high as a thumb."""
    assert _sideways(page) <= 0, page.url
    for each in page.locator(_PRESSED).all():
        if each.is_visible():
            box = each.bounding_box()
            assert box["height"] >= 44, each.evaluate("each => each.outerHTML")


def _sideways(page):
    """Return how far a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
