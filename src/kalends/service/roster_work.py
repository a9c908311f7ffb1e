"""Several changes of the roster within one turn."""

from kalends.domain.commands import RosterCommand
from kalends.domain.events import ROSTER, RosterEvent, Stamp
from kalends.domain.roster import Roster
from kalends.domain.streams import STREAMS


class RosterWork:
    """Several changes of the roster, each decided after those before it."""

    def __init__(self, names: Roster, stamp: Stamp) -> None:
        """Start with the current roster."""
        self.roster = names
        self.events: list[RosterEvent] = []
        self.commands: list[RosterCommand] = []
        self._stamp = stamp

    def do(self, command: RosterCommand) -> None:
        """Decide the next change."""
        rules = STREAMS[ROSTER]
        self.commands.append(command)
        for event in rules.decide(self.roster, command, stamp=self._stamp):
            self.events.append(event)
            self.roster = rules.evolve(self.roster, event)
