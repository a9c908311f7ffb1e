"""Every answer of every address was met at least once, and is as the document describes it."""

from datetime import timedelta

import pytest

from kalends.application.subscriptions import sending
from web.api.described_answers import DescribedAnswers

V1 = "/api/v1"
_HOOK = {"url": "http://127.0.0.1:9/hook", "from": "0"}  # where nobody listens
_CHAT = {"url": "wecombot://0123456789", "every": "day"}
_CSV = "date,department,title\n7月18日,团市委,第一次\nx,团市委,第二次\n7月14日,团市委,推进会\n"


class Asking:
    """Asks for what an office may ask for, and keeps what was met of the document."""

    def __init__(self, client, headers):
        self._client, self._headers, self.met = client, headers, DescribedAnswers()
        client.event_hooks["response"].append(self.met.check)

    def get(self, path):
        return self._client.get(f"{V1}{path}", headers=self._headers).json()

    def post(self, path, body=None, **more):
        how = {"content": body} if isinstance(body, bytes) else {"json": body or {}}
        headers = {**self._headers, **more}
        return self._client.post(f"{V1}{path}", headers=headers, **how).json()

    def commands(self, *commands):
        return self.post("/commands", {"commands": list(commands)})


@pytest.fixture
def asking(campaign, serve, office):
    path = campaign.folder / "kalends.toml"
    path.write_text(f'{path.read_text()}\n[webhooks]\nnetworks = ["127.0.0.0/8"]\n')
    return Asking(serve(campaign), office)


def _records(asking):
    """Record, change and undo in every way, also where it does not fit."""
    sentence = {"sentence": "7月28日上午9点 团市委和龙山区 推进会 #推进会 @市政府"}
    asking.post("/activities?dry_run=1", sentence)
    made = asking.post("/activities", sentence, **{"idempotency-key": "k"})["activity"]
    asking.post("/activities", sentence, **{"idempotency-key": "k"})
    asking.post("/undo?dry_run=1")
    fields = {"when": "7月16日", "title": "清洁日", "departments": ["团市委"],
              "source": {"document": "0" * 64, "quote": "清洁日", "span": [0, 3]}}  # fmt: skip
    asking.post("/activities", fields)
    asking.post("/undo", {"position": 1})
    asking.post("/undo")
    target = f"/activities/{made['id']}"
    for name, body in (
        ("withhold", {"reason": "x"}),
        ("release", {"reason": "x"}),
        ("move", {"to": "7月29日", "reason": "x"}),
        ("correct", {"reason": "x", "headcount": 30, "tags": ["a", "b"], "title": "会"}),
        ("correct", {"reason": "x", "departments": ["龙山区"], "place": "馆"}),
        ("cancel", {"reason": "x"}),
        ("reinstate", {"reason": "x"}),
        ("held", {}),
        ("retract", {"reason": "x"}),
    ):
        asking.post(f"{target}/{name}?dry_run=1", body)
        asking.post(f"{target}/{name}", body)
        asking.post(f"{target}/{name}", body, **{"if-match": '"1"'})
    return target


def _changes_departments(asking):
    asking.commands(
        {"do": "department.register", "code": "new", "name": "新区", "aliases": ["新"]}
    )
    asking.commands({"do": "department.alias", "code": "new", "alias": "新新区"})
    asking.commands({"do": "department.unalias", "code": "new", "alias": "新新区"})
    asking.commands({"do": "department.abbreviate", "code": "new", "short": "新"})
    asking.commands({"do": "department.move", "code": "new", "parent": "ls"})
    asking.commands(
        {"do": "department.rename", "code": "new", "name": "新新区", "on": "2020-07-01"}
    )
    asking.commands({"do": "department.close", "code": "new", "on": "2020-07-02", "reason": "x"})
    asking.commands({"do": "department.reopen", "code": "new", "on": "2020-07-03", "reason": "x"})
    asking.commands({"do": "department.abbreviate", "code": "new", "short": "新区"})
    asking.post("/undo")
    asking.commands({"do": "department.register", "code": "odd", "name": "别处"})
    asking.post("/undo")
    asking.commands({"do": "department.merge", "code": "new", "into": "ls", "reason": "x"})
    settings = {"title": "x", "zone": "Asia/Shanghai", "language": "zh", "uid_domain": "x.kalends",
                "site": "https://example.org/", "feed_format": 2,
                "period": {"first_day": "2020-06-01", "last_day": "2020-12-31"}}  # fmt: skip
    asking.commands({"do": "campaign.revise", "settings": settings})
    asking.commands({"do": "campaign.revise", "settings": {**settings, "site": "x"}})


def _imports(asking):
    for query in ("dry_run=1&", "", "again=1&"):
        path = f"/import/activities?{query}name=a.csv&keep_going=1&skip_duplicates=1"
        asking.post(path, _CSV.encode())
    asking.post("/undo")
    asking.post("/import/activities?name=a.csv&keep_going=1&skip_duplicates=1", _CSV.encode())
    closed = "7月18日 龙山区 座谈\n".encode()
    asking.commands({"do": "department.close", "code": "ls", "on": "2020-07-17", "reason": "x"})
    asking.post("/import/activities?name=a.txt", closed)
    asking.post("/activities", {"sentence": closed.decode()})
    roster = '{"code": "wm", "name": "文明办"}\n'.encode()
    asking.post("/import/departments", roster)
    asking.post("/import/departments", '{"code": "wm", "name": "文明办公室"}\n'.encode())


def _subscribes(asking, campaign):
    for kind, body in (("webhooks", _HOOK), ("digests", _CHAT)):
        made = asking.post(f"/{kind}", body)
        assert made["ok"], made
        with campaign.opened() as workspace:
            sending.send_all(workspace)
        asking.get(f"/{kind}")
        mark = made[kind.removesuffix("s")]["mark"]
        asking.get(f"/{kind}/{mark}")
        for name in ("pause", "resume", "revoke", "revoke"):
            asking.post(f"/{kind}/{mark}/{name}")


def _reads(asking, target):
    for sentence in ("7月30日上午 团市委 会 #会 @馆，30人", "大概近日", "7月30日 没有局 会"):
        asking.post("/read", {"sentence": sentence})
    asking.post("/read/date", {"phrase": "7月30日 9:00"})
    asking.post("/read/date", {"phrase": "近日"})
    for path in (
        target, f"{target}/explanation", "/activities", "/search?q=推进会", "/departments",
        "/departments/new", "/departments/tsw/history", "/events", "/late?days=0", "/report",
        "/report?from=2020-07-01&to=2020-07-31", "/diff?since=3", "/campaign", "/feeds",
        "/feeds/all", "/changes", "/log", "/audit", "/activities?from=x", "/departments/nobody",
    ):  # fmt: skip
        asking.get(path)


@pytest.mark.campaign
def test_every_answer_of_every_address_is_as_described(asking, campaign):
    target = _records(asking)
    _changes_departments(asking)
    _subscribes(asking, campaign)
    _imports(asking)
    campaign.now -= timedelta(seconds=20)
    with campaign.opened() as workspace:
        assert workspace.service.correct_clock(reason="x")
    _reads(asking, target)
    asking.get("/nothing")
    wanted = {
        (path, method.upper(), status)
        for path, methods in asking.met.document["paths"].items()
        for method, operation in methods.items()
        for status in operation["responses"]
        if status != "default"
    }
    missing = wanted - asking.met.statuses
    assert not missing
    assert _named_by_answers(asking.met.document) - asking.met.schemas == set()


def _named_by_answers(found):
    """Return the names of all schemas that an answer may hold."""
    names = set()
    waiting = [op["responses"] for methods in found["paths"].values() for op in methods.values()]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            name = each["$ref"].rpartition("/")[2] if "$ref" in each else None
            if name is not None and name not in names:
                names.add(name)
                waiting.append(found["components"]["schemas"][name])
            waiting += each.values()
    return names


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ({"ok": True, "mark": "x", "more": 1}, "a key too many"),
        ({"ok": True}, "a key that is missing"),
        ({"ok": False, "mark": "x"}, "another constant"),
        ({"ok": True, "mark": 3}, "another type"),
        ({"ok": True, "mark": None}, "nothing"),
    ],
)
def test_an_answer_that_is_not_as_described_is_noticed(value, why):
    described = DescribedAnswers()
    schema = {"$ref": "#/components/schemas/Revoked"}
    assert described.fits({"ok": True, "mark": "x"}, schema)
    assert not described.fits(value, schema), why
