"""Secret addresses: what is withheld, for whoever has the address, and for nobody else."""

import re

import pytest

from kalends.application.subscriptions import feed_secrets
from kalends.domain.commands import ReleaseActivity
from kalends.domain.errors import DiskError, OpenSecretsError, SecretNotFoundError, SecretsError
from kalends.web.secret_feeds import without_secret
from served_campaign import SECRET


def made(campaign, name="all", note=""):
    with campaign.opened() as workspace:
        return feed_secrets.new_secret(workspace, name, note)


def entries(ics):
    found = re.findall(r"BEGIN:VEVENT.*?END:VEVENT", ics, re.DOTALL)
    return {re.search(r"UID:(\S+)", entry)[1]: entry for entry in found}


def test_it_holds_what_is_withheld_and_the_same_bytes_besides(campaign, client):
    address = made(campaign).path
    public, private = client.get("/feeds/all.ics"), client.get(address)
    assert private.status_code == 200
    assert SECRET in private.text
    assert SECRET not in public.text
    of_all, of_public = entries(private.text), entries(public.text)
    assert len(of_all) == len(of_public) + 1
    assert of_public.items() <= of_all.items()
    assert private.text.partition("BEGIN:VEVENT")[0] == public.text.partition("BEGIN:VEVENT")[0]
    assert private.headers["content-type"] == public.headers["content-type"]


def test_an_entry_is_what_it_would_be_if_it_were_public(campaign, client):
    address = made(campaign).path
    (uid,) = entries(client.get(address).text).keys() - entries(client.get("/feeds/all.ics").text)
    before = entries(client.get(address).text)[uid]
    with campaign.opened() as workspace:
        workspace.service.change(uid[9:21], ReleaseActivity())
    after = entries(client.get("/feeds/all.ics").text)[uid]
    stamps = re.compile(r"^(DTSTAMP|LAST-MODIFIED|SEQUENCE):.*$", re.MULTILINE)
    assert stamps.sub("", before) == stamps.sub("", after)
    assert before != after  # a revision more
    assert entries(client.get(address).text) == entries(client.get("/feeds/all.ics").text)


def test_it_does_not_lead_to_the_public_feed(campaign, client):
    """Programs that follow SOURCE would go on with a calendar that lacks what is withheld."""
    from kalends.application.recording.campaigns import GivenSettings, revise

    with campaign.opened() as workspace:
        revise(workspace, GivenSettings(site="https://x.example/feeds"), reason="site")
    assert "SOURCE" in client.get("/feeds/all.ics").text
    assert "SOURCE" not in client.get(made(campaign).path).text


def test_nobody_on_the_way_keeps_it(campaign, client):
    headers = client.get(made(campaign).path).headers
    assert headers["cache-control"] == "private, no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex"
    assert "access-control-allow-origin" not in headers


def test_those_who_have_it_already_are_not_sent_it_again(campaign, client):
    address = made(campaign).path
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "private, no-store"
    campaign.withhold(campaign.add("7月28日 龙山区 清洁日"))
    assert "清洁日" in client.get(address).text


def test_filters_and_cancelled_are_those_of_the_feed(campaign, client):
    address = made(campaign).path
    assert "座谈会" in client.get(address).text
    assert "座谈会" not in client.get(f"{address}?cancelled=hide").text
    only = client.get(f"{address}?dept=ls").text
    assert SECRET in only
    assert "推进会" not in only


def test_a_secret_opens_its_own_feed_and_no_other(campaign, client):
    secret = made(campaign, "ls").path.split("/")[3]
    assert client.get(f"/feeds/secret/{secret}/ls.ics").status_code == 200
    for name in ("all", "tsw", "LS", "full/ls", "secret", "", "../all", "ls.ics"):
        answer = client.get(f"/feeds/secret/{secret}/{name}.ics")
        assert answer.status_code == 404, name
        assert SECRET not in answer.text
        assert secret not in answer.text


@pytest.mark.parametrize(
    "wrong", ["", "x", "a" * 52, "a" * 10_000, "%00", "%ff", "%2e%2e", "%F0%9F%98%80", "null", "*"]
)
def test_a_wrong_secret_is_answered_as_if_there_were_nothing(campaign, client, wrong):
    right = made(campaign)
    answer = client.get(f"/feeds/secret/{wrong}/all.ics")
    assert answer.status_code == (414 if len(wrong) > 4_000 else 404)
    assert right.kept.sha256 not in answer.text
    nothing = client.get(f"/feeds/secret/{'b' * 52}/all.ics")
    if answer.status_code == 404 and wrong:
        assert (nothing.text, dict(nothing.headers)) == (answer.text, dict(answer.headers))


def test_the_hash_opens_nothing(campaign, client):
    kept = made(campaign).kept
    for text in (kept.sha256, kept.mark, kept.sha256.upper()):
        assert client.get(f"/feeds/secret/{text}/all.ics").status_code == 404


def test_it_ends_at_once_in_servers_that_are_running(campaign, serve):
    servers = serve(campaign), serve(campaign)
    first, second = made(campaign, note="张三"), made(campaign)
    for server in servers:
        for each in (first, second):
            assert server.get(each.path).status_code == 200
    with campaign.opened() as workspace:
        assert feed_secrets.revoke(workspace, first.kept.mark) == first.kept
    for server in servers:
        assert server.get(first.path).status_code == 404
        assert server.get(first.path, headers={"if-none-match": "*"}).status_code == 404
        assert server.get(second.path).status_code == 200


def test_the_secret_itself_is_nowhere(campaign, client):
    address = made(campaign, note="张三").path
    secret = address.split("/")[3]
    assert re.fullmatch("[a-z2-7]{52}", secret)
    client.get(address)
    for path in campaign.folder.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()
    assert without_secret(address) == "/feeds/secret/-/all.ics"
    assert secret not in without_secret(address.replace("/all.ics", ""))
    assert without_secret("/feeds/all.ics") == "/feeds/all.ics"


def test_the_file_is_its_owners_and_git_ignores_it(campaign):
    made(campaign)
    made(campaign)
    folder = campaign.folder / ".kalends-secrets"
    assert (folder / "feeds.json").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / ".gitignore").read_bytes() == b"*\n"
    with campaign.opened() as workspace:
        here = workspace.folder
        assert len({each.mark for each in feed_secrets.secrets(here)}) == 2
        feed_secrets.check_secrets(here)
        (folder / "feeds.json").chmod(0o640)
        with pytest.raises(OpenSecretsError):
            feed_secrets.check_secrets(here)


@pytest.mark.parametrize("spoilt", ["", "{}", "[", '{"format":"x/2","secrets":[]}', "[[" * 50_000])
def test_a_damaged_file_opens_nothing_and_is_told(campaign, client, spoilt):
    address = made(campaign).path
    (campaign.folder / ".kalends-secrets" / "feeds.json").write_text(spoilt, "utf-8")
    with campaign.opened() as workspace:
        for use in (
            lambda: feed_secrets.secrets(workspace.folder),
            lambda: feed_secrets.new_secret(workspace, "all"),
            lambda: feed_secrets.revoke(workspace, "x"),
        ):
            with pytest.raises(SecretsError):
                use()
    answer = client.get(address)
    assert answer.status_code >= 404
    assert SECRET not in answer.text


def test_what_the_disk_refuses_is_told(campaign, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    made(campaign)
    with campaign.opened() as workspace:
        with monkeypatch.context() as patched:
            patched.setattr("kalends.own_files.replace", refuse)
            with pytest.raises(DiskError):
                feed_secrets.new_secret(workspace, "all")
        with monkeypatch.context() as patched:
            patched.setattr("pathlib.Path.read_bytes", refuse)
            with pytest.raises(DiskError):
                feed_secrets.secrets(workspace.folder)


def test_no_mark_no_end(campaign):
    kept = made(campaign).kept
    with campaign.opened() as workspace:
        for mark in ("", kept.mark[:7], "zzzzzzzz"):
            with pytest.raises(SecretNotFoundError):
                feed_secrets.revoke(workspace, mark)
        assert feed_secrets.revoke(workspace, f" {kept.mark.upper()} ") == kept
        assert feed_secrets.secrets(workspace.folder) == []


def test_pages_and_public_feeds_do_not_change_by_it(campaign, client):
    paths = ("/feeds/all.ics", "/feeds/ls.ics", "/agenda.json", "/subscribe.json")
    before = [client.get(path).content for path in paths]
    address = made(campaign).path
    assert SECRET in client.get(address).text
    assert [client.get(path).content for path in paths] == before


def test_it_is_there_below_the_path_of_a_site_too(campaign, serve):
    address = made(campaign).path
    client = serve(campaign, public_url="https://example.org/city")
    for path in (address, f"/city{address}"):
        assert SECRET in client.get(path).text
    assert client.get("/city/healthz").json() == {"ok": True}
