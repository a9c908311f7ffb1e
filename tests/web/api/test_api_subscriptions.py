"""Webhooks and digests over the API: for the office alone, and into no network but the public one."""

import json
import re
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalends.application.subscriptions import http_post, reach, sending, subscriptions
from kalends.application.subscriptions.reach import is_open
from receiver import started

HOOKS, DIGESTS = "/api/v1/webhooks", "/api/v1/digests"
PUBLIC = "https://93.184.215.14/hook?key=hush"


@pytest.fixture(scope="module")
def receiver():
    made, stop = started()
    yield made
    stop()


@pytest.fixture
def open_here(campaign):
    """Let what is made over the API reach this machine, as an administrator does."""
    path = campaign.folder / "kalends.toml"
    path.write_text(f'{path.read_text()}\n[webhooks]\nnetworks = ["127.0.0.0/8"]\n')


@pytest.fixture
def client(request, campaign, serve):
    if "open_here" in request.fixturenames:
        request.getfixturevalue("open_here")
    return serve(campaign)


@pytest.mark.usefixtures("open_here")
def test_one_is_made_listed_sent_paused_resumed_and_ended(
    client, office, campaign, receiver, run_json
):
    body = {"url": receiver.url, "from": "0", "note": "the map", "tags": ["推进会"]}
    made = client.post(HOOKS, json=body, headers=office)
    assert made.status_code == 201, made.text
    key, shape = made.json()["key"], made.json()["webhook"]
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", key)
    assert (shape["by"], shape["note"], shape["tags"]) == ("office", "the map", ["推进会"])
    assert made.headers["location"] == f"{HOOKS}/{shape['mark']}"
    assert "hook" not in json.dumps(client.get(HOOKS, headers=office).json()["webhooks"])
    assert client.get(made.headers["location"], headers=office).json()["webhook"] == shape
    # What the command line says in the folder.
    assert run_json(campaign, ["webhook", "ls"])["webhooks"] == [shape]

    with campaign.opened() as workspace:
        assert [each.outcome for each in sending.send_all(workspace)] == ["done"]
        assert receiver.received
        assert all(each.is_signed_with(key) for each in receiver.received)

        paused = client.post(f"{HOOKS}/{shape['mark']}/pause", headers=office).json()["webhook"]
        assert paused["paused"] is not None
        assert [each.outcome for each in sending.send_all(workspace)] == ["paused"]
        again = client.post(
            f"{HOOKS}/{shape['mark']}/resume", json={"from": "0"}, headers=office
        ).json()["webhook"]
        assert (again["paused"], again["position"]) == (None, 0)
        sent = len(receiver.received)
        assert [each.outcome for each in sending.send_all(workspace)] == ["done"]
        assert len(receiver.received) == 2 * sent

        ended = client.post(f"{HOOKS}/{shape['mark']}/revoke", headers=office)
        assert ended.json() == {"ok": True, "mark": shape["mark"]}
        assert sending.send_all(workspace) == []
    assert client.get(made.headers["location"], headers=office).status_code == 404
    log = run_json(campaign, ["token", "log"])["lines"]
    changes = [line["change"] for line in log if line["what"] == "subscription"]
    assert changes == ["made", "paused", "resumed", "revoked"]


def test_a_digest_is_made_listed_paused_resumed_and_ended(client, office, campaign, run_json):
    body = {"url": "wecombot://hush-0123456789", "every": "week", "departments": ["团市委"]}
    made = client.post(DIGESTS, json=body, headers=office)
    assert made.status_code == 201, made.text
    assert "hush" not in made.text
    shape = made.json()["digest"]
    assert (shape["every"], shape["departments"]) == ("week", ["tsw"])
    assert "key" not in made.json()
    assert run_json(campaign, ["digest", "ls"])["digests"] == [shape]
    at = f"{DIGESTS}/{shape['mark']}"
    assert client.post(f"{at}/pause", headers=office).json()["digest"]["paused"]
    assert run_json(campaign, ["digest", "send"])["digests"][0]["outcome"] == "paused"
    assert client.post(f"{at}/resume", headers=office).json()["digest"]["paused"] is None
    assert client.get(DIGESTS, headers=office).json()["digests"] == [shape]
    assert client.post(f"{at}/revoke", headers=office).is_success
    assert client.post(f"{at}/revoke", headers=office).json()["code"] == "digest-not-found"


def test_the_same_key_makes_one_and_gives_its_secret_again(client, office):
    body = {"url": PUBLIC}
    first = client.post(HOOKS, json=body, headers={**office, "idempotency-key": "k"})
    again = client.post(HOOKS, json=body, headers={**office, "idempotency-key": "k"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers
    other = client.post(
        HOOKS, json={"url": PUBLIC, "note": "x"}, headers={**office, "idempotency-key": "k"}
    )
    assert (other.status_code, other.json()["code"]) == (422, "hook-key-reused")
    assert len(client.get(HOOKS, headers=office).json()["webhooks"]) == 1


@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_nobody_but_the_office_sees_or_changes_them(client, office, request, who, campaign):
    theirs = request.getfixturevalue(who)
    mark = client.post(HOOKS, json={"url": PUBLIC}, headers=office).json()["webhook"]["mark"]
    before = subscriptions.subscriptions(campaign.opened().folder, "webhook")
    asked = [
        ("GET", HOOKS, None),
        ("GET", f"{HOOKS}/{mark}", None),
        ("GET", DIGESTS, None),
        ("POST", HOOKS, {"url": PUBLIC}),
        ("POST", DIGESTS, {"url": "wecombot://hush-0123456789"}),
        *(("POST", f"{HOOKS}/{mark}/{name}", {}) for name in ("pause", "resume", "revoke")),
    ]
    for method, address, body in asked:
        answer = client.request(method, address, json=body, headers=theirs)
        assert (answer.status_code, answer.json()["code"]) == (403, "office-alone"), address
        assert mark not in answer.text
    assert subscriptions.subscriptions(campaign.opened().folder, "webhook") == before


INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1",
    "100.64.0.1", "224.0.0.1", "[::1]", "[::]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[ff02::1]", "localhost",
    "2130706433", "0x7f.1", "127.1", "192.0.0.1", "192.0.0.9", "[64:ff9b:1::a00:1]",
    "[64:ff9b:1:a00:1::]", "[::10.0.0.1]", "[::8.8.8.8]", "[::ffff:0:a00:1]", "[fec0::1]",
    "localhost.", "LOCALHOST", "x.localhost", "ip6-localhost", "ip6-loopback.",
]  # fmt: skip


@pytest.mark.parametrize("host", INSIDE)
def test_an_address_inside_is_refused_whatever_way_it_is_written(client, office, campaign, host):
    for address in (f"http://{host}/", f"https://{host}:8443/x"):
        answer = client.post(HOOKS, json={"url": address}, headers=office)
        assert answer.status_code == 400, answer.text
        assert answer.json()["code"] in {"inside-address", "bad-hook-address"}
    mail = f"mailto://u:p@example.org?smtp={host.strip('[]')}"
    answer = client.post(DIGESTS, json={"url": mail}, headers=office)
    assert (answer.status_code, answer.json()["code"]) == (400, "inside-address")
    assert subscriptions.subscriptions(campaign.opened().folder, "webhook") == []
    assert subscriptions.subscriptions(campaign.opened().folder, "digest") == []


@pytest.mark.parametrize(
    "address",
    ["json://10.0.0.1/", "syslog://", "dbus://", "xml://u:p@localhost", "windows://", "form://h"],
)
def test_a_service_of_the_servers_own_machine_is_refused(client, office, address):
    answer = client.post(DIGESTS, json={"url": address}, headers=office)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"closed-service", "bad-digest-address"}


def test_a_name_that_leads_inside_later_is_not_followed(
    client, office, campaign, receiver, monkeypatch
):
    """The name is looked up again for each message, and the connection goes where was looked."""
    port = int(receiver.url.rsplit(":", 1)[1].split("/")[0])
    body = {"url": f"http://hook.example.org:{port}/hook", "from": "0"}
    monkeypatch.setattr(reach.socket, "getaddrinfo", _resolves_to("93.184.215.14"))
    assert client.post(HOOKS, json=body, headers=office).status_code == 201
    before = len(receiver.received)
    monkeypatch.setattr(reach.socket, "getaddrinfo", _resolves_to("127.0.0.1"))
    with campaign.opened() as workspace:
        assert [each.outcome for each in sending.send_all(workspace)] == ["failed"]
    monkeypatch.undo()
    (shape,) = client.get(HOOKS, headers=office).json()["webhooks"]
    assert shape["last"]["problem"] == "inside"
    assert len(receiver.received) == before


def _resolves_to(address):
    def getaddrinfo(_host, port, *_, **__):
        return [(2, 1, 6, "", (address, port or 0))]

    return getaddrinfo


def test_over_tls_the_name_is_still_checked(receiver):
    """A receiver that speaks no TLS is no receiver: nothing falls back to plain text."""
    answer = http_post.post(
        receiver.url.replace("http:", "https:"), {}, b"{}", networks=["127.0.0.1/32"]
    )
    assert answer.problem == "tls"


@given(st.ip_addresses())
def test_no_address_is_open_that_is_no_public_one(address):
    """Whatever IPv4 address one of IPv6 stands for, it is open only if that one is."""
    if is_open(str(address), []):
        assert address.is_global
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
        assert inner is None or inner.is_global
    assert is_open(str(address), ["0.0.0.0/0", "::/0"])


@given(st.ip_addresses(v=6))
def test_no_address_of_ipv6_is_open_but_global_ones_and_those_that_stand_for_one(address):
    """RFC 4291, section 2.4: what is outside 2000::/3 is special, or kept for later."""
    if is_open(str(address), []):
        assert address in ip_network("2000::/3") or address in ip_network("64:ff9b::/96")


SPECIAL = [
    ip_network(each)
    for each in (
        "192.0.0.0/24",
        "64:ff9b:1::/48",
        "::/96",
        "::ffff:0:0:0/96",
        "fec0::/10",
        "3fff::/20",
    )
]


@given(st.sampled_from(SPECIAL), st.integers(0, 2**32 - 1))
def test_nothing_in_a_special_network_is_open_unless_the_network_is_named(network, place):
    address = network[place % network.num_addresses]
    assert not is_open(str(address), [])
    assert is_open(str(address), [str(network)])


@pytest.mark.parametrize("host", ["localhost", "localhost.", "x.localhost", "ip6-loopback"])
def test_a_name_of_this_machine_is_closed_whatever_it_is_resolved_to(host, monkeypatch):
    monkeypatch.setattr(reach.socket, "getaddrinfo", _resolves_to("93.184.215.14"))
    assert reach.leads_inside(host, [])
    with pytest.raises(reach.InsideError):
        reach.connected(host, 80, [], 1)
    monkeypatch.setattr(reach.socket, "getaddrinfo", _resolves_to("127.0.0.1"))
    assert not reach.leads_inside(host, ["127.0.0.0/8"])
