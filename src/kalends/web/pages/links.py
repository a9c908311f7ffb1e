"""Where the links of a page lead: below a server's address, or among the files of a site."""

import re
from collections.abc import Iterable
from typing import Protocol
from urllib.parse import quote

from kalends.web.http.query import written

Pairs = Iterable[tuple[str, str]]
# What names a part of a list; among files it stands at the end of the path: `/agenda/skip/40`.
_PARTS = frozenset({"skip", "before", "after"})
_PART = re.compile(r"(.+)/(skip|before|after)/([0-9]{1,9})(\.json)?")


def part_path(path: str, words: Pairs) -> str:
    """Return the path that the part of a list has among the files of a site."""
    plain = path.removesuffix(".json")
    parts = "".join(f"/{name}/{each}" for name, each in words if name in _PARTS)
    return f"{plain}{parts}{path[len(plain) :]}" if parts else path


def part_of(path: str) -> tuple[str, str]:
    """Return the path of the list to which a part belongs, and the words that name the part.

    Of what is no part, this is the path, and no words.
    """
    found = _PART.fullmatch(path)
    if found is None:
        return path, ""
    plain, name, number, ending = found.groups()
    return f"{plain}{ending or ''}", f"{name}={number}"


class Links(Protocol):
    """Makes the addresses in a page; a path begins with `/` and is not yet encoded.

    `has_server` says whether somebody answers what depends on the words of an address.
    """

    has_server: bool

    def page(self, path: str, language: str, words: Pairs = ()) -> str:
        """Return the address of a page in a language."""

    def file(self, path: str, words: Pairs = ()) -> str:
        """Return the address of what has no language: a feed, JSON, a style sheet."""

    def whole(self, path: str, words: Pairs = ()) -> str:
        """Return the whole address of a file, as it is given to another program."""

    def whole_page(self, path: str, language: str, words: Pairs = ()) -> str | None:
        """Return the whole address of a page; None where the site's own is not known."""


class ServedLinks:
    """Addresses of a server, absolute on it: `root` is the path below which it stands."""

    has_server = True

    def __init__(self, base: str, root: str, campaign_language: str) -> None:
        """Take the address that people use, as in `https://example.org/city`, and its path."""
        self._base = base.rstrip("/")
        self._root = root.rstrip("/")
        self._plain = campaign_language

    def page(self, path: str, language: str, words: Pairs = ()) -> str:
        """Return the address of a page in a language."""
        prefix = "" if language == self._plain else f"/{language}"
        path = path if path != "/" or not prefix else ""
        return f"{self._root}{prefix}{quote(path)}{written(words)}"

    def file(self, path: str, words: Pairs = ()) -> str:
        """Return the address of what has no language."""
        return f"{self._root}{quote(path)}{written(words)}"

    def whole(self, path: str, words: Pairs = ()) -> str:
        """Return the whole address of a file."""
        return f"{self._base}{quote(path)}{written(words)}"

    def whole_page(self, path: str, language: str, words: Pairs = ()) -> str:
        """Return the whole address of a page."""
        prefix = "" if language == self._plain else f"/{language}"
        return f"{self._base}{prefix}{quote(path)}{written(words)}"


class SiteLinks:
    """Addresses among the files of a site: relative, so that it may stand below any path.

    Each page is `index.html` of a folder. `site` is the address that the files will have, where
    it is known: what is given to other programs needs it.
    """

    has_server = False

    def __init__(self, here: str, site: str | None, campaign_language: str) -> None:
        """Take the path of the page on which the links stand, with its language's prefix."""
        self._up = "../" * len([part for part in here.split("/") if part]) or "./"
        self._site = (site or "").rstrip("/")
        self._plain = campaign_language

    def page(self, path: str, language: str, words: Pairs = ()) -> str:
        """Return the address of a page in a language.

        The words that name a part of a list are in the path; others need a server, and are left
        out.
        """
        prefix = "" if language == self._plain else f"{language}/"
        rest = quote(part_path(path, words).strip("/"))
        return f"{self._up}{prefix}{rest}/" if rest else f"{self._up}{prefix}"

    def file(self, path: str, words: Pairs = ()) -> str:
        """Return the address of what has no language."""
        return f"{self._up}{quote(part_path(path, words).lstrip('/'))}"

    def whole(self, path: str, words: Pairs = ()) -> str:
        """Return the whole address of a file, or a relative one where the site's is not known."""
        return f"{self._site}{quote(path)}{written(words)}" if self._site else self.file(path)

    def whole_page(self, path: str, language: str, words: Pairs = ()) -> str | None:
        """Return the whole address of a page; None where the site's own is not known."""
        del words
        prefix = "" if language == self._plain else f"/{language}"
        return f"{self._site}{prefix}{quote(path)}/" if self._site else None
