"""One department: its names over time, and the days on which it is active."""

from datetime import date

from kalends.domain.value import Value


class Name(Value):
    """A name and the day it is valid from; None means always."""

    name: str
    on: date | None = None


class Pause(Value):
    """Days without activity: from `since` (None: always) to the day before `until`."""

    until: date
    since: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether a day lies in the pause."""
        return (self.since is None or self.since <= day) and day < self.until


class Department(Value):
    """A department: its code, its names over time, and whether it is open."""

    code: str
    names: tuple[tuple[date | None, str], ...]
    aliases: tuple[str, ...] = ()
    short: str | None = None
    parent: str | None = None
    since: date | None = None
    merged_into: str | None = None
    is_closed: bool = False
    closed_on: date | None = None
    pauses: tuple[Pause, ...] = ()
    is_withdrawn: bool = False

    @property
    def name(self) -> str:
        """Return the newest name."""
        return self.name_on(date.max)

    def name_on(self, day: date) -> str:
        """Return the name that was valid on a day.

        `names` are in the order in which they were recorded. A name without a day is valid always
        and replaces all before it. Of the others, the latest day not after `day` counts.
        """
        found, valid = "", date.min
        for since, name in self.names:
            if since is None or valid <= since <= day:
                found, valid = name, since or date.min
        return found

    def short_on(self, day: date) -> str:
        """Return the short name that lists and feeds use for an activity on a day.

        That is the one that was set, else the first alias with fewer characters than the name
        valid on that day, else that name.
        """
        if self.short is not None:
            return self.short
        name = self.name_on(day)
        return next((alias for alias in self.aliases if len(alias) < len(name)), name)

    def acts_on(self, day: date) -> bool:
        """Return whether the department was neither closed nor merged on a day."""
        is_open = not self.is_closed or (self.closed_on is not None and day < self.closed_on)
        return is_open and self.pause_on(day) is None

    def pause_on(self, day: date) -> Pause | None:
        """Return the pause that a day lies in, if the department was reopened after it."""
        return next((pause for pause in self.pauses if pause.holds(day)), None)

    @property
    def called(self) -> tuple[str, ...]:
        """Return everything the department can be found by: names, aliases, short name, code."""
        if self.is_withdrawn:
            return ()
        short = () if self.short is None else (self.short,)
        return (*(name for _, name in self.names), *self.aliases, *short, self.code)
