"""Words that speak to the reader, stars of posters and labels change nothing of what is read."""

from datetime import datetime
from itertools import permutations, product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {"tsw": ("Youth League",), "ga": ("Police Department", "Police"), "pk": ("Parks",)}
)
SENTENCES = (
    "the Police will hold a siren test on 5 August at noon",
    "Youth League quiz, 8 August, 7pm @City Hall",
    "Police and Youth League: school visit, Monday 12 October, 9:00-11:00, 30 people",
    "Parks planted forty trees along Mill Lane last Thursday",
)
# fmt: off
OPENERS = (
    "FW: ", "Fwd: ", "RE: ", "FW: Re: ", "Subject: ", "Invitation: ", "Updated invitation: ", "Hi team, ",
    "Hi Sam, ", "Hello all, ", "Dear colleagues, ", "Good morning all, ", "Hi - ", "Hey Jo! ",
    "Just a reminder that ", "A quick reminder that ", "Quick note that ", "Just confirming that ",
    "Just letting you know that ", "Please be advised that ", "Please note that ", "Kindly be informed that ",
    "We are pleased to announce that ", "Notice is hereby given that ", "This is to inform you that ",
    "It is hereby notified that ", "For your information: ", "FYI, ", "As discussed, ", "As per our call, ",
    "Don't forget: ", "I can confirm that ", "Mark your calendars! ", "Come one, come all! ", "Public notice - ", "Press release: ",
    "Hi team, just confirming that ", "Dear all, please be advised that ", "FW: FW: Hi Tom, ",
    "Dear Sir or Madam, I am writing to inform you that ", "We kindly inform you that ", "Dear all\n\n",
    "Thank you for your interest. ", "Dear volunteers, thank you for signing up! ", "I hope you are well. ",
)
CLOSINGS = (
    "", ". Best, Dana", ". Kind regards, Meera", ". Regards, A. Rao", ". Thanks!", ". Many thanks, Jo",
    ". Cheers", ". Cheers, Sue", " Thanks, Sam Lee", ". Yours sincerely, John Q. Public", ". Best wishes, Ann-Marie",
    ".\n\nKind regards\nAnna Li\nOffice Manager", ". All the best, Jo", ". See you there!", ". Warm regards, Lin",
)
# fmt: on


def read(text):
    """Return what is recorded of a sentence, but for small words at the edges of its title."""
    found = read_sentence(
        text, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )
    when = found.when.when
    return (
        (when.first_day, when.starts, when.ends, found.place, found.headcount),
        [(part.code, part.role) for part in found.departments],
        found.title.removesuffix("."),
    )


NUMBERS = (
    "1. ",
    "12. ",
    "3) ",
    "(5) ",
    "Item 4: ",
    "Agenda item 2: ",
    "Minutes, item 4: ",
    "Item no. 3 - ",
)


@for_all(st.sampled_from(NUMBERS), st.sampled_from(SENTENCES))
def test_the_number_of_a_list_is_left_out(number, sentence):
    assert read(f"{number}{sentence}") == read(sentence)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_number_of_a_list_is_no_part_of_the_date(number):
    for day in ("25 July", "25th July", "2020-07-25", "Saturday 25 July", "July 25"):
        text = f"{day}: Police drill"
        assert read(f"{number}{text}") == read(text)


@pytest.mark.parametrize(
    "text", ["7. July Police drill", "7. 14 Police drill", "7) July: drill, Police"]
)
def test_a_number_that_may_be_the_day_is_asked_about(text):
    with pytest.raises(KalendsError):
        read(text)


SPEAKERS = (
    "We ({who}) visited two schools on 14 July", "On 14 July we ({who}) visited two schools",
    "We, the {who}, visited two schools on 14 July", "We at the {who} visited two schools on 14 July",
    "Yesterday we at {who} visited two schools",
    "Got a call from {who} - they visited two schools on 14 July",
    "I had a quick email from the {who}: they visited two schools on 14 July",
    "We received a note from {who}. They visited two schools on 14 July",
    "Got a call from {who}: visited two schools on 14 July",
)  # fmt: skip


@for_all(st.sampled_from(SPEAKERS), st.sampled_from(("Police", "Youth League", "Parks")))
def test_those_who_speak_are_those_who_did_it(speaker, who):
    _, departments, title = read(speaker.format(who=who))
    code = {"Police": "ga", "Youth League": "tsw", "Parks": "pk"}[who]
    assert (departments, title) == ([(code, "lead")], "visited two schools")
    with pytest.raises(KalendsError):
        read(speaker.format(who="Rotary"))


@for_all(st.sampled_from(OPENERS), st.sampled_from(CLOSINGS), st.sampled_from(SENTENCES))
def test_what_is_said_to_the_reader_changes_nothing(opener, closing, sentence):
    if closing:
        sentence = sentence.replace(" @City Hall", "")
    assert read(f"{opener}{sentence}{closing}") == read(sentence)


@pytest.mark.campaign
@pytest.mark.parametrize("opener", OPENERS)
def test_no_opener_changes_what_is_read(opener):
    for sentence in SENTENCES:
        assert read(f"{opener}{sentence}") == read(sentence)


@pytest.mark.parametrize(
    ("sentence", "codes", "title"),
    [
        ("Kudos to Parks - 31 volunteers pulled weeds on 18 July", ["pk"], "31 volunteers pulled weeds"),
        ("Thanks to the Police for the safety talk on 8 July", ["ga"], "safety talk"),
        ("Congrats to the Youth League on reopening Monday 13 July", ["tsw"], "reopening"),
        ("Great job by Youth League on the mural, finished on 19 July", ["tsw"], "mural, finished"),
        ("Call from Parks: irrigation works start 24 August", ["pk"], "irrigation works start"),
        ("Per the Police, patrol rehearsal 6 August at 9:00", ["ga"], "patrol rehearsal"),
        ("Rec'd from Parks: tree walk Fri 25 Sept 5pm", ["pk"], "tree walk"),
        ("Big turnout for the Parks clean-up on Sunday 12 July", ["pk"], "clean-up"),
        ("Please join the Youth League for a vigil on 25 November", ["tsw"], "vigil"),
        ("Join us for the Youth League trivia night, 8 October, 7-9 PM", ["tsw"], "trivia night"),
        ("It's Parks here, we've got a goose count on 5 August", ["pk"], "goose count"),
        ("Thanks to Parks and the Police for the fair on 8 July", ["pk", "ga"], "fair"),
        ("Meeting request from Parks: term dates, Wed 19 Aug", ["pk"], "term dates"),
        ("From: Parks. To: All residents. Hydrant flushing on 3-5 August.", ["pk"], "Hydrant flushing"),
        ("Just back from the Parks poetry picnic today", ["pk"], "poetry picnic"),
        ("Re your query, the Youth League regatta was on 5 July", ["tsw"], "regatta"),
        ("Parks fair, 8 August. Best dressed wins", ["pk"], "fair. Best dressed wins"),
        ("Come along to the Parks quiz on Friday 18 Sept, 6.30pm", ["pk"], "quiz"),
        ("Just heard from the Youth League: car boot sale on 19 July", ["tsw"], "car boot sale"),
        ("17th July. Hedge cutting. Parks.", ["pk"], "Hedge cutting"),
        ("Workshop conducted by Police for students on 8 July", ["ga"], "Workshop for students"),
        ("Fair brought to you by the Parks, 8 August", ["pk"], "Fair"),
        ("Cooking demo with Parks, Sept 3, 5pm", ["pk"], "Cooking demo"),
    ],
)  # fmt: skip
def test_who_told_it_or_is_thanked_is_the_department(sentence, codes, title):
    _, departments, read_title = read(sentence)
    assert ([code for code, _ in departments], read_title.removeprefix("a ")) == (codes, title)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hi Police, the fair is on 8 August",  # who is spoken to
        "The fair is on 8 August. Best, Dana, Police",
        "Dear Parks, could you confirm the 5 August slot?",
        "Thanks to the Police, the fair went well on 8 July",
        "Call from Rotary: fair on 8 August",
        "Cancelled event: Police fair, 8 August",
        "Tea dance by Parks is a week on Friday",
        "Parks tea dance two weeks on Monday",
        "Parks bulb swap on 10 October, ten to twelve",
        "Meeting of 9 June: Rotary met the Police",
    ],
)
def test_who_is_only_spoken_to_or_unknown_is_asked_about(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


STARS = (" * ", " *** ", "!! ", "! ", " • ", " | ", "; ", " - ", " – ", " — ")


@for_all(
    st.sampled_from(STARS), st.permutations(("Movie in the park", "Friday, August 28", "Parks"))
)
def test_what_parts_a_poster_is_no_text(star, pieces):
    try:
        facts, departments, title = read(star.join(pieces))
    except KalendsError:
        return
    assert (str(facts[0]), departments) == ("2020-08-28", [("pk", "lead")])
    assert title.strip("!") == "Movie in the park"


def test_a_poster_is_read():
    facts, departments, title = read(
        "*** FAMILY MOVIE *** Friday, August 28 *** 8:15 PM *** Presented by Parks *** with support"
        " from Police ***"
    )
    assert (str(facts[0]), facts[1]) == ("2020-08-28", "20:15")
    assert (departments, title) == ([("pk", "lead"), ("ga", "participant")], "FAMILY MOVIE")


LABELS = (
    (("When", "Date"), "Saturday, August 1, 2020"),
    (("Time", "Hours"), "10:00 AM-2:00 PM"),
    (("Where", "Venue", "Location"), "Riverside Park, north gate"),
    (("What", "Event", "Title", "Subject"), "Bike repair day"),
    (("Who", "Organiser", "Organizer", "Department", "Host"), "Parks"),
)


@pytest.mark.campaign
@pytest.mark.parametrize("between", [" ", "; ", ". ", " / ", "\n", " | "])
def test_labels_are_read_in_any_order(between):
    expected = ("2020-08-01", "10:00", "14:00", "Riverside Park, north gate")
    for n, order in enumerate(permutations(LABELS)):
        text = between.join(f"{words[n % len(words)]}: {value}" for words, value in order)
        facts, departments, title = read(text)
        assert (str(facts[0]), *facts[1:4]) == expected, text
        assert (departments, title) == ([("pk", "lead")], "Bike repair day"), text


def test_other_labels_stay_in_the_title_and_partners_join():
    facts, departments, title = read(
        "Event: Bike day. Date: 1 August. Cost: free. Organiser: Parks. Participants: Police"
    )
    assert (str(facts[0]), facts[3], title) == ("2020-08-01", None, "Bike day; Cost: free")
    assert departments == [("pk", "lead"), ("ga", "participant")]


def test_labels_without_a_known_department_are_asked_about():
    for who, day in product(("Rotary", "all residents"), ("1 August", "2020-08-01")):
        with pytest.raises(KalendsError):
            read(f"Event: Bike day. Date: {day}. Organiser: {who}.")


@pytest.mark.parametrize(
    "said",
    [
        "We cannot confirm that", "I can't confirm that", "It is not true that", "I doubt that",
        "I have not been told that", "We were never informed that", "Nobody said that",
        "We hope that", "It was proposed that", "I wonder if it is known that", "We regret to report that",
        "They denied having said that", "It is a rumour, we heard, that", "Is it agreed that",
    ],
)  # fmt: skip
def test_what_may_not_be_so_is_asked_about(said):
    for sentence in ("the Police will hold a drill on 8 August", "Parks met residents on 15 July"):
        with pytest.raises(KalendsError):
            read(f"{said} {sentence}")


@pytest.mark.parametrize(
    "text",
    [
        "We will plant trees on 5 August. Regards, {}",
        "On 5 August we will plant trees. Best wishes, Tom, {}",
        "Dear all\n\nWe'll plant trees on 5 August.\n\nKind regards\nAnna Li\n{}",
        "Hello, on Wednesday 5 August we will plant trees. Thanks, {}",
    ],
)
def test_those_who_sign_as_we_are_those_who_do_it(text):
    for who, code in (("Parks", "pk"), ("the Youth League".removeprefix("the "), "tsw")):
        _, departments, title = read(text.format(who))
        assert (departments, title) == ([(code, "lead")], "will plant trees")
    with pytest.raises(KalendsError):
        read(text.format("Rotary"))


@pytest.mark.parametrize(
    "text",
    [
        "Police drill on 8 August. Regards, Parks",
        "Rotary will hold a fair on 8 August. Regards, Parks",
        "Rotary and we will plant trees on 5 August. Regards, Parks",
        "Police and we will plant trees on 5 August. Regards, Parks",
        "Police and volunteers plant trees on 5 August. Parks",
        "We will plant trees on 5 August. Regards, Parks, not on Friday",
    ],
)
def test_who_signs_what_others_may_do_is_asked_about(text):
    with pytest.raises(KalendsError):
        read(text)


INVITES = (
    "invites you to a", "would like to invite you to a", "is delighted to invite you to the",
    "cordially invites you and your families to a", "are inviting all to our",
    "requests the pleasure of your company at a", "will be inviting you to its",
)  # fmt: skip


@pytest.mark.parametrize("invites", INVITES)
def test_an_invitation_is_no_part_of_the_event(invites):
    for who in ("Parks", "Youth League"):
        _, departments, title = read(f"Dear all, the {who} {invites} tree walk on 8 August")
        assert (len(departments), title) == (1, "tree walk")


PICTURES = ("🎉", "📅 ", "🔥🔥", "👍🏽", "❤️", "→", "★")


@pytest.mark.campaign
@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_parts_words_as_a_mark_does(picture):
    for pieces in permutations(("Youth League", "Fri 31 July, 6pm", "summer party")):
        try:
            expected = read("; ".join(pieces))
        except KalendsError:
            continue
        for text in (f" {picture} ".join(pieces), f"{picture} {picture.join(pieces)} {picture}"):
            assert read(text) == expected, text


@pytest.mark.parametrize("sentence", ["{} Police fair 8 August", "Police fair 8 August {}"])
def test_a_picture_may_say_that_nothing_takes_place(sentence):
    for picture in "❌🚫⛔👎":
        with pytest.raises(KalendsError):
            read(sentence.format(picture))


def test_a_pin_stands_before_a_place():
    facts, departments, title = read("📅 1 August • 🕘 9am • Youth League drive • 📍 Main Square")
    assert (facts[1], facts[3], title) == ("09:00", "Main Square", "drive")
    assert departments == [("tsw", "lead")]
