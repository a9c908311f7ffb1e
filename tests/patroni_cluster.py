"""Three members of Patroni and an etcd on this machine, as docs/how-to/patroni.md sets them up."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg

from postgres_server import _NOBODY, _programs, _user, children, until

PAGE = Path(__file__).parents[1] / "docs/how-to/patroni.md"
MEMBERS = ("db1", "db2", "db3")
_PROGRAMS = ("patroni", "etcd")


def is_installed():
    """Return whether the programs are here, where the servers' user may call them."""
    return all(
        found is not None
        and subprocess.run([found, "--version"], check=False, **_user()).returncode == 0
        for found in map(shutil.which, _PROGRAMS)
    )


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Cluster:
    """The members by name; `lose` is what the loss of a machine does."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="kalends-patroni-"))
        if os.geteuid() == 0:
            os.chown(self.folder, _NOBODY, _NOBODY)
        self.ports = {name: free_port() for name in MEMBERS}
        self.apis = {name: free_port() for name in MEMBERS}
        self.etcd, self._peer = free_port(), free_port()
        self.running = {}
        (text,) = re.findall(
            r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
        )
        for name in MEMBERS:
            (self.folder / f"{name}.yml").write_text(self._here(text, name))

    def _here(self, text, name):
        """Return the document's configuration for a member on this machine."""
        for written, meant in (
            (r"^  hosts: .*", f"  hosts: 127.0.0.1:{self.etcd}"),
            (r"^name: db1$", f"name: {name}"),
            (r"db1\.example\.org:8008", f"127.0.0.1:{self.apis[name]}"),
            (r"db1\.example\.org:5432", f"127.0.0.1:{self.ports[name]}"),
            (r"10\.0\.0\.0/24", "127.0.0.1/32"),
            (r"/var/lib/postgresql/18/records", str(self.folder / name)),
            (r"/var/lib/postgresql/patroni\.pgpass", str(self.folder / f"{name}.pgpass")),
            (r"/var/run/postgresql", str(self.folder)),
            (r"/usr/lib/postgresql/18/bin", str(_programs())),
        ):
            text, count = re.subn(written, meant, text, flags=re.MULTILINE)
            assert count, written
        return text

    def _run(self, name, *command):
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, stdout=log, stderr=log, cwd="/", start_new_session=True, **_user()
            )

    def create(self):
        """Start everything; return when there is a leader, and a standby that it waits for."""
        url, peer = f"http://127.0.0.1:{self.etcd}", f"http://127.0.0.1:{self._peer}"
        self._run(
            "etcd", "etcd", "--data-dir", self.folder / "etcd", "--listen-client-urls", url,
            "--advertise-client-urls", url, "--listen-peer-urls", peer,
            "--initial-advertise-peer-urls", peer, "--initial-cluster", f"default={peer}",
        )  # fmt: skip
        self.start("db1")
        until(self.leader)
        for name in MEMBERS[1:]:
            self.start(name)
        until(self.is_steady)
        return self

    def start(self, name):
        self._run(name, "patroni", self.folder / f"{name}.yml")

    def _members(self):
        for port in self.apis.values():
            with (
                suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/cluster", timeout=3) as answer,
            ):
                return json.load(answer)["members"]
        return []

    def leader(self):
        """Return the name of the member that is the primary now, None without one."""
        found = [each["name"] for each in self._members() if each["role"] == "leader"]
        return found[0] if found else None

    def is_steady(self):
        members = self._members()
        roles = sorted(each["role"] for each in members)
        states = {each["state"] for each in members}
        return roles == ["leader", "replica", "sync_standby"] and states == {
            "running",
            "streaming",
        }

    def lose(self, name):
        """Kill a member's Patroni and its PostgreSQL at once."""
        postmaster = int((self.folder / name / "postmaster.pid").read_text().split()[0])
        self.running[name].kill()
        os.kill(postmaster, signal.SIGSTOP)  # no other process begins meanwhile
        for pid in (postmaster, *children(postmaster)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.running.pop(name).wait()

    def sql(self, name, query, database="postgres"):
        """Run statements on a member as its owner, by its socket."""
        url = f"postgresql://postgres@/{database}?host={self.folder}&port={self.ports[name]}"
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(query)
            return cursor.fetchall() if cursor.description else []

    def url(self):
        """Return the address that the document gives to Kalends."""
        hosts = ",".join(f"127.0.0.1:{port}" for port in self.ports.values())
        return f"postgresql://liaoyuan_clerk@{hosts}/records?target_session_attrs=read-write"

    def close(self):
        """End everything, and remove its folder."""
        for name in MEMBERS:
            with suppress(OSError, KeyError):
                self.lose(name)
        for process in self.running.values():
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
