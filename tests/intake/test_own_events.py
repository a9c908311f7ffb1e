"""Stories and notices in English that name a department by what is theirs, or by their people."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kalends.dates.reader import DateContext
from kalends.domain.errors import KalendsError
from kalends.intake.sentence import read_sentence
from specification import registered

HERE = DateContext(
    now=datetime(2020, 7, 20, 10, tzinfo=ZoneInfo("Asia/Shanghai")), zone="Asia/Shanghai"
)
ROSTER = registered(
    {
        "tsw": ("Youth League",),
        "ga": ("Police Department", "Police"),
        "park": ("Parks Department", "Parks"),
        "wjw": ("Health Department", "Health"),
        "lib": ("Public Library", "Library"),
        "ls": ("Longshan District", "Longshan"),
    }
)
CODES = {"Youth League": "tsw", "Police": "ga", "Parks": "park", "Health Department": "wjw"}


def read(text):
    """Return the first day, the departments with their parts, and the title."""
    found = read_sentence(
        text, roster=ROSTER, context=HERE, wanted=("when", "departments", "title")
    )
    departments = [(part.code, part.role) for part in found.departments]
    return found.when.when.first_day.isoformat(), departments, found.title


# fmt: off
STORIES = (
    ("guys the {who}'s bottle collection on 18 July was great", "bottle collection was great"),
    ("went to the {who}'s lego club on saturday 18 july, great fun", "lego club, great fun"),
    ("We were at the {who} open day on 18 July", "open day"),
    ("just saw the {who} doing a drill on 18 July", "doing a drill"),
    ("thx to {who} for the shade tents on sat 18 july", "shade tents"),
    ("Twenty volunteers from the {who} planted trees on 18 July", "Twenty volunteers from the {who} planted trees"),
    ("On 18 July two nurses of the {who} gave flu jabs", "two nurses of the {who} gave flu jabs"),
    ("Every school got a visit from the {who} on 18 July", "Every school got a visit from the {who}"),
    ("Around 80 people joined the {who} for a run on 18 July", "Around 80 people joined the {who} for a run"),
    ("Opening of the {who} fitness room: 18 July", "Opening of the {who} fitness room"),
    ("Wanted: volunteers for the {who} book move, 18 July", "Wanted: volunteers for the {who} book move"),
    ("Come and meet the {who}! Open station, 18 July", "Open station"),
    ("The {who} said Saturday they had trained 40 volunteers on 18 July", "had trained 40 volunteers"),
    ("The {who} will plant trees on 18 July, it announced on Monday.", "will plant trees"),
    ("The Public Library announced that the {who} will plant trees on 18 July", "will plant trees"),
    ("The leaders of the {who} visited workers on 18 July", "The leaders of the {who} visited workers"),
    ("A total of 120 party members of the {who} cleaned the square on 18 July",
     "A total of 120 party members of the {who} cleaned the square"),
    ("The kickoff meeting of the {who} took place on 18 July", "The kickoff meeting of the {who}"),
    ("Coming up at the {who}: lantern making, Saturday 18 July", "lantern making"),
    ("Good morning, on behalf of the {who} I would like to invite you to the fair on 18 July", "fair"),
)
# fmt: on


@pytest.mark.parametrize(("sentence", "title"), STORIES)
def test_a_story_names_who_leads(sentence, title):
    for who, code in CODES.items():
        day, departments, read_title = read(sentence.format(who=who))
        assert (day, departments) == ("2020-07-18", [(code, "lead")]), sentence
        assert read_title == title.format(who=who)
    with pytest.raises(KalendsError):
        read(sentence.format(who="Rotary"))


@pytest.mark.parametrize(
    "sentence",
    [
        "rotary went to the library's lego club on 18 july",
        "Rotary saw the Police doing a drill on 18 July",
        "We visited the Police on 18 July",
        "We went to the Police station on 18 July",
        "A man from the Police said Rotary planted trees on 18 July",
        "Residents from Longshan complained on 18 July",
        "Nurses from the Health Department did not come on 18 July",
        "Volunteers from Parks planted trees with Rotary on 18 July",
        "Volunteers from Parks helped Rotary plant trees on 18 July",
        "Big crowd at the Police vs Rotary game on 18 July",
        "good turnout at the health dept blood drive on fri - 62 donors",
        "thx to parks for the shade tents on sat",
        "Parks announced that the Police helped them plant trees on 18 July",
        "On behalf of Parks, thank you to Rotary who planted trees on 18 July",
        "Youth League fair, 18 July. Police garden party",
        "18 July, Police, helmets, half 7 am",
        "tbc: Youth League camp, 18 July",
        "Briefing by Rotary, 18 July. Officers from the Police will also attend",
        "Talk by Rotary, 18 July. Two nurses from the Health Department gave jabs",
        "Talk by Rotary, 18 July. Every school got a visit from the Police",
        "Rotary opened a hall and 80 people joined the Police for a run on 18 July",
        "Rotary fair: 80 people joined the Police for a run on 18 July",
        "Volunteers from the Youth League and Rotary planted trees on 18 July",
        "Every school got a visit from the Fire Service and the Police on 18 July",
        "I was at the Police station's open day at Rotary on 18 July",
        "thx to parks rotary planted trees on 18 july",
        "The Police said that Parks would plant trees on 18 July if it rains",
        "The Police said they had hoped to train volunteers on 18 July",
        "Coming up at the Public Library: a Rotary talk, 18 July",
        "Under the guidance of Rotary, Parks held a talk on 18 July",
        "Come and meet the Police! Rotary fair, 18 July",
        "Rotary invites you! The Police fair on 18 July",
        "Rotary! The Police fair on 18 July",
        "Free today! The Police fair on 18 July",
        "Talk by Rotary. Police. 18 July.",
        "Talk by Rotary, Police, 18 July",
        "It's off! The Police fair on 18 July",
        "Good, maybe next year! The Police fair on 18 July",
        "The Youth League photo contest closes on 18 July",
        "18 July Youth League fair, the Police were called",
        "maybe Police fair 18 July",
        "So on 18 July we went with the Youth League to clean bus stops",
        "18 July, Police, Rotary Club of the town, drill",
        "Youth League fair, 18 July, Police street patrol",
        "Health Department, Longshan Clinic: eye tests, 18 July",
    ],
)
def test_where_somebody_else_may_lead_that_is_asked(sentence):
    with pytest.raises(KalendsError):
        read(sentence)


@pytest.mark.parametrize(
    ("sentence", "codes", "title"),
    [
        ("18 July. Youth League. Evaluation of camps. With 9 participants.", ["tsw"], "Evaluation of camps"),
        ("Fair - Police - 18 July 2020, 06:00-12:00", ["ga"], "Fair"),
        ("SAVE THE DATE – 18 July 2020 – Public Library Gala", ["lib"], "SAVE THE DATE – Gala"),
        ("AOB: Parks will trim the trees on 18 July", ["park"], "AOB: will trim the trees"),
        ("Action: Police and Parks to check the road, 18 July", ["ga", "park"], "Action: to check the road"),
        ("18 July, Public Library, Reading circle", ["lib"], "Reading circle"),
        ("Tree-lighting with Parks & the Police, 18 July", ["park", "ga"], "Tree-lighting"),
        ("Bike check with Police, 18 July", ["ga"], "Bike check"),
        ("Talk — Health Department — 18 July — Library, 2nd floor", ["wjw"], "Talk — Library, 2nd floor"),
        ("Police talk 18 July in Room 204, Public Library", ["ga"], "talk in Room 204, Public Library"),
        ("Eye tests! Health Department, 18 July, Longshan Clinic", ["wjw"], "Eye tests! Longshan Clinic"),
        ("planted trees, the Youth League, 18 July", ["tsw"], "planted trees"),
        ("Night of Books, Public Library, 18 July", ["lib"], "Night of Books"),
        ("visited two schools by Parks with the Police July 18", ["park", "ga"], "visited two schools"),
        ("Prize-giving of the Police contest, 18 July, Public Library foyer", ["ga"],
         "Prize-giving of the Police contest, Public Library foyer"),
        ("Big news! The Police launch a campaign on 18 July.", ["ga"], "launch a campaign"),
        ("Summer is here! The Public Library's reading club starts on 18 July", ["lib"], "reading club starts"),
        ("Did you know? Parks counts swifts on 18 July", ["park"], "counts swifts"),
        ("Register now for the Police driver training, 18 July!", ["ga"], "driver training"),
        ("120 guests at the Police gala on 18 July", ["ga"], "120 guests at the gala"),
        ("Photos from the Youth League's tea party on 18 July", ["tsw"], "tea party"),
        ("Lantern stroll. Parks and Police. 18 July. Free entry.", ["park", "ga"], "Lantern stroll. Free entry"),
        ("Parents' evening with the Public Library, 18 July", ["lib"], "Parents' evening"),
        ("Parks to host a rose show on 18 July", ["park"], "rose show"),
        ("Police to check the road on 18 July", ["ga"], "to check the road"),
        ("just a heads up, Police meeting on parking 18 July", ["ga"], "meeting on parking"),
        ("note to self Police meeting 18 July", ["ga"], "meeting"),
        ("new message from Parks: tree check 18 July", ["park"], "tree check"),
        ("18 July, Police, Helmet day, 9-11", ["ga"], "Helmet day"),
        ("Police talk, Room 4, 18 July", ["ga"], "talk, Room 4"),
        ("Police talk at gate 2, 18 July", ["ga"], "talk at gate 2"),
        ("- [x] Police alarm check, block 4, 18 July", ["ga"], "alarm check, block 4"),
        ("Under the guidance of the Police, Parks held a talk on 18 July", ["park", "ga"], "held a talk"),
        ("In order to mark Army Day, the Police held a gala on 18 July", ["ga"],
         "In order to mark Army Day, held a gala"),
        ("Police held a drill on Saturday, 18 July, and on Saturday swept the hall", ["ga"],
         "held a drill, and on Saturday swept the hall"),
    ],
)  # fmt: skip
def test_notices_and_minutes_are_read(sentence, codes, title):
    day, departments, read_title = read(sentence)
    assert (day, [code for code, _ in departments]) == ("2020-07-18", codes)
    assert read_title == title


@pytest.mark.parametrize("sign", ["@", "@ "])
def test_an_hour_behind_the_sign_is_no_place(sign):
    for said, starts in (
        ("nine thirty", "09:30"), ("9 o'clock", "09:00"), ("ten o’clock", "10:00"), ("nine am", "09:00"),
        ("half past nine", "09:30"), ("9.30am", "09:30"), ("noon", "12:00"),
    ):  # fmt: skip
        found = read_sentence(
            f"Police talk 18 July {sign}{said}", roster=ROSTER, context=HERE, wanted=("when",)
        )
        assert (found.when.when.starts, found.place) == (starts, None), said
