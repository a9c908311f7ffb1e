"""The OpenAPI document names what the API has, and whatever it allows is answered."""

import subprocess

import pytest

from kalends.web.api.openapi import _FILES, BODIES
from kalends.web.api.routes import ROUTES
from web.clients import program
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


@pytest.mark.campaign
def test_whatever_a_program_sends_is_answered_as_the_document_says(run, office, tmp_path):
    server = run("--rate", "0")
    done = subprocess.run(
        [program("schemathesis"), "run", f"{server.url}api/v1/openapi.json",
         "--max-examples", "5", "--header", f"Authorization: {office['authorization']}",
         "--checks", "not_a_server_error,content_type_conformance,response_schema_conformance",
         "--phases", "fuzzing", "--seed", "1", "--generation-database", "none",
         "--mode", "all", "--no-color"],
        capture_output=True, check=False, cwd=tmp_path, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr
    code, said = server.stop()
    assert code == 0
    assert " 500 " not in said
