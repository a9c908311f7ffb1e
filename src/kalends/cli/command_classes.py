"""The classes of commands and groups: global options, help, and loading code on demand."""

import gc
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from gettext import ngettext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from kalends.cli.click_messages import NEAR
from kalends.cli.context import Context
from kalends.cli.help import ClickContext, Option, in_words
from kalends.domain.errors import N_, UsageError
from kalends.domain.overriding import override

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Kind = Literal["reads", "writes", "asks"]


class _PathType(click.ParamType[Path]):
    """A path as it was typed; what it must be, whoever opens it says.

    `click.Path` says so itself, in English alone, and looks for translations when it is made.
    """

    name = "path"

    @override
    def convert(self, value: Any, *_: object) -> Path:
        return Path(value)

    @override
    def shell_complete(self, *asked: Any) -> "list[CompletionItem]":
        return click.File().shell_complete(*asked)


PATH = _PathType()


def _asked(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    if value is not None and value is not False and option.name is not None:
        setattr(ctx.ensure_object(Context), option.name, value)


def _global(*names: str, help: str, **how: Any) -> Option:  # noqa: A002 - click's own word
    return Option(names, help=help, expose_value=False, callback=_asked, **how)


def _help_option() -> Option:
    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()

    return Option(
        ["-h", "--help"],
        is_flag=True,
        expose_value=False,
        callback=show,
        help=N_("Show this help and exit."),
    )


@cache
def options(kind: Kind) -> tuple[click.Parameter, ...]:
    """Return the global options that a command of this kind takes.

    All commands share them: making them takes a while, and they keep nothing of a run.
    """
    if kind != "asks":
        *shared, help_option = options("asks")
        return (*shared, *(_known_at() if kind == "reads" else _of_writing()), help_option)
    return (
        _global(
            "-C", "directory",
            type=PATH, metavar="DIR", is_eager=True,
            help=N_("Work in the workspace of this folder."),
        ),
        _global(
            "--server", metavar="URL", is_eager=True,
            help=N_("Work with the campaign on this server, with your token for it."),
        ),
        _global("--json", is_flag=True, is_eager=True, help=N_("Print the answer as JSON.")),
        _global(
            "--lang", type=click.Choice(["en", "zh"]), is_eager=True,
            help=N_("Use English or Chinese."),
        ),
        _help_option(),
    )  # fmt: skip


def _known_at() -> tuple[click.Parameter, ...]:
    """Return the option of commands that read."""
    return (
        _global(
            "--known-at", metavar="TIME|POSITION|FILE",
            help=N_(
                "Show everything as known at a position, a day or a moment, or at a saved "
                "calendar or checkpoint."
            ),
        ),
    )  # fmt: skip


def _of_writing() -> tuple[click.Parameter, ...]:
    """Return the options of commands that record."""
    return (
        _global("--actor", metavar="NAME", help=N_("Record under this handle.")),
        _global(
            "-n", "--dry-run", is_flag=True, help=N_("Show what would happen; record nothing.")
        ),
        _global(
            "--yes",
            is_flag=True,
            help=N_("Confirm what would be asked: the clock, and columns that are not read."),
        ),
    )  # fmt: skip


class Command(click.Command):
    """A command with the global options, which you may write before or after its name."""

    context_class = ClickContext

    def __init__(
        self, *args: Any, kind: Kind = "reads", in_folder: bool = False, **how: Any
    ) -> None:
        """Take click's parameters, and whether the command "reads" or "writes".

        With `in_folder` it works only in the folder of the campaign, not over a server.
        """
        self.in_folder = in_folder
        how["add_help_option"] = False
        super().__init__(*args, **how)
        self.params = [*self.params, *options(kind)]
        self._kind = kind

    @override
    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [in_words(ctx, piece) for piece in super().collect_usage_pieces(ctx)]

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            from kalends.cli import mistyped  # noqa: PLC0415 - only for a mistyped option

            known = [name for param in self.params for name in param.opts if name[:1] == "-"]
            near = mistyped.options(error.option_name, known)
            raise _unknown(error, near, ctx) from None
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser knows none; the hint names the command
            raise

    @override
    def invoke(self, ctx: click.Context) -> Any:
        context = ctx.ensure_object(Context)
        if context.known_at is not None and self._kind != "reads":
            raise UsageError(detail=f"--known-at {ctx.info_name}")
        if context.dry_run and self._kind != "writes":
            raise UsageError(detail=f"--dry-run {ctx.info_name}")
        if self.in_folder and context.on_server is not None:
            from kalends.domain.errors import FolderOnlyError  # noqa: PLC0415 - seldom raised

            raise FolderOnlyError(name=ctx.command_path)
        gc.freeze()
        gc.enable()
        return super().invoke(ctx)

    @override
    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_help(self, ctx, formatter)


@click.pass_context
def _show_help(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), color=ctx.color)


class Group(click.Group):
    """A group of commands; the code of each is imported when it is called.

    `lazy` maps a name to its module and attribute, and to its line of help.
    """

    context_class = ClickContext

    def __init__(
        self, *args: Any, lazy: Mapping[str, tuple[str, str]], kind: Kind = "asks", **how: Any
    ) -> None:
        """Take click's parameters, and where the commands are."""
        alone = {"callback": _show_help, "invoke_without_command": True}
        super().__init__(*args, add_help_option=False, **{**alone, **how})
        self._lazy = lazy
        self.params = [*self.params, *options(kind)]

    @override
    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return [in_words(ctx, piece) for piece in super().collect_usage_pieces(ctx)]

    @override
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from kalends.cli import mistyped  # noqa: PLC0415 - only for a mistyped command

            # Click suggests from the loaded commands only, and none is loaded.
            near = mistyped.commands(args[0], self._lazy)
            raise _unknown(error, near, ctx) from None

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._lazy)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._lazy:
            return None
        module, _, name = self._lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"kalends.cli.commands.{module}"), name)
        return command

    @override
    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_help(self, ctx, formatter)

    @override
    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        say = ctx.ensure_object(Context).say
        with formatter.section(say(N_("Commands"))):
            formatter.write_dl([(name, say(line)) for name, (_, line) in self._lazy.items()])


def _unknown(error: click.UsageError, near: Sequence[str], ctx: click.Context) -> click.UsageError:
    """Return click's error for an unknown name, with suggestions."""
    if not near:
        return click.UsageError(error.message, ctx)
    offer = ngettext(*NEAR, len(near)).format(
        possibility=repr(near[0]), possibilities=", ".join(map(repr, near))
    )
    return click.UsageError(f"{error.message} {offer}", ctx)


def command(
    group_name: str | None = None,
    *,
    kind: Kind = "reads",
    in_folder: bool = False,
    help: str,  # noqa: A002
) -> Callable[[Callable[..., Any]], click.Command]:
    """Turn a function into a command; `help` is its help text, marked for translation.

    With `in_folder` it works only in the folder of the campaign, not over a server.
    """
    return click.command(name=group_name, cls=Command, kind=kind, in_folder=in_folder, help=help)


def option(*names: str, **how: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add an option whose help is translated."""
    return click.option(*names, cls=Option, **how)


def _write_help(
    command: click.Command, ctx: click.Context, formatter: click.HelpFormatter
) -> None:
    if command.help:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(ctx.ensure_object(Context).say(command.help))
