"""What every page of those who record keeps to, in a window as small as a phone."""

from axe_playwright_python.sync_playwright import Axe

# What a thumb presses; links within a text are as high as its lines.
_PRESSED = "main :is(button, input:not([type=hidden]), textarea, summary, .entry, .back)"


def for_everybody(page, address=None):
    """Open an address, or look at the page as it is: axe finds nothing, and it fits."""
    if address is not None:
        page.goto(address)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not found.violations_count, f"{page.url}: {found.generate_report()}"
    fits(page)


def fits(page):
    """A page is no wider than its window, and what is pressed is as high as a thumb."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for each in page.locator(_PRESSED).all():
        if each.is_visible():
            box = each.bounding_box()
            assert box["height"] >= 44, each.evaluate("each => each.outerHTML")
