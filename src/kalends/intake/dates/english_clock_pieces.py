"""Patterns for clock times in English that are left of a date, in every way people write them.

They are for text as it is read (`folding`). What is no time (ages 9 to 11, a score of 3-2, about
9 schools, a midday meal) is named beside each.
"""

from kalends.dates.vocabulary import HOURS_IN_WORDS, MINUTES_IN_WORDS, NOON, PARTS, any_of
from kalends.intake.dates.clock_pieces import DIGITS, LETTERS, sought
from kalends.intake.vocabulary.tags_and_place import SEAM

_WORDS = any_of(*HOURS_IN_WORDS)
_HOUR = "(?:2[0-4]|1[0-9]|0?[0-9])"
_ANY = f"(?:{_HOUR}(?:[:.h][0-5][0-9])?|{_WORDS})"
_HALF = r"(?: ?[ap]\.?m\b\.?)?"
_NOON = any_of(*NOON, "midnight")
_MARK = f"(?:^|[,;:(.~-] |[(:]|{SEAM} ?)"
_ENDS = rf"(?=$|[,;:.!?)]| -| ?{SEAM}| (?:in the|at|on the|outside|with) )"
_BEGINS = DIGITS + "".join(sorted({word[0] for word in HOURS_IN_WORDS}))  # what an hour begins
_SAYS_WHEN = (
    r"\b(?:at|from|between|until|till?|around|about|approx\.?|approximately|circa|roughly|"
    r"time|times|hours|open|opens|opening|starts?|starting|begins?|beginning|kicks? off|meet|"
    rf"meeting|meets|gather|assemble|doors|runs?|running|arrive|arrival) (?=[{_BEGINS}])"
)
_INEXACT = (
    r"\b(?:around|about|approx\.?|approximately|circa|roughly|by|before|after|near(?:ly)?) "
    rf"(?=[{_BEGINS}])"
)
# Ages 9 to 11 and a score of 3-2 are no time.
_COUNTED = "".join(
    f"(?<!{word} )"
    for word in (
        *("age", "ages", "aged", "year", "years", "yrs", "grade", "grades", "class", "classes"),
        *("room", "rooms", "page", "pages", "level", "levels", "item", "items", "unit", "units"),
        *("block", "blocks", "phase", "phases", "stage", "stages", "step", "steps", "form"),
        *("forms", "team", "teams", "lot", "lots", "won", "lost", "drew", "beat", "score"),
        *("number", "numbers", "chapter", "chapters", "week", "weeks", "route", "routes", "zone"),
        *("zones", "ward", "wards", "of", "lane", "lanes", "no.", "nos.", "question", "questions"),
    )
)
# One of them is in everything that says when, or about when, right before the hour.
_ABOUT = ("around ", "about ", "approx ", "approx. ", "approximately ", "circa ", "roughly ")
_SAYING_WHEN = (
    *("at ", "from ", "between ", "til ", "till ", *_ABOUT, "time ", "times ", "hours ", "open "),
    *("opens ", "opening ", "start ", "starts ", "starting ", "begin ", "begins ", "beginning "),
    *("kick off ", "kicks off ", "meet ", "meets ", "gather ", "assemble ", "doors ", "run "),
    *("runs ", "running ", "arrive ", "arrival ", "until "),
)
_JOINED = "(?=[-~otu])(?:[-~] ?|to |till? |until |or )"
_JOINING = ("-", "~", "to ", "til ", "till ", "until ", "or ")

ENGLISH_CLOCKS = (
    *sought(
        LETTERS,
        rf"(?:(?<![a-z0-9])(?:12|twelve) )?(?<![a-z0-9])(?:{_NOON})\b"
        r"(?! (?:meals?|mass|oil|sun|feast|basketball|blue|express|snacks?)\b)",
        words=(*NOON, "midnight"),
    ),
    *sought(
        LETTERS,
        rf"(?<![0-9a-z])(?:{_ANY}|{_NOON}){_HALF}(?: |-)?ish\b",
        words=("ish",),
    ),
    *sought(
        LETTERS,
        rf"\b(?:{_WORDS}) ?[ap]\.?m\b\.?|\b(?:{_WORDS}) o'?clock\b",
        words=("am", "pm", "a.m", "p.m", "clock"),
    ),
    *sought(
        LETTERS,
        rf"\b(?:{any_of(*MINUTES_IN_WORDS)}|twenty[ -]five)(?: minutes)? (?:past|to) "
        rf"(?:{_WORDS}|1[0-2]|[1-9])\b(?! [a-z]+s\b)",
        words=(" past ", " to "),
    ),
    *sought(LETTERS, rf"\bhalf (?:{_WORDS})\b(?!-)", words=("half ",)),
    *sought(
        LETTERS,
        rf"{_SAYS_WHEN}{_ANY}{_HALF} ?(?:{_JOINED}|and ){_ANY}(?! ?[a-z%])",
        words=(*_SAYING_WHEN, "meeting "),
        then=_BEGINS,
        also=(*_JOINING, "and "),
    ),
    *sought(
        LETTERS,
        rf"{_SAYS_WHEN.replace('meeting|', '')}{_ANY}{_HALF}{_ENDS}",  # meeting 12 has a number
        words=_SAYING_WHEN,
        then=_BEGINS,
    ),
    *sought(
        LETTERS,
        rf"{_INEXACT}{_ANY}(?: ?[ap]\.?m\b\.?|:[0-5][0-9]|{_ENDS}| (?=(?:in|at|on) ))",
        words=(*_ABOUT, "by ", "before ", "after ", "near ", "nearly "),
        then=_BEGINS,
    ),
    *sought(
        LETTERS,
        r"^(?:at )?(?:about|around|approx\.?|circa|roughly) (?:1[0-2]|[1-9])(?= )"
        r"(?! [a-z]+s\b| people)",
        words=_ABOUT,
        then=DIGITS,
    ),
    *sought(
        LETTERS + "-~",
        rf"{_MARK}{_ANY}{_HALF} ?{_JOINED}(?=[{_BEGINS}]){_ANY}{_HALF}{_ENDS}",
        words=_JOINING,
        then=f" {_BEGINS}",
    ),
    *sought(
        LETTERS,
        rf"(?<![0-9a-z./:-]){_COUNTED}{_HOUR} (?:to|till?|until) (?=[0-9]){_HOUR}{_ENDS}",
        words=(" to ", " til ", " till ", " until "),
        then=DIGITS,
    ),
    *sought(
        LETTERS,
        rf"(?<![0-9a-z./:-]){_COUNTED}(?:{_WORDS}) (?:to|till?|until) (?:{_WORDS}){_ENDS}",
        words=(" to ", " til ", " till ", " until "),
        then=_BEGINS,
    ),
    *sought(
        DIGITS,
        rf"(?:{_MARK}|{_SAYS_WHEN}){_HOUR}[.h][0-5][0-9]"
        rf"(?: ?[-~] ?{_HOUR}[.h][0-5][0-9])?{_ENDS}",
        words=(*(f"{digit}." for digit in DIGITS), *(f"{digit}h" for digit in DIGITS)),
        then=DIGITS,
    ),
    *sought(
        DIGITS,
        rf"(?:{_MARK}|{_SAYS_WHEN})(?:[01][0-9]|2[0-3])[0-5][05](?:hrs)?{_ENDS}",
        digits=4,
    ),
    *sought(
        DIGITS,
        r"(?<![0-9a-z.:])(?:1[0-2]|[1-9])(?:[:.][0-5][0-9])? in the (?:morning|afternoon|evening)",
        words=(" in the ",),
    ),
    *sought(
        DIGITS,
        rf"(?<![0-9a-z./:-]){_COUNTED}{_HOUR} or {_HOUR}(?:(?! ?[a-z0-9%])| (?=(?:in|at|on) ))",
        rf"^{_HOUR} or {_HOUR}(?= [a-z])(?! [a-z]+s\b)",
        words=(" or ",),
    ),
    *sought(
        LETTERS + "-~",
        rf"^(?:from |between )?(?:{_HOUR}|{_WORDS}) ?(?:-|~|to|till?|until|and) ?"
        rf"(?:{_HOUR}|{_WORDS})"
        r"(?= [a-z])(?! (?:years?\b|[a-z-]+s\b|people|children))",
        words=("-", "~", "to", "til", "and"),
        first=f"{_BEGINS}fb",
    ),
    *sought(
        DIGITS,
        r"(?<=[a-z] )0[0-9][0-5][05]$",
        digits=4,
    ),
    *sought(
        LETTERS,
        # At nine thirty, 14h.
        rf"(?<![a-z0-9-])(?:{_WORDS}) (?:fifteen|thirty|forty[- ]five)(?![a-z-])(?! [a-z]+s\b)",
        words=("fifteen", "thirty", "forty"),
    ),
    *sought(
        DIGITS,
        rf"(?<![a-z0-9.:])(?:0?[6-9]|1[0-9]|2[0-3])(?: ?[-~] ?(?:1[0-9]|2[0-3]))?h{_ENDS}",
        words=tuple(f"{digit}h" for digit in DIGITS),
    ),
    *sought(
        DIGITS,
        rf"(?<=[a-z] )(?!20[0-9]{{2}})(?:0[0-9]|1[0-9]|2[0-3])[0-5][05](?= ?{SEAM}| in the |$)",
        digits=4,
    ),
    *sought(
        ".",
        rf"(?<=[a-z] )(?:1[0-9]|2[0-3])\.[0-5][0-9]{_ENDS}",
    ),
    *sought(":", rf"\b(?:time|start|starts|begins|doors|when|hours): ?(?:[a-z]+\.? )?{_ANY}"),
    *sought(
        LETTERS,
        rf"(?:{any_of(*PARTS)})(?: |-)ish\b|\b(?:about|around|circa) (?:{any_of(*PARTS)})\b",
        words=PARTS,
    ),
    *sought("@", "@ ?[0-9]"),
)
