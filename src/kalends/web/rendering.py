"""Pages from templates, with everything escaped."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kalends.words.visible import visible


def render(template: str, facts: Mapping[str, Any]) -> bytes:
    """Return a page as UTF-8: the same facts give the same bytes."""
    return _environment().get_template(template).render(facts).encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kalends.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )


def _visible(value: object) -> object:
    """Make hidden characters visible in plain texts; what is markup already stays."""
    return visible(value, but="\n") if type(value) is str else value
