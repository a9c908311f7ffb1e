"""The headers of each kind of answer."""

from kalends.web.http.asgi import Header

# Nothing from another host, no inline script and no inline style.
_OURS = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {}"
)
_SAFE: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
# Any page and any program may read it, wherever it comes from.
_SHARED: tuple[Header, ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"etag, last-modified"),
)
FRESH: Header = (b"cache-control", b"no-cache")
FOREVER: Header = (b"cache-control", b"public, max-age=31536000, immutable")
_REVALIDATED: Header = (b"cache-control", b"public, max-age=0, must-revalidate")
NOT_KEPT: Header = (b"cache-control", b"no-store")


def _typed(media_type: str) -> Header:
    return (b"content-type", media_type.encode())


def of_page(*, is_embed: bool = False) -> tuple[Header, ...]:
    """Return the headers of a page; other sites may show only what is to be embedded."""
    policy = _OURS.format("*" if is_embed else "'none'")
    framed: tuple[Header, ...] = () if is_embed else ((b"x-frame-options", b"DENY"),)
    return (
        _typed("text/html; charset=utf-8"),
        FRESH,
        (b"content-security-policy", policy.encode()),
        *framed,
        *_SAFE,
    )


def of_own_page() -> tuple[Header, ...]:
    """Return the headers of a page for whoever is logged in: no cache keeps it.

    With `no-referrer`, a browser would not say from which site a form comes.
    """
    others = {b"cache-control", b"referrer-policy"}
    return (
        *(pair for pair in of_page() if pair[0] not in others),
        (b"cache-control", b"private, no-store"),
        (b"referrer-policy", b"same-origin"),
        (b"x-robots-tag", b"noindex"),
    )


def of_file(media_type: str, cache: Header = FRESH) -> tuple[Header, ...]:
    """Return the headers of what programs read: data, pictures, tiles, checkpoints."""
    # A picture may hold links and be opened by itself: then it is a page.
    policy = (b"content-security-policy", _OURS.format("'none'").encode())
    return (_typed(media_type), cache, policy, *_SAFE, *_SHARED)


CALENDAR: tuple[Header, ...] = (
    _typed("text/calendar; charset=utf-8"),
    _REVALIDATED,
    *_SAFE,
    *_SHARED,
)
# What is at a secret address is for whoever has it, and for no cache on the way.
SECRET_CALENDAR: tuple[Header, ...] = (
    _typed("text/calendar; charset=utf-8"),
    (b"cache-control", b"private, no-store"),
    (b"x-robots-tag", b"noindex"),
    *_SAFE,
)
LINE: tuple[Header, ...] = (_typed("text/plain; charset=utf-8"), NOT_KEPT, *_SAFE, *_SHARED)
# What the API answers is for whoever sent the token, and for no cache on the way.
_API: tuple[Header, ...] = (
    (b"cache-control", b"private, no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    *_SAFE,
)
API: tuple[Header, ...] = (_typed("application/json"), *_API)
PROBLEM: tuple[Header, ...] = (_typed("application/problem+json"), *_API)
DATA: tuple[Header, ...] = of_file("application/json")
