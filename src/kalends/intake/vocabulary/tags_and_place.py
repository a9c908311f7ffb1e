"""Takes tags and the place out of a sentence, leaving seams."""

import re
from collections.abc import Callable, Sequence

from kalends.domain.patterns import Pattern
from kalends.domain.value import Value

SEAM = "\x1f"  # a blank to whoever reads on; `tidy` sews the text together there
BLANKS = " \t\u3000\u00a0"  # for whoever must see a seam: `strip` without an argument takes it

_END = "[^\\s#＃@＠,，。;；]+"
_TAG = Pattern(f"[#＃]({_END})(?:[#＃](?![^\\s@＠,，。;；]))?", needs="#＃")
_CAPITALS = r"[A-Z0-9][\w'’.-]*(?: (?:(?:of|the|and|for) )*[A-Z0-9][\w'’.-]*)*"
# Behind “@ ” a place of several words goes as far as its words begin with capitals or digits.
# At the end of a sentence or before another mark it does so without that blank, too.
_DATED = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
# No. 3 Middle School; St. Mary's: the point ends nothing.
_SHORT = (
    r"(?:(?:[Nn]o|[Nn]r|Bldg|Gate|Room|Hall|Building|Block|Unit)\.? ?[0-9]{1,4}|(?:St|Mt|Ft|Dr)\.)"
)
_NEXT = rf"(?:of|the|and|for|&|{_SHORT}|(?!(?:{_DATED})[a-z]*\b)[A-Z][\w'’-]*)"
# Hall 9, Room 302; not Hall 9.30, Library 1400.
_ROOM = r"(?!0[0-9]{3}|(?:1[0-9]|2[0-3])[0-5]0)[0-9]{1,4}(?![0-9:h]|\.[0-9])"
_CLOSED = (
    rf"(?:{_SHORT}(?= )|[A-Z][\w'’-]*)(?:(?: {_NEXT})+(?: {_ROOM})?| {_ROOM}(?=\s*$))"
    rf"|{_SHORT}(?<=[0-9])"
)
_GOES_ON = rf"(?=\s*(?:[#＃@＠,，。.;；]|(?:{_DATED})|$))"
_PLACE = Pattern(
    r"[@＠](?!(?<=[A-Za-z0-9]@)[A-Za-z0-9-]+\.[A-Za-z])"  # no mail address
    f'(?: *"([^"]+)"| *“([^”]+)”|({_CLOSED}){_GOES_ON}|({_END})'
    f"| +({_CAPITALS}|{_END}))",
    needs="@＠",
)
# Behind a label: 地点：青少年宫; Venue: City Hall.
_IS_PLACE = "[学院馆室厅楼园场所站村区街路办局心堂层店城桥口号院]"
_LABELLED = Pattern(
    r"(?:(?<![^\s,，、;；。.])|^)(?:活动|集合|会议|举办)?(?:地点|地址)\s*(?:(?:[:：]|设在|选在|在|为)\s*+"
    rf"|(?={_END}(?:{_IS_PLACE}|[一-鿿][0-9]{{3,4}})(?:[\s（(,，。;；#＃@＠]|$)))"
    r"(?P<chinese>(?![:：待另]|未定|变更|不|调整|改|暂|保密|由|等|见|同)[^\s,，。;；#＃@＠（(]{2,})"
    r"|(?:^|(?<=[,，;；.])\s*)(?i:venue|place|location|where)\s*[:：]\s*+"
    r"(?P<english>(?!(?i:tb[ad])\b)[A-Z0-9][\w'’-]*(?: (?:of|the|[A-Z0-9][\w'’-]*))*)"
    r"(?=\s*(?:[,，;；#＃@＠]|\.(?:\s|$)|$))(?!, [A-Z])",
    words=("地点", "地址", "enue", "lace", "ocation", "here", "VENUE", "PLACE", "LOCATION"),
)
# What is no place: a day, or who takes part.
_MORE_IN_IT = Pattern(
    rf"主办|承办|协办|牵头|参加|参与|配合|联合|会同|由|[0-9一二三四五六七八九十](?:月|日|号[^楼院馆]|点|时)|[0-9][:./-][0-9]|\b(?:{_DATED})[a-z]*\b",
)
_MORE = Pattern(
    r"(?:(?<=\b(?:No|Nr|St|Mt|Ft|Dr))\.)? +[^\s#＃@＠,，。;；][^#＃@＠,，。;；]*", needs=" "
)
_QUOTES = frozenset("\"'“”„‘’‚«»‹›「」『』＂〝")
_QUOTED = 2  # groups of `_PLACE` that are quoted
# # 志愿 at the end is a tag; at the beginning it is the mark of a heading.
_LOOSE_TAG = Pattern(
    rf"(?<=\s)[#＃][ \u3000]+({_END})(?<![0-9])(?=\s*(?:[#＃@＠]|$))", needs="#＃"
)
_TORN_TAG = Pattern(
    rf"[#＃]{_END}[,，][一-鿿A-Za-z]{{1,6}}(?=\s*(?:[#＃@＠]|$))"
    r"|(?<=\s)[#＃][ \u3000]+[一-鿿A-Za-z]+(?= +[^\s#＃@＠])",
    needs="#＃",
)
_MARK = Pattern(r"(?<!\S)[@＠#＃](?!\S)", needs="@＠#＃")
_DASHES = Pattern(r"^(?:[-–—/]+\s+)+|(?:\s+[-–—/]+)+$", needs="-–—/")
_BETWEEN_DASHES = Pattern(f"(\\s[-–—]+)\\s*{SEAM}\\s*[-–—]+(?=\\s)", needs="-–—")
_COLON = Pattern("([:：])[,，、;；]+ *", needs=":：")
_COMMA_AND_COLON = Pattern(r"\s*[,，、;；]?\s*([:：])(?=\s|$)", needs=":：")
_COLON_AND_POINT = Pattern(r"[:：]\s*(?=[.。](?:\s|$))", needs=":：")
_DASH = Pattern(r"\s+[-–—]+\s*(?=[,，;；])", needs="-–—")
# Of the marks that stood around pieces that were taken out the first stays.
_DOUBLED = Pattern(
    r"(\s[-–—/]+|\s?[,，;；、])(?:\s*(?:[-–—/]++(?=[\s,，;；、]|$)|[,，;；、]))+",
    needs="-–—/,，;；、",
)
_BEHIND_CALL = Pattern(r"([!！?？])[,，;；](\s*)", needs="!！?？")
_EMPTY = Pattern(r"[（(]\s*[）)]|【\s*】|\[\s*\]", needs="（(【[")
_EDGE = " \t\u3000\u00a0,，.。;；:：、"
_CLOSING = "。.!！?？)）"


def as_text(words: Sequence[str], *, whole: bool) -> str:
    """Join the words of a command line to one sentence.

    A shell takes quotes away: a word that begins with @ and holds blanks is one place, up to a
    tag, and gets quotes again; not one that is the `whole` sentence.
    """
    return words[0] if whole else " ".join(_quoted(word) for word in words)


class Marked(Value):
    """A text without its place and tags, the place, the tags; and what stands behind the place.

    `behind` is the place with what follows it without any mark: it may belong to it. `torn_tag`
    is a tag that may go on behind its comma or blank. `is_quoted`: the place was quoted.
    """

    text: str
    place: str | None
    tags: list[str]
    behind: str
    torn_tag: str
    is_quoted: bool = False


def take_tags_and_place(
    text: str, named: Callable[[str, int], tuple[object, int] | None]
) -> Marked:
    """Take out the place and the tags.

    `named` returns the department whose name begins at a place of a text, or None.
    """
    alone = None
    if "@" in text or "＠" in text:
        from kalends.intake.vocabulary import at_signs  # noqa: PLC0415 - most sentences name no place

        text = at_signs.without_times(text)
        alone = at_signs.ALONE.search(text)
    torn = torn_tag(text, named)
    found = _PLACE.search(text)
    place, behind, is_quoted = None, "@" if alone else "", False
    if found is not None:
        group = next(n for n, words in enumerate(found.groups(), 1) if words)
        start, end = found.span(group)
        last = found.end()
        is_quoted = group <= _QUOTED
        if not is_quoted:
            from kalends.intake.vocabulary import places  # noqa: PLC0415 - most sentences name no place

            said, name = text, named(text, start)
            end = max(end, name[1] if name else 0)  # @City Library foyer
            last = end = places.end_of(said, start, end, lambda at: bool(named(said, at)))
            behind = _goes_on(text, start, end)
            if behind and (rest := places.whole_rest(text, start, end, named)) > end:
                last, end, behind = rest, rest, text[start:rest]
        place = " ".join(text[start:end].split())
        text = f"{text[: found.start()]}{SEAM}{text[last:]}"
    elif (label := _LABELLED.search(text)) and not _MORE_IN_IT.search(label[0]):
        place = (label["chinese"] or label["english"]).strip()
        text = f"{text[: label.start()]}{SEAM}{text[label.end() :]}"
    text = _LOOSE_TAG.sub(r"#\1", text)
    tags = [match.group(1).strip(_EDGE) for match in _TAG.finditer(text)]
    text = _MARK.sub(SEAM, _TAG.sub(SEAM, text))
    return Marked(
        text=text,
        place=place,
        tags=tags,
        behind=behind,
        torn_tag=torn,
        is_quoted=is_quoted,
    )


# What says no place, or not one: @TBC, @Library or Town Hall, @广场9点, @广场（取消）, @Sunday.
_NO_PLACE = Pattern(
    r"^(?:[?？]+|n/?a|none|some ?where|any ?where|无|不[在是].*|to(?:day|morrow|night)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$|(?:^|\b|(?<=[一-鿿]))(?:t\.?b\.?[acd]\.?|待定|未定|待通知|另行通知|[?？])$"
    r"|\sor\s|\s/\s|还是|[一-鿿]或者?[一-鿿]|[一-鿿]改(?:[到在为]|(?![造革建装]))[一-鿿]"
    r"|[一-鿿](?:上午|下午|晚上?)?[0-9一二三四五六七八九十]{1,3}[点时](?:半|[0-9一二三四五六七八九十]+分?)?$"
    r"|[0-9][:：][0-9]{2}$|[0-9]+[名位]?人$|取消|延期|改期|\b(?:cancell?ed|postponed|not )",
    re.IGNORECASE,
    words=(
        *("?", "？", "n/a", "na", "where", "none", "无", "不", "day", "tomorrow", "tonight", "tb"),
        *(
            "t.b",
            "定",
            "通知",
            "or",
            "/",
            "还是",
            "或",
            "改",
            "点",
            "时",
            ":",
            "：",
            "人",
            "取消",
        ),
        *("延期", "改期", "cancel", "postponed", "not "),
    ),
)
_SECOND = Pattern(r"(?<!\S)[@＠]\s?\S[^,，;；]*", needs="@＠")


def half_place(marked: Marked, title: str) -> str:
    """Return a place that is none, or may go on in the title, or nothing: talk @town hall."""
    if marked.place and not marked.is_quoted and _NO_PLACE.search(marked.place):
        return marked.place
    if marked.place and (second := _SECOND.search(title)):
        return second[0]
    if not marked.place or not marked.behind or marked.behind == marked.place:
        is_open = marked.behind and not (marked.place and title)
        return marked.behind if is_open else ""
    words = (word.strip(_EDGE) for word in marked.behind[len(marked.place) :].split())
    first = next(filter(None, words), "")
    before = "(?:^|(?<=\\S ))" if first[:1] in _QUOTES else "(?<=\\S )"
    found = first and re.search(rf"{before}{re.escape(first)}(?!\w)", title)
    return marked.behind if found and first not in marked.text.split(SEAM)[0].split() else ""


def _goes_on(text: str, start: int, end: int) -> str:
    """Return a place with what stands behind it, up to the next mark.

    Behind Chinese it is quoted, or a part of the title: @文化馆 “红厅”.
    """
    more = _MORE.match(text, end)
    if more is None or not (text[start:end].isascii() or more[0].lstrip()[:1] in _QUOTES):
        return ""
    return f"{text[start:end]}{more[0].rstrip()}"


def torn_tag(text: str, named: Callable[[str, int], object]) -> str:
    """Return a tag that may go on behind its comma or blank, or nothing: #志愿,服务."""
    found = _TORN_TAG.search(text)
    if found is None or not text[: found.start()].strip():
        return ""
    last = re.split("[,，#＃ \u3000]+", found[0])[-1]
    return "" if named(text, found.end() - len(last)) else found[0]


def tidy(text: str) -> str:
    """Return a text sewn together at its seams, without blanks and points at its ends.

    Of the commas around a seam one stays if it stood outside; those between two seams go.
    """
    if SEAM in text:
        text = _BETWEEN_DASHES.sub(r"\1", text)
        text = re.sub(f"[\\s,，、;；]*{SEAM}[\\s,，、;；]*", _sewn, text)
        text = _COMMA_AND_COLON.sub(r"\1", text)
        text = _DASH.sub("", _COLON.sub(r"\1 ", _COLON_AND_POINT.sub("", text)))
        text = _BEHIND_CALL.sub(r"\1\2", _DOUBLED.sub(r"\1", text))
    while text != (text := _EMPTY.sub("", text)):  # what stood in brackets was taken out
        pass
    # A dash that stood between what was taken out and the text is no part of it.
    return _DASHES.sub("", " ".join(text.split()).strip(_EDGE)).strip(_EDGE)


def _quoted(word: str) -> str:
    if word[:1] not in {"@", "＠"} or len(word.split()) == 1 or word[1:2] in {'"', "“"}:
        return word
    place, *tags = re.split(r"\s+(?=[#＃])", word[1:].strip(), maxsplit=1)
    opening, closing = ("“", "”") if '"' in place else ('"', '"')
    return " ".join([f"@{opening}{place}{closing}", *tags])


def _sewn(run: re.Match[str]) -> str:
    following = run.string[run.end() : run.end() + 1]
    if following and following in _CLOSING:
        return ""
    first, *_, last = run[0].split(SEAM)
    commas = last.strip() or first.strip()
    if not commas:
        return " "
    return f"{commas[0]} " if commas[0].isascii() else commas[0]
