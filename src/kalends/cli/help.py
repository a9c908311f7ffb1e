"""Help in both languages, wrapped by the cells that characters take."""

import unicodedata
from collections.abc import Iterable

import click
from typing_extensions import override

from kalends.cli.call import Call


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes: two for a wide character."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text; between wide characters a line may break anywhere."""
    lines, line = [], ""
    for word in _words(text):
        if line.strip() and cells(line) + cells(word.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += word if line else word.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    fresh = True
    for one in " ".join(text.split()):
        wide = unicodedata.east_asian_width(one) in "WF"
        closing = unicodedata.category(one) in {"Po", "Pe", "Pf"}
        if words and (closing or not (fresh or wide)):
            words[-1] += one
        else:
            words.append(one)
        fresh = one == " " or wide
    return words


class Formatter(click.HelpFormatter):
    """Click's formatter, wrapping by cells."""

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
        for first, second in rows:
            lines = wrapped(second, max(self.width - self.current_indent - column, 20))
            gap = column - cells(first)
            if gap < col_spacing:
                self.write(f"{pad}{first}\n")
                first, gap = "", column  # noqa: PLW2901 - the rest stands under it
            for line in lines:
                self.write(f"{pad}{first}{' ' * gap}{line}".rstrip() + "\n")
                first, gap = "", column  # noqa: PLW2901 - the rest stands under it


class Context(click.Context):
    """Click's context, with our formatter."""

    formatter_class = Formatter


class Option(click.Option):
    """An option whose help is said in the call's language."""

    @override
    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, ctx.ensure_object(Call).say(self.help), 1)
