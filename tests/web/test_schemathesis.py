"""Programs that ask whatever the OpenAPI document allows, and more: no answer is a fault of ours."""

import pytest

from kalends.web.addresses import PAGES
from web.schemathesis_run import ask_everything
from web.serving import run

__all__ = ["run"]


def test_the_document_names_the_data_of_every_page(client):
    document = client.get("/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    names = {name.removesuffix(".json") for name in document["paths"]}
    named = {address.replace("*}", "}") for address in PAGES} - {"/", "/subscribe/poster"}
    assert named | {"/index", "/feeds/{name}.ics"} == names
    for name in ("/index.json", "/agenda.json", "/changes.json", "/tags.json", "/audit.json"):
        assert name in document["paths"]
        answer = client.get(name).json()
        assert {"ok", "known_at"} <= answer.keys()


@pytest.mark.campaign
def test_whatever_a_program_asks_is_answered_as_the_document_says(run, tmp_path):
    ask_everything(run("--rate", "0"), "openapi.json", tmp_path)
