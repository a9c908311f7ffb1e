"""The statuses that an option takes: its own words, and those that lists show, in any language."""

from typing import Any

import click

from kalends.domain.overriding import override
from kalends.presentation.texts import STATUS_WORDS
from kalends.words import words


class StatusChoice(click.Choice[str]):
    """A choice of statuses. What lists call held may have been recorded afterwards: both count."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        chinese = {words("zh").gettext(said): said for said in STATUS_WORDS.values()}
        return super().convert(chinese.get(str(value).strip(), value), param, ctx)
