"""Carries out commands that come from elsewhere, as one act: all of them or none."""

from collections.abc import Callable, Sequence
from typing import Any

from kalends.application.recording.duplicates import already_recorded
from kalends.application.roster.roster_changes import change_roster
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.commands import PlanActivity, RecordActivity, ReviseCampaign
from kalends.domain.details import Details, Likeness, likeness
from kalends.domain.draft import Draft
from kalends.domain.errors import ActivityNotFoundError, MixedCommandsError
from kalends.domain.events import Entry, activity_stream
from kalends.domain.when import When, sound
from kalends.service.command_json import ROSTER, Order
from kalends.service.command_json import from_shape as order_from
from kalends.service.command_json import shapes as command_shapes
from kalends.words import Words

__all__ = ["Order", "carry_out", "command_shapes", "order_from"]

_NEW = (PlanActivity, RecordActivity)
_ROSTER = tuple(ROSTER.values())


def carry_out(
    workspace: Workspace,
    words: Words,
    orders: Sequence[Order],
    *,
    looked_until: int | None = None,
    sees: Callable[[str], bool] = lambda _: True,
) -> list[Entry]:
    """Carry out new activities, one change of an activity, changes of departments, or settings.

    `looked_until` is the position up to which somebody has looked for activities like the new
    ones; None records them whatever there is. `sees` says whether they may see an activity.
    Raises `MixedCommandsError`, `OnRecordError` if somebody has recorded one of them meanwhile,
    and what the service raises.
    """
    service = workspace.service
    commands = [order.command for order in orders]
    for command in commands:
        _check_dates(workspace, command)
    if commands and all(isinstance(command, _NEW) for command in commands):
        drafts = [_draft(order) for order in orders]
        check = None
        if looked_until is not None:
            check = _check(workspace, words, [draft for _, draft in drafts], looked_until, sees)
        return service.record_all(drafts, act=service.new_act(), check=check)
    if commands and all(isinstance(command, _ROSTER) for command in commands):
        return change_roster(workspace, commands)
    if len(orders) != 1:
        raise MixedCommandsError
    (order,) = orders
    if isinstance(order.command, ReviseCampaign):
        return service.change_campaign(order.command)
    assert order.id is not None
    if not sees(order.id):
        raise ActivityNotFoundError(name=order.id)
    return service.change(order.id, order.command, expected=order.version)


def _draft(order: Order) -> tuple[str, Draft]:
    assert order.id is not None
    planned = isinstance(order.command, PlanActivity)
    return order.id, Draft(details=order.command.details, planned=planned)


def _check_dates(workspace: Workspace, command: Any) -> None:
    """Raise `ImpossibleDateError` for a date that no phrase means."""
    details: Details | None = getattr(command, "details", None)
    when: When | None = getattr(command, "when", None) if details is None else details.when
    if when is not None:
        sound(when, workspace.service.campaign().settings.zone)


def _check(
    workspace: Workspace,
    words: Words,
    drafts: Sequence[Draft],
    looked_until: int,
    sees: Callable[[str], bool],
) -> Callable[[], None]:
    """Return a check for the writer's turn: nothing like these was recorded since a position."""
    wanted: set[Likeness] = {likeness(draft.details) for draft in drafts}

    def check() -> None:
        log = workspace.log
        if log.position() <= looked_until:
            return
        for found in workspace.alike(wanted).values():
            if log.positions(activity_stream(found))[0] > looked_until and sees(found):
                raise already_recorded(workspace, words, found, workspace.service.roster())

    return check
