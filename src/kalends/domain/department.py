"""One department: the names it bore and since when, and on which days it acts."""

from datetime import date

from kalends.domain.value import Value, value


@value
class Name(Value):
    """A name, and the day from which on it is valid; None: since ever."""

    name: str
    on: date | None = None


@value
class Pause(Value):
    """Days on which a department did not act: from `since` (None: from ever) until the day before.

    `until` is the day on which it acted again.
    """

    until: date
    since: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return (self.since is None or self.since <= day) and day < self.until


@value
class Department(Value):
    """A department: its code, the names it bore and since when, and what became of it."""

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

        `names` are in the order in which they were recorded. One without a day is valid since
        ever and replaces all before it; of the others the latest day not after `day` counts.
        """
        found, valid = "", date.min
        for since, name in self.names:
            if since is None or valid <= since <= day:
                found, valid = name, since or date.min
        return found

    def short_on(self, day: date) -> str:
        """Return the short name that lists and feeds use for an activity on a day.

        The one that was set. Without it, the first alias given that has fewer characters than the
        name valid on that day, or that name.
        """
        if self.short is not None:
            return self.short
        name = self.name_on(day)
        return next((alias for alias in self.aliases if len(alias) < len(name)), name)

    def acts_on(self, day: date) -> bool:
        """Tell whether it was neither closed nor merged on a day."""
        is_open = not self.is_closed or (self.closed_on is not None and day < self.closed_on)
        return is_open and self.pause_on(day) is None

    def pause_on(self, day: date) -> Pause | None:
        """Return the time in which it was closed, reopened since, that a day lies in."""
        return next((pause for pause in self.pauses if pause.holds(day)), None)

    @property
    def called(self) -> tuple[str, ...]:
        """Return everything it is found by: names, aliases, short name, code."""
        if self.is_withdrawn:
            return ()
        short = () if self.short is None else (self.short,)
        return (*(name for _, name in self.names), *self.aliases, *short, self.code)
