"""Campaigns that PostgreSQL servers keep, served from a list: nothing is kept but view files."""

import time

import pytest

from asgi_client import AppClient
from kalends.application.workspaces import stores
from kalends.application.workspaces.campaign_list import listed
from kalends.domain.errors import (
    CampaignListError,
    CampaignNameError,
    FileNotReadableError,
    KalendsError,
    NoCampaignsError,
    PasswordInAddressError,
    StoreAddressError,
)
from kalends.store_address import StoreAddress
from kalends.web.app import application
from kalends.web.operations.options import WebOptions
from postgres_server import postgres_server, standby

__all__ = ["postgres_server", "standby"]
ADDRESS = "postgresql://reader@db/records"
LIST = f"""
url = "{ADDRESS}"
[campaigns.liaoyuan]
schema = "liaoyuan"
[campaigns.siping]
schema = "sp"
url = "postgresql://reader@other/records"
"""
PATIENCE = 60


def test_each_campaign_of_a_list_gets_a_folder_with_its_settings(tmp_path):
    file = tmp_path / "list.toml"
    file.write_text(LIST)
    found = listed(file)
    assert [each.name for each in found] == ["liaoyuan", "siping"]
    settings = [each.folder / "kalends.toml" for each in found]
    assert settings[0].read_text() == f'[store]\nurl = "{ADDRESS}"\nschema = "liaoyuan"\n'
    assert "@other/" in settings[1].read_text()
    before = [path.stat().st_mtime_ns for path in settings]
    file.write_text(LIST.replace("@other", "@third"))
    assert listed(file) == found
    after = [path.stat().st_mtime_ns for path in settings]
    # What a running server reads is written again only if it is another.
    assert before[0] == after[0]
    assert before[1] != after[1]
    file.write_text(f'cache = "views"\n{LIST}')
    assert listed(file)[0].folder == tmp_path / "views" / "liaoyuan"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", NoCampaignsError),
        ("x = ", CampaignListError),
        ("\x00", CampaignListError),
        ("other = 1", CampaignListError),
        (f"{LIST}[campaigns.last]", CampaignListError),
        ("url = 1", CampaignListError),
        ("cache = []", CampaignListError),
        ("campaigns = 1", CampaignListError),
        ("[campaigns]\na = 1", CampaignListError),
        ('[campaigns.a]\nschema = "a"', CampaignListError),
        (f'[campaigns.a]\nurl = "{ADDRESS}"', CampaignListError),
        (f'[campaigns.a]\nurl = "{ADDRESS}"\nschema = 1', CampaignListError),
        (f'[campaigns.a]\nurl = "{ADDRESS}"\nschema = "a"\nrole = "x"', CampaignListError),
        (f'[campaigns."../a"]\nurl = "{ADDRESS}"\nschema = "a"', CampaignNameError),
        (f'[campaigns.A]\nurl = "{ADDRESS}"\nschema = "a"', CampaignNameError),
        (f'[campaigns.a]\nurl = "{ADDRESS}"\nschema = "A-B"', StoreAddressError),
        ('[campaigns.a]\nurl = "http://x/"\nschema = "a"', StoreAddressError),
        ('[campaigns.a]\nurl = "postgresql://a:b@x/y"\nschema = "a"', PasswordInAddressError),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(tmp_path, text, error):
    file = tmp_path / "list.toml"
    file.write_text(text)
    with pytest.raises(error) as refused:
        listed(file)
    assert isinstance(refused.value, KalendsError)
    assert not (tmp_path / ".kalends-campaigns").exists()


def test_a_list_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileNotReadableError):
        listed(tmp_path / "list.toml")


@pytest.mark.campaign
@pytest.mark.parametrize("where", ["primary", "standby"])
def test_campaigns_of_a_list_are_read_and_followed_and_nothing_is_kept(
    campaign, postgres_server, request, tmp_path, where
):
    with campaign.opened() as workspace:
        stores.migrate(workspace, StoreAddress(postgres_server.url(), "c0"))
    postgres_server.sql("CREATE ROLE reader LOGIN")
    postgres_server.sql("GRANT USAGE ON SCHEMA c0 TO reader")
    postgres_server.sql("GRANT SELECT ON ALL TABLES IN SCHEMA c0 TO reader")
    read = postgres_server if where == "primary" else request.getfixturevalue("standby")
    names = [f"city-{number}" for number in range(12)]
    file = tmp_path / "list.toml"
    tables = [f'[campaigns.{name}]\nschema = "c0"\n' for name in names]
    file.write_text(f'url = "{read.url("reader")}"\n{"".join(tables)}')
    folders = tuple((each.name, str(each.folder)) for each in listed(file))
    options = WebOptions(folder="", settings=str(tmp_path / "no-keys"), campaigns=folders, rate=0)
    with AppClient(application(options, campaign.machine)) as client:
        for name in names:
            assert "推进会" in client.get(f"/c/{name}/agenda").text
            assert client.get(f"/c/{name}/feeds/all.ics").status_code == 200
            assert client.get(f"/c/{name}/api/v1/activities").status_code == 401
        assert "推进会" not in client.get("/c/city-0/agenda?q=&known_at=1").text
        assert len(client.get("/index.json").json()["campaigns"]) == 12
        ((connections,),) = read.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader'"
        )
        assert connections <= 11
        campaign.add("7月29日 团市委 走访")
        until = time.monotonic() + PATIENCE
        for name in names:
            while "走访" not in client.get(f"/c/{name}/agenda").text:
                assert time.monotonic() < until
                time.sleep(0.05)
    kept = {path.name for path in (tmp_path / ".kalends-campaigns" / names[0]).iterdir()}
    assert kept <= {"kalends.toml", ".kalends", ".kalends-secrets"}
    assert not (tmp_path / ".kalends-campaigns" / names[0] / "events").exists()
