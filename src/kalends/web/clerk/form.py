"""A request to a page for those who are logged in: its cookie, its form, where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from kalends.domain.errors import FormRefusedError
from kalends.web.clerk.multipart import MEDIA_TYPE, Multipart, multipart

COOKIE = "kalends_session"
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 50


@dataclass(frozen=True, slots=True)
class FormRequest:
    """What was asked; `path` has no language, `base` is the site's own address."""

    method: str
    path: str
    language: str
    headers: Mapping[str, str]
    host: str
    base: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def session(self) -> str:
        """Return the secret that the cookie of its session holds, empty without one."""
        return self.cookie(COOKIE)

    def cookie(self, wanted: str) -> str:
        """Return the value of a cookie, empty without one."""
        return cookie_of(self.headers, wanted)

    @property
    def is_https(self) -> bool:
        """Return whether browsers reach the site by https."""
        return self.base.startswith("https://")

    @property
    def files(self) -> dict[str, bytes]:
        """Return the files that its form carries, by field; raises `FormRefusedError`."""
        return self._multipart.files if self._media_type == MEDIA_TYPE else {}

    @property
    def _media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def _multipart(self) -> Multipart:
        return multipart(self.headers["content-type"], self.body, most=_MOST_FIELDS)

    @property
    def form(self) -> dict[str, str]:
        """Return the fields of its form; raises `FormRefusedError` for what is no form."""
        if self._media_type == MEDIA_TYPE:
            return self._multipart.fields
        if self._media_type != _FORM:
            raise FormRefusedError
        try:
            text = self.body.decode("ascii")
            pairs = parse_qsl(
                text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
            )
        except ValueError:
            raise FormRefusedError from None
        return dict(pairs)

    def check_origin(self) -> None:
        """Raise `FormRefusedError` if it was not sent by a page of this site.

        Browsers say so in one of two headers; who sends neither is no browser of our time.
        """
        site = self.headers.get("sec-fetch-site")
        if site is not None and site != "same-origin":
            raise FormRefusedError
        origin = self.headers.get("origin")
        if origin is None:
            if site is None:
                raise FormRefusedError
            return
        if urlsplit(origin).netloc != urlsplit(self.base).netloc:
            raise FormRefusedError


def cookie_of(headers: Mapping[str, str], wanted: str) -> str:
    """Return the value of a cookie, empty without one."""
    for part in headers.get("cookie", "").replace(",", ";").split(";"):
        name, _, value = part.strip().partition("=")
        if name == wanted:
            return value
    return ""
