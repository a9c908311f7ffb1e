"""Every page that there is, as an address that answers: what the tests of all pages go through."""

from collections.abc import Iterator

from kalends.web.addresses import PAGES

# For each address with braces, examples; `{moved}` and the like are ids of activities.
EXAMPLES = {
    "/departments/{name*}": ("/departments/ls",),
    "/activities/{prefix}": ("/activities/{moved}", "/activities/{cancelled}"),
    "/tags/{tag}": ("/tags/推进会",),
    "/tags/-/tag-{tag}/page": (),  # the same page, of tags that few campaigns have
    "/month/{month}": ("/month/2020-07",),
}
# What is only for paper has no data.
NO_DATA = frozenset({"/subscribe/poster"})


def examples() -> Iterator[str]:
    """Yield an example of every page; raises `KeyError` for one that has none."""
    for address in PAGES:
        yield from EXAMPLES[address] if "{" in address else (address,)


def as_data(address: str) -> str:
    """Return the address of the same page as a JSON document."""
    return "/index.json" if address == "/" else f"{address}.json"


def in_language(address: str, language: str) -> str:
    """Return the address in the campaign's language, which is the empty one, or in another."""
    if not language:
        return address
    return f"/{language}" if address == "/" else f"/{language}{address}"
