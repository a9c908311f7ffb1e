"""Patroni with etcd, set up as docs/how-to/patroni.md says: a lost primary loses no record.

It needs `patroni` and `etcd`, which nothing else here needs, and leaves itself out without them.
"""

import pytest

from kalends.application.workspaces.making import create
from kalends.application.workspaces.stores import check as check_store
from kalends.application.workspaces.stores import migrate, role_sql
from kalends.application.workspaces.workspace import Workspace
from kalends.bootstrap import machine
from kalends.domain.campaign_settings import Settings
from kalends.domain.commands import OpenCampaign, RegisterDepartment
from kalends.domain.errors import KalendsError
from kalends.store_address import StoreAddress
from patroni_cluster import Cluster, is_installed
from postgres_server import until
from writers import check, written

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(not is_installed(), reason="no patroni and etcd that everybody may call"),
]
COUNT = 400


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    made = Cluster()
    passwords = tmp_path / "pgpass"
    passwords.write_text("*:*:*:liaoyuan_clerk:of the clerk\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    try:
        leader = made.create().leader()
        made.sql(leader, "CREATE DATABASE records ENCODING 'UTF8' TEMPLATE template0")
        made.sql(leader, role_sql("liaoyuan", "liaoyuan_clerk"), "records")
        made.sql(leader, "ALTER ROLE liaoyuan_clerk PASSWORD 'of the clerk'")
        made.sql(leader, role_sql("other", "other_clerk"), "records")
        made.sql(leader, "GRANT other_clerk TO liaoyuan_clerk")
        yield made
    finally:
        made.close()


@pytest.fixture
def workspace(tmp_path, cluster):
    """Return a workspace that signs, whose log is on the servers."""
    settings = Settings(title="创城", zone="Asia/Shanghai", language="zh", uid_domain="x.kalends")
    create(
        tmp_path / "w",
        OpenCampaign(id="0a1b2c3d4e5f", settings=settings),
        language="en", machine=machine(), by="li", settings=tmp_path / "home", unsigned=print,
    )  # fmt: skip
    with Workspace(tmp_path / "w", machine=machine(), settings=tmp_path / "home") as opened:
        migrate(opened, StoreAddress(cluster.url(), "liaoyuan"))
    return Workspace(tmp_path / "w", machine=machine(), settings=tmp_path / "home")


def test_a_primary_that_is_lost_loses_nothing_and_comes_back_as_a_standby(cluster, workspace):
    other = StoreAddress(cluster.url(), "other")
    acknowledged = []

    def record(number):
        try:
            workspace.service.change_roster(
                RegisterDepartment(code=f"d{number}", name=f"第{number}局")
            )
        except KalendsError:
            workspace.close()
        else:
            acknowledged.append(f"d{number}")

    def kill():
        lost = cluster.leader()
        record(0)
        cluster.lose(lost)
        record(1)
        until(lambda: cluster.leader() not in {None, lost})
        cluster.start(lost)

    check(*written(other, kill, count=COUNT))
    record(2)
    until(cluster.is_steady)
    record(3)
    with workspace:
        assert (
            {"d0", "d2", "d3"} <= set(acknowledged) <= set(workspace.service.roster().departments)
        )
        assert check_store(workspace).findings
        assert all(finding.error is None for finding in check_store(workspace).findings)
        assert workspace.signatures.newest.size == workspace.log.position()
    query = "SELECT count(*), max(notification_id), md5(string_agg(state::text, '')) FROM other.stored_events"
    found = {tuple(cluster.sql(name, query, "records")[0]) for name in cluster.ports}
    assert len(found) == 1
