"""Programs that ask whatever the OpenAPI document allows, and more: no answer is a fault of ours."""

import os
import subprocess
from pathlib import Path

import pytest

from kalends.web.addresses import PAGES
from web.clients import program
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
    server = run("--rate", "0")
    examples = os.environ.get("KALENDS_SCHEMATHESIS", "3")
    done = subprocess.run(
        [program("schemathesis"), "run", f"{server.url}openapi.json", "--max-examples", examples,
         "--checks", "not_a_server_error,content_type_conformance,response_schema_conformance",
         "--phases", "fuzzing", "--seed", "1", "--generation-database", "none",
         "--mode", "all", "--no-color"],
        capture_output=True, check=False, cwd=tmp_path, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr
    code, said = server.stop()
    assert code == 0
    assert " 500 " not in said
    assert Path(tmp_path).exists()
