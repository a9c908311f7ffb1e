"""Commands as JSON, as one Kalends sends them to another to have them recorded."""

import dataclasses
from functools import cache
from typing import Annotated, Any, Union, get_type_hints

import msgspec

from kalends.domain import commands
from kalends.domain.value import Value
from kalends.domain.when import Clock
from kalends.log.codec import CLOCK, with_parts

# The name of each command. Those that undo an act, open a campaign or correct the clock are not
# asked for from elsewhere.
ACTIVITY: dict[str, type[Value]] = {
    "activity.plan": commands.PlanActivity,
    "activity.record": commands.RecordActivity,
    "activity.hold": commands.HoldActivity,
    "activity.move": commands.MoveActivity,
    "activity.cancel": commands.CancelActivity,
    "activity.reinstate": commands.ReinstateActivity,
    "activity.correct": commands.CorrectActivity,
    "activity.retract": commands.RetractActivity,
    "activity.withhold": commands.WithholdActivity,
    "activity.release": commands.ReleaseActivity,
}
ROSTER: dict[str, type[Value]] = {
    "department.register": commands.RegisterDepartment,
    "department.alias": commands.AliasDepartment,
    "department.unalias": commands.UnaliasDepartment,
    "department.abbreviate": commands.AbbreviateDepartment,
    "department.rename": commands.RenameDepartment,
    "department.merge": commands.MergeDepartment,
    "department.close": commands.CloseDepartment,
    "department.reopen": commands.ReopenDepartment,
    "department.move": commands.MoveDepartment,
}
CAMPAIGN: dict[str, type[Value]] = {"campaign.revise": commands.ReviseCampaign}
COMMANDS = {**ACTIVITY, **ROSTER, **CAMPAIGN}

_Id = Annotated[str, msgspec.Meta(pattern=r"^(?=.*[a-z])[0-9a-hjkmnp-tv-z]{12}(?![\s\S])")]
_Version = Annotated[int, msgspec.Meta(ge=1, le=999_999_999)]
_Whole = Annotated[int, msgspec.Meta(ge=-(1 << 53), le=1 << 53)]


class Order(Value):
    """A command of the domain that somebody sent.

    `id` is that of the activity, which may be new; `version` is the version that its sender saw.
    """

    command: Any
    id: str | None = None
    version: int | None = None


def to_json(order: Order) -> dict[str, Any]:
    """Return an order as an object of JSON."""
    name = next(name for name, kind in COMMANDS.items() if type(order.command) is kind)
    beside = {"id": order.id, "version": order.version}
    return {
        "do": name,
        **{key: given for key, given in beside.items() if given is not None},
        **msgspec.to_builtins(order.command),
    }


def from_shape(shape: msgspec.Struct) -> Order:
    """Return the order in a decoded JSON object."""
    kind = COMMANDS[str(shape.__struct_config__.tag)]
    return Order(
        command=msgspec.convert(shape, kind, from_attributes=True),
        id=getattr(shape, "id", None),
        version=getattr(shape, "version", None),
    )


@cache
def shapes() -> Any:
    """Return the type of a command as a JSON object: a union whose members `do` tells apart."""
    return Union[tuple(_command_shape(name, kind) for name, kind in COMMANDS.items())]  # noqa: UP007 - of a list


def _command_shape(name: str, kind: type[Value]) -> type[msgspec.Struct]:
    more: list[Any] = []
    if name in ACTIVITY:
        more.append(("id", _Id))
        if kind not in {commands.PlanActivity, commands.RecordActivity}:
            more.append(("version", _Version | None, None))
    return msgspec.defstruct(
        kind.__name__,
        [*more, *_fields(kind)],
        kw_only=True,
        forbid_unknown_fields=True,
        tag_field="do",
        tag=name,
        namespace={"__doc__": kind.__doc__},
    )


@cache
def _shape(kind: type[Value]) -> type[msgspec.Struct]:
    return msgspec.defstruct(
        kind.__name__,
        _fields(kind),
        kw_only=True,
        forbid_unknown_fields=True,
        namespace={"__doc__": kind.__doc__},
    )


def _fields(kind: Any) -> list[Any]:
    hints = get_type_hints(kind, include_extras=True)
    found: list[Any] = []
    for field in dataclasses.fields(kind):
        hint = _shaped(hints[field.name])
        if field.default is not dataclasses.MISSING:
            found.append((field.name, hint, field.default))
        elif field.default_factory is not dataclasses.MISSING:
            default = (
                hint if dataclasses.is_dataclass(hints[field.name]) else field.default_factory
            )
            found.append((field.name, hint, msgspec.field(default_factory=default)))
        else:
            found.append((field.name, hint))
    return found


def _shaped(hint: Any) -> Any:
    if hint is Clock:
        return CLOCK
    if hint is int:
        return _Whole
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _shape(hint)
    return with_parts(hint, _shaped)
