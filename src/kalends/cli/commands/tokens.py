"""`kalends token`: who may use the server, and in which role."""

from datetime import datetime
from typing import Any, get_args

import click
import msgspec

from kalends.application.access import tokens
from kalends.application.access.access_lines import (
    AccessLine,
    LinkMade,
    SessionBegun,
    SessionEnded,
    SubscriptionLine,
    TokenMade,
    TokenRevoked,
    TokenUsed,
)
from kalends.application.access.permissions import AccessRole
from kalends.application.access.sessions import Sessions
from kalends.application.access.tokens import Token, Tokens
from kalends.application.queries import departments
from kalends.cli.command_classes import Group, command, option
from kalends.cli.context import Context, pass_context
from kalends.cli.terminal.printing import table
from kalends.domain.errors import N_

_ROLES = get_args(AccessRole)


@command(
    "new",
    in_folder=True,
    kind="asks",
    help=N_("Make a token for somebody, and show it this once."),
)
@option("--actor", "holder", metavar="HANDLE", required=True, help=N_("Whose token it is."))
@option("--role", type=click.Choice(_ROLES), required=True, help=N_("What they may do."))
@option("--dept", "names", metavar="NAME", multiple=True, help=N_("A clerk's department."))
@option("--expires", metavar="DAYS", help=N_("How long it works, like 90d."))
@option("--login", metavar="NAME",
        help=N_("Who logs in elsewhere by this name needs no token."))  # fmt: skip
@option("--note", metavar="TEXT", help=N_("A note, to recognise it in the list."))
@pass_context
def new(context: Context, /, holder: str, names: tuple[str, ...], **given: Any) -> None:
    """Make a token, or let somebody with an account elsewhere act without one."""
    workspace = context.workspace
    roster, expires = workspace.service.roster(), given["expires"]
    made = _tokens(context).new(
        workspace.new_seed(),
        actor=holder,
        role=given["role"],
        departments=[departments.department(roster, name).code for name in names],
        lifetime=None if expires is None else tokens.lifetime(expires),
        note=given["note"] or "",
        login=given["login"] or "",
        by=workspace.by,
    )
    login = made.made.login
    if context.json:
        shape = _shape(Token(made.made))
        context.emit({"secret": None if login else made.secret, "token": shape})
        return
    click.echo(made.made.mark if login else made.secret)
    text = _LOGIN if login else _SHOWN
    context.talk(text, login=login, actor=made.made.actor, mark=made.made.mark)


_LOGIN = N_("Whoever logs in as “{login}” acts as “{actor}”, until `kalends token revoke {mark}`.")
_SHOWN = N_(
    "It is shown only now. Whoever has it acts as “{actor}”, until `kalends token revoke {mark}`."
)


@command("ls", in_folder=True, kind="asks", help=N_("List the tokens by their marks."))
@pass_context
def ls(context: Context) -> None:
    """List them; the tokens themselves are not kept."""
    found = _tokens(context).all()
    if context.json:
        context.emit({"tokens": [_shape(each) for each in found]})
        return
    if not found:
        context.talk(N_("There are no tokens."))
        return
    now = context.workspace.now()
    heads = (
        N_("mark"),
        N_("who"),
        N_("role"),
        N_("departments"),
        N_("until"),
        N_("used"),
        N_("login"),
        N_("note"),
    )
    rows = [
        [
            each.made.mark,
            each.made.actor,
            each.made.role,
            ", ".join(each.made.departments) or "-",
            _until(context, each, now),
            (each.used or "-")[:10],
            each.made.login or "-",
            each.made.note,
        ]
        for each in found
    ]
    table([[context.say(head) for head in heads], *rows])


@command(
    "revoke",
    in_folder=True,
    kind="asks",
    help=N_("End a token, also in servers that are running."),
)
@click.argument("mark")
@pass_context
def revoke(context: Context, mark: str) -> None:
    """End a token."""
    ended = _tokens(context).revoke(mark, by=context.workspace.by)
    if context.json:
        context.emit({"token": _shape(ended)})
        return
    click.echo(context.say(N_("{mark} ended: nobody can use it any more."), mark=ended.made.mark))


@command(
    "link",
    in_folder=True,
    kind="asks",
    help=N_("Make a link that logs one browser in with a token."),
)
@click.argument("mark")
@pass_context
def link(context: Context, mark: str) -> None:
    """Make a link, and show it this once."""
    workspace = context.workspace
    made = Sessions(_tokens(context)).new_link(workspace.new_seed(), mark, by=workspace.by)
    path = f"/login/{made.code}"
    if context.json:
        context.emit({"path": path, "mark": made.made.mark, "expires": made.made.expires})
        return
    click.echo(path)
    context.talk(
        N_("Put it behind the address of the site. It works once, for {minutes} minutes."),
        minutes=10,
    )


@command(
    "log",
    in_folder=True,
    kind="asks",
    help=N_("Show who made, used and ended tokens and webhooks, oldest first."),
)
@pass_context
def log(context: Context) -> None:
    """Show the record of tokens."""
    found = _tokens(context).lines()
    if context.json:
        context.emit({"lines": [_line(each) for each in found]})
        return
    if not found:
        context.talk(N_("There are no tokens."))
        return
    table([[each.at, each.by, each.mark, _what(context, each)] for each in found])


def _tokens(context: Context) -> Tokens:
    return Tokens(context.workspace.folder, context.workspace.now)


def _shape(token: Token) -> dict[str, Any]:
    """Return a token as JSON shows it; its hash is nobody's business."""
    made = token.made
    return {
        "mark": made.mark,
        "actor": made.actor,
        "role": made.role,
        "departments": list(made.departments),
        "made": made.at,
        "by": made.by,
        "expires": made.expires,
        "used": token.used,
        "revoked": token.revoked,
        "note": made.note,
        "login": made.login or None,
    }


def _until(context: Context, token: Token, now: datetime) -> str:
    """Return until when a token works."""
    if token.revoked is not None:
        return context.say(N_("revoked"))
    if not token.is_valid_at(now):
        return context.say(N_("expired"))
    return (token.made.expires or "-")[:10]


def _line(line: AccessLine) -> dict[str, Any]:
    """Return a line of the record as JSON shows it, without hashes."""
    shape: dict[str, Any] = msgspec.to_builtins(line)
    for name in ("sha256", "link"):
        shape.pop(name, None)
    return shape


def _what(context: Context, line: AccessLine) -> str:
    match line:
        case TokenMade():
            return context.say(N_("made for {actor} ({role})"), actor=line.actor, role=line.role)
        case TokenUsed():
            return context.say(N_("used from {host}"), host=line.host)
        case SessionBegun():
            return context.say(N_("logged in from {host}"), host=line.host)
        case SubscriptionLine():
            return f"{line.kind}: {context.say(_CHANGES[line.change])}"
        case _:
            return context.say(_SIMPLE[type(line)])


_SIMPLE: dict[type, str] = {
    LinkMade: N_("link made"),
    SessionEnded: N_("logged out"),
    TokenRevoked: N_("revoked"),
}
_CHANGES = {
    "made": N_("made"),
    "paused": N_("paused"),
    "resumed": N_("resumed"),
    "revoked": N_("revoked"),
}

LAZY = {
    "new": ("tokens:new", N_("Make a token for somebody, and show it this once.")),
    "ls": ("tokens:ls", N_("List the tokens.")),
    "link": ("tokens:link", N_("Make a link that logs a browser in.")),
    "revoke": ("tokens:revoke", N_("End a token.")),
    "log": ("tokens:log", N_("Show who made, used and revoked tokens.")),
}
token = Group("token", lazy=LAZY, help=N_("Say who may record through the server, and for whom."))
