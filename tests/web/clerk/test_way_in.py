"""How those who record find their pages, and what all others see of them."""

from kalends import bootstrap
from kalends.application.access.sessions import form_secret
from web.clerk.conftest import HERE


def test_public_pages_lead_there_once_there_is_a_token(client, tokens, campaign):
    target = campaign.ids["moved"]
    paths = ("/", "/en/agenda", f"/activities/{target}", "/agenda?known_at=2020-07-20")
    for path in paths:
        assert "/record" not in client.get(path).text
    tokens.new(bootstrap.new_seed(), actor="zhang", role="office", by="li")
    for path in paths:
        assert "/record" in client.get(path).text, path
    assert 'href="/en/record"' in client.get("/en/agenda").text
    assert f'href="/record/{target}"' in client.get(f"/activities/{target}").text
    assert 'href="/record"' in client.get("/agenda?known_at=2020-07-20").text  # of now


def test_public_pages_are_the_same_bytes_for_whoever_is_logged_in(client, token, campaign):
    paths = ("/", "/en/changes", f"/activities/{campaign.ids['moved']}", "/no-page")
    before = [client.get(path) for path in paths]
    client.post("/login", data={"token": token.secret}, headers=HERE)
    after = [client.get(path) for path in paths]
    assert [each.content for each in before] == [each.content for each in after]
    assert [each.headers.get("etag") for each in before] == [
        each.headers.get("etag") for each in after
    ]
    assert before[0].headers["etag"]
    assert "cookie" not in after[0].headers.get("vary", "").lower()


def test_whoever_wants_to_change_an_activity_is_there_once_logged_in(client, token, campaign):
    target = campaign.ids["moved"]
    answer = client.get(f"/en/record/{target}")
    place = answer.headers["location"]
    assert place == f"/en/login?at=%2Frecord%2F{target}"
    assert f'name="at" value="/record/{target}"' in client.get(place).text
    fields = {"token": token.secret, "at": f"/record/{target}"}
    answer = client.post("/en/login", data=fields, headers=HERE)
    assert answer.headers["location"] == f"/en/record/{target}"
    for elsewhere in (
        "//evil.example",
        "/record/../x",
        "https://evil.example/record/a",
        "/record\n",
    ):
        answer = client.post("/login", data={**fields, "at": elsewhere}, headers=HERE)
        assert answer.headers["location"] == "/record"
    client.post(
        "/logout", data={"form": form_secret(client.cookies["kalends_session"])}, headers=HERE
    )
    assert client.get("/record").headers["location"] == "/login"
