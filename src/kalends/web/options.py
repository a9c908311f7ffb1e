"""How the web was told to run; worker processes are handed it through their environment."""

import json
import os
from pathlib import Path

from kalends.domain.value import Value, value

_VARIABLE = "KALENDS_WEB"
# The folder that processes share, of their figures too: prometheus-client reads it when imported.
SHARED = "PROMETHEUS_MULTIPROC_DIR"


@value
class WebOptions(Value):
    """The folder of the workspace, and what the person who runs the server has chosen.

    `public_url` is the address that people use, None where only the request tells. `proxies` are
    addresses whose forwarding headers are believed; `rate` is how many requests one address may
    make in a minute, 0 for any number. `public_log` says whether the journal's lines are public:
    0 never, 1 while nothing is withheld, 2 the withheld ones too.
    """

    folder: str
    settings: str
    public_url: str | None = None
    public_log: int = 0
    proxies: tuple[str, ...] = ()
    rate: int = 600

    @property
    def root(self) -> str:
        """Return the path below which the pages stand, without a slash at its end."""
        if self.public_url is None:
            return ""
        _, _, rest = self.public_url.partition("://")
        _, slash, path = rest.partition("/")
        return f"{slash}{path}".rstrip("/")

    def hand_over(self) -> None:
        """Let the processes that are started from now on find these options."""
        fields = {name: getattr(self, name) for name in _FIELDS}
        os.environ[_VARIABLE] = json.dumps(fields)


_FIELDS = ("folder", "settings", "public_url", "public_log", "proxies", "rate")


def handed_over() -> WebOptions:
    """Return the options that this process was handed."""
    fields = json.loads(os.environ[_VARIABLE])
    return WebOptions(**{**fields, "proxies": tuple(fields["proxies"])})


def shared_file(name: str) -> Path | None:
    """Return a file that all processes of this server share; None where there is only one."""
    folder = os.environ.get(SHARED)
    return None if folder is None else Path(folder) / name
