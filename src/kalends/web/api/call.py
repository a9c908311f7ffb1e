"""One request with a valid token: who asks, for what, and in which language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from kalends.application.access.permissions import Caller
from kalends.application.readers.callers_record import CallersRecord
from kalends.application.recording.keyed_request import KeyedRequest
from kalends.application.recording.warnings import WarningMessage
from kalends.application.workspaces.workspace import Workspace
from kalends.domain.errors import ActivityNotFoundError
from kalends.web.api.request import ApiRequest
from kalends.words import Words


@dataclass(frozen=True)
class ApiCall:
    """A request, who sends it, and the workspace as they use it.

    `is_keyed` says that a key of the request makes it recorded once.
    """

    request: ApiRequest
    caller: Caller
    words: Words
    shared: Workspace
    is_keyed: bool = True

    @cached_property
    def keyed(self) -> KeyedRequest | None:
        """Return the request with its idempotency key; None without one, and in a dry run."""
        if self.is_dry_run or not self.is_keyed:
            return None
        return self.request.keyed(self.caller)

    @cached_property
    def is_dry_run(self) -> bool:
        """Return whether it asks only what would be recorded."""
        return self.request.asks("dry_run")

    @cached_property
    def workspace(self) -> Workspace:
        """Return the workspace, with the caller's handle and rights."""
        if self.keyed is None:
            return self.shared.acting_for(self.caller, "api", dry_run=self.is_dry_run)
        return self.shared.acting_for(
            self.caller, "api", act=self.keyed.act, before_turn=self.keyed.check
        )

    @cached_property
    def record(self) -> CallersRecord:
        """Return what they may read, as of the moment that the address names."""
        return CallersRecord(self.workspace, self.caller, self.request.query.known_at)

    @cached_property
    def record_now(self) -> CallersRecord:
        """Return what they may read now."""
        return CallersRecord(self.workspace, self.caller)

    def may_see(self, activity: str) -> bool:
        """Return whether they may read an activity as it stands now."""
        try:
            CallersRecord(self.workspace, self.caller).activity_id(activity)
        except ActivityNotFoundError:
            return False
        return True

    def notes(self, warnings: Iterable[WarningMessage]) -> list[str]:
        """Return warnings in words, as `notes` of a document."""
        said = (self.words.say(warning.template, **warning.fields) for warning in warnings)
        return [text.removeprefix("! ") for text in said]


_Fields_co = TypeVar("_Fields_co", bound=Mapping[str, object], covariant=True)


@dataclass(frozen=True, slots=True)
class Document(Generic[_Fields_co]):
    """The answer: a document, with the version of the activity that it holds, if it holds one.

    `is_repeated` says that the request had been recorded before.
    """

    fields: _Fields_co
    version: int | None = None
    is_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Created(Document[_Fields_co]):
    """The answer that holds what was recorded or made; `place` is its address."""

    place: str


# The type that a handler says it returns is what openapi.json says of its answers.
Handler = Callable[..., Document[Any]]
