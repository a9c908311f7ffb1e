"""The OpenAPI document names what the API has, and whatever it allows is answered."""

import pytest

from docs.transcript import read
from kalends.web.api.openapi import _FILES, BODIES
from kalends.web.api.routes import ROUTES
from web.schemathesis_run import ask_everything
from web.serving import run

__all__ = ["run"]


def test_the_document_names_every_address_and_method(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    made = answer.json()
    assert made["openapi"] == "3.1.0"
    named = {(path, how.upper()) for path, methods in made["paths"].items() for how in methods}
    assert named == {(path, how) for path, methods in ROUTES.items() for how in methods}
    posts = {path for path, methods in ROUTES.items() if "POST" in methods}
    assert posts == BODIES.keys() | _FILES.keys()
    assert made["components"]["schemas"]["NewDate"]["required"] == ["to", "reason"]


def test_the_reference_names_every_address_and_method():
    page = read("docs/reference/api.md")
    for path, methods in ROUTES.items():
        *before, last = (
            path.replace("{id}", "ID")
            .replace("{name}", "NAME")
            .replace("{mark}", "MARK")
            .split("/")
        )
        for method in methods:
            start = f"{method} /api/v1{'/'.join(before)}/"
            # Changes of an activity stand in one row, by their last words.
            assert f"{start}{last}" in page or (start in page and f"`{last}`" in page), path


@pytest.mark.campaign
def test_whatever_a_program_sends_is_answered_as_the_document_says(run, office, tmp_path):
    token = f"Authorization: {office['authorization']}"
    ask_everything(
        run("--rate", "0"), "api/v1/openapi.json", tmp_path, "--header", token, examples="5"
    )
