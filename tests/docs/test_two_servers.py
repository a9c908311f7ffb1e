"""The road from one folder to two servers and back, walked as its document says."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from docs.transcript import read
from kalends.application.workspaces.making import create
from kalends.application.workspaces.workspace import Workspace
from kalends.bootstrap import machine
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import OpenCampaign, RegisterDepartment
from postgres_server import Server, _programs, _user

_BLOCK = re.compile(r"^```sh (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DATA, PLACES = "/var/lib/postgresql/18/main", ("db1", "db2")
PAGE, CHINESE = "docs/how-to/two-servers.md", "docs/how-to/two-servers.zh.md"
# The servers of the test are started by hand: what the system does is this.
SYSTEM = """
sudo() { shift 2; "$@"; }
systemctl() {
    case "$1" in
    start) pg_ctl --pgdata="$DATA" --wait --log="$DATA.log" --options="$OPTIONS" start ;;
    stop) test ! -f "$DATA/postmaster.pid" || pg_ctl --pgdata="$DATA" --wait --mode=fast stop ;;
    esac > /dev/null
}
"""


def test_both_languages_have_the_same_commands():
    assert _BLOCK.findall(read(PAGE)) == _BLOCK.findall(read(CHINESE))


@pytest.mark.parametrize("page", ["patroni", "postgresql"])
def test_both_languages_give_the_same_commands_and_settings(page):
    given = re.compile(r"^(?:```yaml\n.*?^```|    .*?)$", re.MULTILINE | re.DOTALL)
    english, chinese = (given.findall(read(f"docs/how-to/{page}{end}.md")) for end in ("", ".zh"))
    assert english == chinese
    assert len(english) > 4


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Road:
    """Two machines with PostgreSQL, one that records, and what each is asked."""

    def __init__(self, folder):
        self.folder, self.root = folder, folder / "w"
        self.servers = {place: Server() for place in PLACES}
        self.ports = {place: free_port() for place in PLACES}
        self.shared = self.servers["db1"].folder

    def prepare(self):
        """Make the workspace, and a first server as it comes with the system."""
        settings = Settings(
            title="创城", zone="Asia/Shanghai", language="zh", uid_domain="x.kalends"
        )
        create(
            self.root, OpenCampaign(id="0123456789ab", settings=settings), language="en",
            machine=machine(), by="li", settings=self.folder / "config" / "kalends", unsigned=print,
        )  # fmt: skip
        with Workspace(
            self.root, machine=machine(), settings=self.folder / "config" / "kalends"
        ) as workspace:
            for number in range(30):
                workspace.service.change_roster(
                    RegisterDepartment(code=f"d{number}", name=f"第{number}局")
                )
        self.servers["db1"].create()
        self.call("db1", "systemctl start")

    def call(self, place, script):
        """Run a block; fail if any of its commands does. Return what it says."""
        for name, port in self.ports.items():
            script = script.replace(
                f"--host={name}.example.org", f"--host=127.0.0.1 --port={port}"
            ).replace(f"{name}.example.org", f"127.0.0.1:{port}")
        environment = {**os.environ, "XDG_CONFIG_HOME": str(self.folder / "config"), "LANG": "C"}
        environment.pop("PYTEST_CURRENT_TEST", None)
        how = {}
        if place == "recording":
            where = self.root
            programs = str(Path(sys.executable).parent)
        else:
            data = str(self.servers[place].data)
            script = SYSTEM + script.replace(DATA, data)
            options = (
                f"-p {self.ports[place]} -c listen_addresses=127.0.0.1 -c fsync=off "
                f"-c unix_socket_directories={self.servers[place].folder} -c shared_buffers=16MB"
            )
            environment |= {
                "DATA": data, "OPTIONS": options, "PGUSER": "postgres",
                "PGHOST": str(self.servers[place].folder), "PGPORT": str(self.ports[place]),
            }  # fmt: skip
            where, programs, how = self.shared, str(_programs()), _user()
        environment["PATH"] = f"{programs}:{environment['PATH']}"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script], cwd=where, env=environment,
            capture_output=True, text=True, check=False, timeout=30, **how,
        )  # fmt: skip
        assert done.returncode == 0, f"{place}: {script}\n{done.stdout}{done.stderr}"
        return done.stdout

    def close(self):
        for place, server in self.servers.items():
            if (server.data / "postmaster.pid").exists():
                self.call(place, "systemctl stop")
        for server in self.servers.values():
            shutil.rmtree(server.folder, ignore_errors=True)


@pytest.mark.campaign
def test_the_road_keeps_the_root_at_each_step(tmp_path):
    road = Road(tmp_path)
    roots = []
    try:
        road.prepare()
        for place, script in _BLOCK.findall(read(PAGE)):
            said = road.call(place, script)
            if place == "recording":
                roots += re.findall(r"root:? (\S{44})", said)
                sql = road.root / "liaoyuan.sql"
                if sql.exists():  # the administrator copies it
                    shutil.copy(sql, road.shared)
                    (road.shared / sql.name).chmod(0o644)
            elif "sync_state" in script:
                assert re.search(r"\bsync\b", said), said
    finally:
        road.close()
    assert len(roots) >= 9
    assert len(set(roots)) == 1
