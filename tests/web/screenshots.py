"""Makes the pictures of every page for the documents: `python tests/web/screenshots.py`."""

import base64
import socket
import sys
import tempfile
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from threading import Thread
from time import sleep
from typing import NamedTuple

import uvicorn
from playwright.sync_api import Error, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as a program, it is outside of them
from kalends import bootstrap
from kalends.application.access.tokens import Tokens
from kalends.web.addresses import PAGES
from kalends.web.app import application
from kalends.web.operations.options import WebOptions
from web.browser import CHROMIUM, QUIET
from web.pictured_campaign import pictured

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "images" / "pages"
LANGUAGES = ("zh", "en")
# The window of each kind of picture.
SIZES = {"desk": (1000, 700), "phone": (360, 700)}
# Of pages with braces, and of what an address of its own shows: the name of the picture.
_NAMES = {
    "/": "home",
    "/departments/{name*}": "department",
    "/activities/{prefix}": "activity",
    "/tags/{tag}": "tag",
    "/month/{month}": "month",
}
# These look like another page.
ALIKE = {"/month": "/month/{month}", "/tags/-/tag-{tag}/page": "/tags/{tag}"}
_EXAMPLES = {
    "/departments/{name*}": {"zh": "/departments/ls", "en": "/departments/north"},
    "/tags/{tag}": {"zh": "/tags/志愿服务", "en": "/tags/volunteers"},
    "/month/{month}": {"zh": "/month/2020-06", "en": "/month/2020-07"},
    "/activities/{prefix}": {"zh": "/activities/{moved}", "en": "/activities/{moved}"},
    "/search": {"zh": "/search?q=志愿", "en": "/search?q=volunteers"},
    "/subscribe": {"zh": "/subscribe?dept=ls&dept=tsw", "en": "/subscribe?dept=north&dept=youth"},
    "/agenda?known_at": {"zh": "/agenda?known_at=2020-06-30", "en": "/agenda?known_at=2020-06-30"},
}
# Of each language, a line that is read and one that is not understood.
_TYPED = {
    "zh": (
        "7月18日上午9点 龙山区、南康街道 邻里互助日 #志愿服务 @南康广场 80人参加",
        "7月18日上午 龙山区、南康街到 邻里互助日",
    ),
    "en": (
        "18 July 9:00 North District, Hill Street Office Neighbours help #volunteers @Hill Street Square",
        "18 July morning North District, Hil Street Office Neighbours help",
    ),
}
_OWN = {"zh": ("ls", "tsw"), "en": ("north", "youth")}
PUBLIC_URL = "https://city.example.org"
_QUALITY = 62
_TRIES = 5


class Shot(NamedTuple):
    """A picture: its file, the page, its language and address, the window, and the colours.

    `typed` is what somebody who is logged in has typed there, None on the pages of everybody.
    """

    file: str
    page: str
    language: str
    address: str
    kind: str
    scheme: str = "light"
    typed: str | None = None


def shots():
    """Yield every picture: each page in each language on a desk and on a phone, some dark."""
    for language in LANGUAGES:
        for page in (*(each for each in PAGES if each not in ALIKE), "/agenda?known_at"):
            name = _name(page)
            address = _EXAMPLES.get(page, {}).get(language, page)
            for kind in SIZES:
                yield Shot(f"{name}.{language}.{kind}.webp", page, language, address, kind)
        for page, address in (("/", "/"), ("/activities/{prefix}", "/activities/{moved}")):
            file = f"{_NAMES[page]}.{language}.dark.webp"
            yield Shot(file, page, language, address, "phone", "dark")
        yield from _clerk_shots(language)


def _clerk_shots(language):
    """Yield the pages of those who record, logged in, with something typed on them."""
    prefix = "" if language == "zh" else "/en"
    read, unread = _TYPED[language]
    for name, address, typed, kind in (
        ("record", "/record", read, "desk"),
        ("record", "/record", read, "phone"),
        ("record-unread", "/record", unread, "phone"),
        ("record-activity", "/record/{moved}", "", "phone"),
    ):
        file = f"{name}.{language}.{kind}.webp"
        yield Shot(file, address, language, prefix + address, kind, typed=typed)


def _name(page):
    plain = page.strip("/").replace("/", "-").replace("?", "-").replace("_", "-")
    return _NAMES.get(page, plain)


@contextmanager
def served(language, public_url=None):
    """Serve the campaign of a language; give its address, its activities' ids and a token.

    Forms are accepted from the public address alone: a page with forms needs none.
    """
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listening:
        made = pictured(Path(folder) / "w", language)
        options = WebOptions(
            folder=str(made.folder), settings=str(made.settings), rate=0,
            public_url=public_url, public_log=1,
        )  # fmt: skip
        listening.bind(("127.0.0.1", 0))
        app = application(options, machine=made.machine)
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            sleep(0.01)
        try:
            yield (
                f"http://127.0.0.1:{listening.getsockname()[1]}",
                made.ids,
                _token(made, _OWN[language]),
            )
        finally:
            server.should_exit = True
            thread.join()


def _token(made, own):
    """Return the secret of a token of whoever recorded the campaign, for some departments."""
    with made.opened() as workspace:
        tokens = Tokens(workspace.folder, workspace.now)
        return tokens.new(
            bootstrap.new_seed(), actor="li", role="clerk", departments=own, by="li"
        ).secret


def _log_in(page, url, secret):
    page.goto(f"{url}/login")
    page.fill("#token", secret)
    page.click("main button")


def _type(page, text):
    page.fill("#line", text)
    page.wait_for_selector(".read:not(.old)")
    page.evaluate("document.activeElement.blur()")


def _picture(page):
    """Return what a page shows; a browser that has drawn nothing yet, on a busy machine, is asked again."""
    session = page.context.new_cdp_session(page)
    left = _TRIES
    while True:
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        try:
            taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": _QUALITY})
        except Error:
            left -= 1
            if not left:
                raise
            sleep(1)
        else:
            return base64.b64decode(taken["data"])


def make(browser, into, wanted):
    """Write pictures into a folder, with an open browser."""
    into.mkdir(parents=True, exist_ok=True)
    for language, has_forms in product(LANGUAGES, (False, True)):
        some = [
            shot
            for shot in wanted
            if (shot.language, shot.typed is not None) == (language, has_forms)
        ]
        with served(language, None if has_forms else PUBLIC_URL) as (url, ids, secret):
            for shot in some:
                width, height = SIZES[shot.kind]
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=shot.scheme
                )
                page = context.new_page()
                if shot.typed is not None:
                    _log_in(page, url, secret)
                page.goto(url + shot.address.format(**ids))
                if shot.typed:
                    _type(page, shot.typed)
                (into / shot.file).write_bytes(_picture(page))
                context.close()


def main():
    """Make all pictures again, and remove those of pages that are gone."""
    wanted = list(shots())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        make(browser, FOLDER, wanted)
        browser.close()
    for each in FOLDER.iterdir():
        if each.name not in {shot.file for shot in wanted}:
            each.unlink()


if __name__ == "__main__":
    main()
