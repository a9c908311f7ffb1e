"""The options of a server; each of its processes gets them when it starts."""

import os
from pathlib import Path
from typing import Any

from kalends.domain.value import Value, replace

# Each of several campaigns stands below this and its name.
CAMPAIGNS = "/c/"
# The folder that processes share, of their figures too: prometheus-client reads it when imported.
SHARED = "PROMETHEUS_MULTIPROC_DIR"


class WebOptions(Value):
    """The folder of the workspace, and what the person who runs the server has chosen.

    `campaigns` are the names and folders of several, then `folder` is empty; `path` is where one
    of them stands, as long as `public_url` does not say it. `sites` are the names and addresses of
    those with a host of their own; `inner` is the path under which the process knows one of them.

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
    path: str = ""
    campaigns: tuple[tuple[str, str], ...] = ()
    sites: tuple[tuple[str, str], ...] = ()
    inner: str = ""

    @property
    def root(self) -> str:
        """Return the path below which the pages stand, without a slash at its end."""
        if self.public_url is None:
            return self.path
        _, _, rest = self.public_url.partition("://")
        _, slash, path = rest.partition("/")
        return f"{slash}{path}".rstrip("/")

    def of(self, name: str, folder: str) -> "WebOptions":
        """Return the options of one of several campaigns."""
        path = f"{CAMPAIGNS}{name}"
        made = replace(self, folder=folder, campaigns=(), sites=())
        site = dict(self.sites).get(name)
        if site is not None:
            return replace(made, public_url=site, inner=f"{self.root}{path}")
        url = None if self.public_url is None else f"{self.public_url.rstrip('/')}{path}"
        return replace(made, path=path, public_url=url)

    def fields(self) -> dict[str, Any]:
        """Return the options as they are handed to a process that is started."""
        return {name: getattr(self, name) for name in WebOptions.__annotations__}


def shared_file(name: str) -> Path | None:
    """Return a file that all processes of this server share; None where there is only one."""
    folder = os.environ.get(SHARED)
    return None if folder is None else Path(folder) / name
