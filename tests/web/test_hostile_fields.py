"""Hostile text in every field that can be recorded does nothing at any public address."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar

from kalends.domain.commands import (
    AbbreviateDepartment,
    CancelActivity,
    CloseDepartment,
    CorrectActivity,
    MergeDepartment,
    MoveActivity,
    MoveDepartment,
    RegisterDepartment,
    ReinstateActivity,
    RenameDepartment,
    ReopenDepartment,
    RetractActivity,
    ReviseCampaign,
)
from kalends.domain.details import Details, Participation, Source
from kalends.domain.draft import Draft
from kalends.domain.errors import KalendsError
from kalends.domain.text import LIMITS
from kalends.domain.value import replace
from served_campaign import NOW, campaign_at
from specification import a_day
from web.every_page import as_data

# Each would do something where it is taken for more than text.
HOSTILE = (
    "<script>alert(1)</script>",
    "</title></textarea></script><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "{{ 7*7 }}{% raw %}{# x #}${7*7}",
    "]]><!--<x:y/>--><![CDATA[",
    "&lt;script&gt;&#60;b&amp;",
    "javascript:alert(1)//",
    "null",
    "None",
    ";DTSTART:19990101,BEGIN:VEVENT",
    "%0d%0aset-cookie:x=1",
    "../../etc/passwd?x=1#y",
    "{0} {name} %(name)s %s",
    "=HYPERLINK(1)+cmd|' /C calc'!A0",
    "𝕳𝖔𝖘𝖙 שלום مرحبا",
)
# Refused in every field: what they do to a reader cannot be escaped away.
REFUSED = ("a\r\nSUMMARY:b", "a\x00b", "a\u202eb", "a\u2066b", "a\x1b[2Jb", "a\u2028b", "a\ufffeb")
# A description has lines; in a date a line end is a blank, and what nobody sees is left out.
TAKEN = {
    ("description", REFUSED[0]),
    *(("when", text) for text in (REFUSED[0], REFUSED[3], REFUSED[5])),
}
_TAGS = frozenset(
    [
        "a",
        "base",
        "body",
        "br",
        "button",
        "caption",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "figcaption",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "head",
        "header",
        "html",
        "i",
        "img",
        "input",
        "ins",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "meta",
        "nav",
        "ol",
        "option",
        "p",
        "path",
        "pre",
        "q",
        "script",
        "section",
        "select",
        "small",
        "span",
        "strong",
        "style",
        "summary",
        "svg",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "ul",
        "g",
        "rect",
        "text",
        "line",
        "defs",
        "pattern",
        "object",
        "desc",
    ]
)
_SCHEMES = (
    "http://testserver/",
    "webcal://testserver/",
    "https://calendar.google.com/",
    "https://outlook.",
    "https://example.org/",
)
# What no tag may hold; and `%`, which the client of these tests, no server, decodes twice.
_NOT_IN_TAGS = re.compile(r'[\s,;，；/\\:*?"<>|#@.%]')


def filled(text, field):
    """Return the text with as much behind it as the field can hold."""
    room = LIMITS[field] - len(text)
    return text[: LIMITS[field]] + "长" * max(0, room)


def details(n, code):
    """Return an activity that has the nth hostile text in every field, of the greatest length."""
    text = HOSTILE[n % len(HOSTILE)]
    tag = _NOT_IN_TAGS.sub("", text)[:30]
    return Details(
        title=filled(f"{text} {n}", "title"),
        when=a_day(f"2020-07-{n % 27 + 1:02}", text=filled(text, "date")),
        departments=(Participation(code=code, role="lead"),),
        place=filled(text, "place"),
        tags=(f"{tag}{n}",),
        description=f"{text} {'长' * 300}",
        links=(f"https://example.org/{quote(text, safe='()*;:,')}'{{{{7*7}}}}",),
        source=Source(document="0" * 64, quote=text),
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return a campaign with hostile text in every field, and the ids of its activities."""
    made = campaign_at(tmp_path_factory.mktemp("hostile") / "w")
    ids = []
    with made.opened() as workspace:
        service = workspace.service
        settings = service.campaign().settings
        title = filled("".join(HOSTILE[:5]), "title")
        service.change_campaign(
            ReviseCampaign(settings=replace(settings, title=title), reason=HOSTILE[0])
        )
        for n, text in enumerate(HOSTILE):
            code, roster = f"d{n}", service.change_roster
            roster(RegisterDepartment(code=code, name=f"{text}部{n}", aliases=(f"{text}别{n}",)))
            roster(AbbreviateDepartment(code=code, short=f"{text}短{n}"))
            roster(
                RenameDepartment(
                    code=code, name=filled(f"{text}新{n}", "name"), on=NOW.date(), reason=text
                )
            )
            roster(MoveDepartment(code=code, parent="d0" if n else None, reason=text))
        roster(CloseDepartment(code="d2", reason=HOSTILE[1]))
        roster(ReopenDepartment(code="d2", reason=HOSTILE[2]))
        for n, text in enumerate(HOSTILE):
            ids.append(service.record(Draft(details=details(n, f"d{n}"), planned=not n % 2))[0])
            service.change(
                ids[-1],
                CorrectActivity(reason=text, title=f"{text}{n}改", place=text, description=text),
            )
            if not n % 2:
                later = a_day("2020-07-30", text=text)
                service.change(ids[-1], MoveActivity(when=later, reason=text))
                service.change(ids[-1], CancelActivity(reason=text))
                if n % 4:
                    service.change(ids[-1], ReinstateActivity(reason=text))
        service.change(ids[1], RetractActivity(reason=HOSTILE[1]))
        roster(MergeDepartment(code="d3", into="d4", reason=HOSTILE[3]))
    return made, ids


@pytest.fixture
def addresses(hostile):
    """Return every public address of the campaign, without the language."""
    made, ids = hostile
    with made.opened() as workspace:
        # Nothing bears the tag of what was retracted.
        tags = {
            tag
            for each in (*ids[:1], *ids[2:])
            for tag in workspace.service.activity(each).details.tags
        }
    pages = [
        "/", "/agenda", "/month/2020-07", "/timeline", "/departments", "/tags", "/search", "/search?q=alert",
        "/changes", "/figures", "/audit", "/subscribe", "/subscribe/poster", "/embed/agenda", "/nothing",
        *(f"/departments/d{n}" for n in range(len(HOSTILE))),
        *(f"/activities/{each}" for each in ids),
        *(f"/tags/{quote(tag)}" for tag in sorted(tags)),
    ]  # fmt: skip
    data = [
        as_data(page)
        for page in pages
        if "?" not in page and page not in {"/subscribe/poster", "/nothing"}
    ]
    files = [
        "/changes.atom", "/openapi.json", "/checkpoint", "/key.txt", "/feeds/all.ics",
        *(f"/feeds/d{n}.ics" for n in range(len(HOSTILE))),
        *(f"/feeds/tag-{quote(tag)}.ics" for tag in sorted(tags)),
        *(f"/figures/{name}.{language}.svg" for name in ("weeks", "departments", "late", "corrections")
          for language in ("zh", "en")),
        *(f"/activities/{each}{ending}" for each in ids for ending in (".ics", "/proof.json", "/proof.txt")),
    ]  # fmt: skip
    filters = [
        f"/agenda?{word}={quote(text)}"
        for word in ("dept", "tag", "place", "from")
        for text in HOSTILE
    ]
    return pages, data, files, filters


class Elements(HTMLParser):
    """What a browser makes of a page: elements that nobody wrote into a template are faults."""

    def __init__(self):
        super().__init__()
        self.texts, self._is_script = [], False

    def handle_starttag(self, tag, attrs):
        assert tag in _TAGS, tag
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names)
        self._is_script = tag == "script"
        for name, value in attrs:
            assert re.fullmatch(r"[a-z][a-z-]*|viewbox|[xy][12]?", name.lower()), name
            assert not name.startswith("on"), name
            assert name != "style", name
            if name in {"href", "src", "action"}:
                assert re.match(r"[/#?.]|$", value) or value.startswith(_SCHEMES), value
            if tag == "script" and name == "src":
                assert value.startswith("/static/page-"), value
            if tag == "img" and name == "src":
                assert value.startswith(("/static/", "/figures/")), value

    def handle_endtag(self, _tag):
        self._is_script = False

    def handle_data(self, data):
        assert not self._is_script
        self.texts.append(data)

    def handle_comment(self, data):
        raise AssertionError(data)

    def unknown_decl(self, data):
        raise AssertionError(data)

    def handle_pi(self, data):
        raise AssertionError(data)


def looked_at(html):
    found = Elements()
    found.feed(html)
    found.close()
    return "".join(found.texts)


def check_xml(text):
    """Check that an XML document has no element and no attribute that acts."""
    for each in ET.fromstring(text).iter():  # noqa: S314 - our own server wrote it
        name = each.tag.rpartition("}")[2]
        assert name.lower() not in {"script", "foreignobject", "iframe"}, name
        assert not [key for key in each.attrib if key.lower().startswith("on")]
        for key in ("href", "src"):
            assert not each.attrib.get(key, "").startswith(("javascript:", "data:"))
        if each.attrib.get("type") in {"html", "xhtml"}:
            looked_at(each.text or "")


def check_headers(answer):
    for name, value in answer.headers.items():
        assert not re.search(r"[\x00-\x1f\x7f]", name + value), name
    assert "set-cookie" not in answer.headers


@pytest.mark.campaign
def test_hostile_text_in_every_field_is_text_at_every_public_address(hostile, addresses, serve):
    made, _ = hostile
    client = serve(made)
    pages, data, files, filters = addresses
    for address in (*pages, *(f"/en{page}".removesuffix("/") for page in pages), *filters):
        answer = client.get(address)
        assert answer.status_code < 500, address
        check_headers(answer)
        shown = looked_at(answer.text)
        if tag := re.search("<base.*?>", answer.text):
            assert tag[0] == '<base target="_parent">'
        if (
            found := re.fullmatch(r"(?:/en)?/activities/(\w+)", address)
        ) and answer.status_code == 200:
            with made.opened() as workspace:
                known = workspace.service.activity(found[1]).details
            assert known.title in shown, address
            assert known.place in shown, address
            assert known.description in shown, address
    for address in data:
        answer = client.get(address)
        check_headers(answer)
        document = json.loads(answer.content)
        assert document["ok"], (address, document)
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.headers["x-content-type-options"] == "nosniff"
    for address in files:
        answer = client.get(address)
        check_headers(answer)
        assert answer.status_code == 200, address
        if address.endswith((".svg", ".atom")):
            check_xml(answer.content)
        if address.endswith(".ics"):
            calendar = Calendar.from_ical(answer.content)
            entries = calendar.walk("VEVENT")
            assert answer.content.count(b"\r\nBEGIN:VEVENT") == len(entries)
            assert {each.name for each in calendar.walk()} <= {"VCALENDAR", "VEVENT"}
            assert all(f"{each['DTSTART'].dt:%Y}" == "2020" for each in entries)


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_what_breaks_readers_is_recorded_in_no_field(campaign, text):
    ids = campaign.ids
    good = details(0, "ls")
    with campaign.opened() as workspace:
        service, before = workspace.service, workspace.log.position()
        settings = service.campaign().settings
        every = {
            **{
                name: lambda name=name, value=value: service.record(
                    Draft(details=replace(good, **{name: value}), planned=False)
                )
                for name, value in {
                    "title": text, "place": text, "description": text, "tags": (text,), "links": (f"https://x.org/{text}",),
                    "source": Source(document=text), "when": a_day("2020-07-14", text=text),
                }.items()
            },
            "register": lambda: service.change_roster(RegisterDepartment(code="neu", name=text)),
            "alias": lambda: service.change_roster(RegisterDepartment(code="neu", name="x", aliases=(text,))),
            "code": lambda: service.change_roster(RegisterDepartment(code=text, name="x")),
            "short": lambda: service.change_roster(AbbreviateDepartment(code="ls", short=text)),
            "rename": lambda: service.change_roster(RenameDepartment(code="ls", name=text)),
            "close": lambda: service.change_roster(CloseDepartment(code="ls", reason=text)),
            "cancel": lambda: service.change(ids["moved"], CancelActivity(reason=text)),
            "retract": lambda: service.change(ids["moved"], RetractActivity(reason=text)),
            "move": lambda: service.change(ids["moved"], MoveActivity(when=a_day("2020-08-01"), reason=text)),
            "correct": lambda: service.change(ids["moved"], CorrectActivity(reason=text, title="x")),
            **{
                name: lambda name=name: service.change_campaign(
                    ReviseCampaign(settings=replace(settings, **{name: text}), reason="x")
                )
                for name in ("title", "zone", "site", "language")
            },
            "reason": lambda: service.change_campaign(
                ReviseCampaign(settings=replace(settings, title="x"), reason=text)
            ),
        }  # fmt: skip
        for name, record in every.items():
            if (name, text) in TAKEN:
                continue
            try:
                record()
            except KalendsError:
                assert workspace.log.position() == before, name
            else:
                pytest.fail(f"{name} was recorded")
