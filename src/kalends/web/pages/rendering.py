"""Pages of the web from their templates."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment

from kalends.presentation.templates import templates


def render(template: str, facts: Mapping[str, Any]) -> bytes:
    """Return a page as UTF-8: the same facts give the same bytes."""
    return _environment().get_template(template).render(facts).encode()


@cache
def _environment() -> Environment:
    return templates("kalends.web", "templates")
