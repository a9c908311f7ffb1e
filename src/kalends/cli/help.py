"""Help texts in both languages, wrapped by the width of characters in cells."""

import re
import sys
from collections.abc import Iterable
from gettext import gettext
from typing import Any

import click

from kalends.cli.context import Context
from kalends.cli.terminal.cells import cells, wrapped
from kalends.cli.terminal.printing import columns
from kalends.domain.errors import N_
from kalends.domain.overriding import override

_WIDEST, _LEAST, _BELOW = 80, 20, 6
_WHOLE = N_("whole number")


class Formatter(click.HelpFormatter):
    """Click's formatter, but wrapping by cells, and within narrow terminals too."""

    def __init__(self, *args: Any, **how: Any) -> None:
        """Take click's parameters; the width is the terminal's, at most 80."""
        super().__init__(*args, **{**how, "width": max(min(columns(sys.stdout), _WIDEST) - 2, 10)})

    @override
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        whole = f"{gettext('Usage:')} {args}"
        wide = cells(whole) - len(whole)  # click counts characters
        self.width -= wide
        super().write_usage(prog, args, prefix)
        self.width += wide

    @override
    def write_heading(self, heading: str) -> None:
        mark = gettext("Usage:").strip()[-1]  # a full-width colon in Chinese
        self.write(f"{'':>{self.current_indent}}{heading}{mark}\n")

    @override
    def write_text(self, text: str) -> None:
        pad = " " * self.current_indent
        for paragraph in text.split("\n\n"):
            for line in wrapped(paragraph, self.width - self.current_indent):
                self.write(f"{pad}{line}\n")

    @override
    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        rows = list(rows)
        pad = " " * self.current_indent
        column = min(max((cells(first) for first, _ in rows), default=0), col_max) + col_spacing
        room = self.width - self.current_indent - column
        if room < _LEAST:  # the second stands below the first
            column = _BELOW
            room = max(self.width - self.current_indent - column, 10)
        for first, second in rows:
            lines = wrapped(second, room)
            gap = column - cells(first)
            if gap < col_spacing:
                for n, line in enumerate(wrapped(first, self.width - self.current_indent)):
                    self.write(f"{pad}{'  ' if n else ''}{line}\n")
                first, gap = "", column  # noqa: PLW2901 - the rest is indented below
            for line in lines:
                self.write(f"{pad}{first}{' ' * gap}{line}".rstrip() + "\n")
                first, gap = "", column  # noqa: PLW2901 - the rest is indented below


class ClickContext(click.Context):
    """Click's context, using our formatter."""

    formatter_class = Formatter


def in_words(ctx: click.Context, usage: str) -> str:
    """Return part of a usage line with its placeholders in the user's language."""
    say = ctx.ensure_object(Context).say
    return re.sub(r"[A-Z]{2,}", lambda found: say(found.group()), usage)


class Whole(click.types.IntParamType):
    """An integer, whose error message is in the user's language."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        self.name = gettext(_WHOLE)
        return super().convert(value, param, ctx)


class WholeRange(click.IntRange):
    """An integer within bounds, whose error message is in the user's language."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        self.name = gettext(_WHOLE)
        return super().convert(value, param, ctx)


class Option(click.Option):
    """An option whose help is in the user's language."""

    def __init__(self, *args: Any, **how: Any) -> None:
        """Take click's parameters."""
        if how.get("type") is int:
            how["type"] = Whole()
        super().__init__(*args, **how)

    @override
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return in_words(ctx, record[0]), record[1].replace(
            self.help, ctx.ensure_object(Context).say(self.help), 1
        )
