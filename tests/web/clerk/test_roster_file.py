"""The office registers a whole roster from a file: what it would do is shown first."""

import io
import random
import re

import pytest
import xlsxwriter

from kalends import bootstrap
from kalends.domain.errors import FormRefusedError
from kalends.web.clerk.multipart import multipart
from web.clerk.conftest import HERE, Browser

PATH = "/record/roster"
CSV = "名称,代码,别名,上级,简称,起始日期\n文明办,wmb,文明委、创城办,,,\n北寿街道,,,龙山区,北寿,2020年7月1日\n"
BAD = "name,code\n文明办,wmb\n团市委,xyz\n新局,CON\n7月14日,\n"


@pytest.fixture
def office(client, tokens):
    made = tokens.new(bootstrap.new_seed(), actor="office", role="office", by="li")
    browser = Browser(client, made)
    browser.page = client.get(f"/en{PATH}").text
    return browser


def workbook(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("说明").write_row(0, 0, ["各部门名单"])
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def choose(office, content, name="roster.csv", **headers):
    """Choose a file in the form of the page, and send it as a browser does."""
    secret = re.search(r'name="form" value="([^"]*)"', office.page)[1]
    answer = office.client.post(
        f"/en{PATH}",
        data={"form": secret},
        files={"file": (name, content, "application/octet-stream")},
        headers={**HERE, **headers},
    )
    office.page = answer.text
    return answer


def departments(campaign):
    with campaign.opened() as workspace:
        return workspace.service.roster().departments


def position(campaign):
    with campaign.opened() as workspace:
        return workspace.log.position()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("roster.csv", CSV.encode()),
        ("名单.csv", CSV.encode("gbk")),
        ("with a mark.csv", b"\xef\xbb\xbf" + CSV.replace("\n", "\r\n").encode()),
        ("名单.xlsx", workbook(*(line.split(",") for line in CSV.splitlines()))),
        ("roster.jsonl",
         '{"name": "文明办", "code": "wmb", "aliases": ["文明委", "创城办"]}\n\n'
         '{"name": "北寿街道", "parent": "龙山区", "short": "北寿", "on": "2020-07-01"}\n'.encode()),
    ],
)  # fmt: skip
def test_what_a_file_would_register_is_shown_and_then_registered(office, campaign, name, content):
    before = position(campaign)
    answer = choose(office, content, name)
    assert answer.status_code == 200, answer.text
    assert "Is this right?" in answer.text
    assert "2 would be registered, 0 are there already." in answer.text
    for part in ("文明办", "wmb", "北寿街道", "文明委、创城办"):
        assert part in answer.text
    assert position(campaign) == before
    assert office.send(PATH).status_code == 303
    assert "Recorded. This is how it stands now." in office.page
    found = departments(campaign)
    assert found["wmb"].aliases == ("文明委", "创城办")
    street = next(each for each in found.values() if each.name == "北寿街道")
    assert f"{street.code} · 北寿" in answer.text
    assert (street.parent, street.short, str(street.since)) == ("ls", "北寿", "2020-07-01")
    with campaign.opened() as workspace:
        made = list(workspace.log.entries(after=before))
    assert {(entry.event.by, entry.event.via) for entry in made} == {("office", "web")}
    assert len({entry.event.act for entry in made}) == 1
    office.page = office.client.get(f"/en{PATH}").text
    again = choose(office, content, name)
    assert "0 would be registered, 2 are there already." in again.text
    assert 'name="step"' not in again.text


def test_every_wrong_line_is_named_and_nothing_can_be_registered(office, campaign):
    before = position(campaign)
    answer = choose(office, BAD.encode())
    assert answer.status_code == 200
    for part in ("Line 3:", "Line 4:", "Line 5:", "already belongs to", "this is a date"):
        assert part in answer.text
    assert "Line 2:" not in answer.text
    assert (
        answer.text.index("Line 3:") < answer.text.index("Line 4:") < answer.text.index("Line 5")
    )
    assert 'name="step"' not in answer.text
    assert position(campaign) == before


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"", 400, "No file was chosen"),
        (b" \n", 400, "No file was chosen"),
        (b"%PDF-1.7", 400, "a PDF"),
        (b"PK\x03\x04...", 400, "workbook"),
        ("甲,乙\n丙,丁\n".encode(), 400, "a table without a heading for names"),
        (("name\n" + "".join(f"局{n:06d}号大楼办公室\n" for n in range(5000))).encode(), 413,
         "more than 150000 bytes"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_is_refused_in_words(office, campaign, content, status, said):
    before = position(campaign)
    answer = choose(office, content)
    assert answer.status_code == status, answer.text
    assert said in answer.text
    assert 'name="step"' not in answer.text
    assert position(campaign) == before


def test_a_file_of_a_megabyte_is_too_long(office, campaign):
    before = position(campaign)
    answer = choose(office, b"name\n" + b"x" * 1_000_001)
    assert answer.status_code == 413
    assert position(campaign) == before


def test_nobody_but_the_office_sends_a_long_file(client, token, campaign):
    before = position(campaign)
    long = b"name\n" + b"x" * 100_000
    for browser in (Browser(client, token), None):
        if browser is None:
            client.cookies.clear()
        files = {"file": ("a.csv", long, "text/csv")}
        answer = client.post(f"/en{PATH}", data={"form": "x"}, files=files, headers=HERE)
        assert answer.status_code == 413
        short = client.post(
            f"/en{PATH}", data={"form": "x"}, files={"file": ("a.csv", b"name\nx\n")}, headers=HERE
        )
        assert short.status_code in {401, 403}
    assert position(campaign) == before


def test_a_file_from_elsewhere_or_without_the_secret_is_refused(office, campaign):
    before = position(campaign)
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        office.page = office.client.get(f"/en{PATH}").text
        assert choose(office, CSV.encode(), **headers).status_code == 403
    for fields in ({}, {"form": "x"}, {"form": "x", "step": "record", "lines": CSV}):
        files = {"file": ("a.csv", CSV.encode(), "text/csv")}
        answer = office.client.post(f"/en{PATH}", data=fields, files=files, headers=HERE)
        assert answer.status_code == 403
    assert position(campaign) == before


def test_what_others_registered_meanwhile_is_said_and_nothing_of_the_file_recorded(
    office, campaign
):
    choose(office, CSV.encode())
    shown = office.page
    office.page = office.client.get("/en/record/departments").text
    assert office.send("/record/departments/new", name="文明委", code="wm").status_code == 303
    before = position(campaign)
    office.page = shown
    answer = office.send(PATH)
    assert answer.status_code == 409
    assert "Line 2:" in answer.text
    assert answer.text.count('role="alert"') == 1
    assert position(campaign) == before


def test_a_double_click_registers_once(office, campaign):
    choose(office, CSV.encode())
    assert office.send(PATH).status_code == 303
    before = position(campaign)
    again = office.client.post(f"/en{PATH}", data=office.sent, headers=HERE)
    assert again.status_code == 303
    assert position(campaign) == before


def test_logged_out_meanwhile_the_way_leads_back(office, client):
    client.cookies.clear()
    answer = choose(office, CSV.encode())
    assert answer.status_code == 401
    assert f'name="at" value="{PATH}"' in answer.text


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--"),
        ("multipart/form-data; boundary=x", b"--xcontent\r\n--x--"),
        ("multipart/form-data; boundary=x",
         b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--\r\n'),
        ("multipart/form-data; boundary=x",
         b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * 60 + b"--x--\r\n"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_none(office, content_type, body):
    with pytest.raises(FormRefusedError):
        multipart(content_type, body, most=50)
    headers = {**HERE, "content-type": content_type}
    assert office.client.post(f"/en{PATH}", content=body, headers=headers).status_code == 403


def test_whatever_a_form_holds_is_read_as_it_was_sent(client):
    chance = random.Random(7)
    for _ in range(200):
        content = bytes(chance.choices(b"\r\n-x\x00\xff;=\"'", k=chance.randrange(40)))
        request = client.build_request(
            "POST", "/x", data={"a": "值\r\n"}, files={"file": ('"a;b".csv', content)}
        )
        found = multipart(request.headers["content-type"], request.read(), most=50)
        assert found.fields == {"a": "值\r\n"}
        assert found.files == {"file": content}
