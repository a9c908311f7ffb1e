"""A program that asks a server whatever its OpenAPI document allows, and more."""

import os
import subprocess

from web.clients import program


def ask_everything(server, document, folder, *options, examples="3"):
    """Let it ask; fail where an answer is not as documented, or a fault of ours."""
    examples = os.environ.get("KALENDS_SCHEMATHESIS", examples)
    done = subprocess.run(
        [program("schemathesis"), "run", f"{server.url}{document}", "--max-examples", examples,
         "--checks", "not_a_server_error,content_type_conformance,response_schema_conformance",
         "--phases", "fuzzing", "--seed", "1", "--generation-database", "none",
         "--mode", "all", "--no-color", *options],
        capture_output=True, check=False, cwd=folder, text=True, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr
    code, said = server.stop()
    assert code == 0
    assert " 500 " not in said
