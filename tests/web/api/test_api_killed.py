"""Servers that are killed while many clients record: what was answered stands, nothing is twice."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from threading import Lock

import pytest

from web.serving import SECONDS, run

__all__ = ["run"]
_REQUESTS, _KILL_EVERY = 40, 12
_TRIES = 50


@pytest.mark.campaign
def test_each_request_is_recorded_once_whenever_servers_are_killed(campaign, run, clerk):
    server, lock, answered = [run("--rate", "0")], Lock(), []

    def once(port, number):
        headers = {**clerk, "idempotency-key": f"k-{number}", "content-type": "application/json"}
        body = json.dumps({"sentence": f"7月15日 团市委 第{number}次活动"})
        with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as asked:
            asked.request("POST", "/api/v1/activities", body.encode(), headers)
            answer = asked.getresponse()
            return answer.status, answer.read()

    def kill():
        """Kill the server in the middle of what it does, and start another."""
        server[0].process.kill()
        server[0] = run("--rate", "0")

    def record(number):
        for _ in range(_TRIES):
            with lock:
                port = server[0].said["port"]
            try:
                status, body = once(port, number)
            except (OSError, HTTPException):
                continue
            if status < 500:
                break
        with lock:
            answered.append(number)
            if len(answered) % _KILL_EVERY == 0:
                kill()
        return status, json.loads(body)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(record, range(_REQUESTS)))
    assert {status for status, _ in answers} == {201}
    ids = {body["activity"]["id"]: body["activity"]["title"] for _, body in answers}
    assert len(ids) == _REQUESTS
    with campaign.opened() as workspace:
        entries = list(workspace.log.entries())
    made = [e for e in entries if e.event.via == "api"]
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    assert {e.stream.removeprefix("activity-"): e.event.details.title for e in made} == ids
    assert len(made) == _REQUESTS
