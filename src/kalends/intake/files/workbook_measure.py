"""Measures the files of a workbook: how far its sheets reach, and how long its texts are.

The format's elements may have prefixes, and a row or a cell without a place follows the last one.
"""

import re
from array import array
from xml.parsers import expat

from kalends.domain.errors import NotTableError
from kalends.words import Message

TOO_LARGE = NotTableError(
    kind=Message("a workbook with too many cells or too much text"),
    cure=Message("Save the rows of the activities alone, as .csv or in a workbook of their own."),
)
TOO_FAR = NotTableError(
    kind=Message("a workbook in which a number is too large for a date"),
    cure=Message("Correct the number, or give its cell another format."),
)
# In all sheets together; `MOST_TEXT` are characters.
MOST_ROWS, MOST_CELLS, MOST_TEXT = 250_000, 2_000_000, 64_000_000
_LONGEST = 32_767  # Excel has no longer text in a cell
# No workbook comes near these, and what reads XML keeps something for each.
_MOST_ELEMENTS, _MOST_NAMES, _DEEPEST = 6_000_000, 2_000, 200
_LONGEST_TAG = 1 << 20
# Bytes that are read if every sheet is the largest: many may be one and the same file.
_MOST_READ = 2 << 30
# Days: what reads dates counts milliseconds, and panics at numbers far beyond this one.
_FARTHEST = 1e10
# Formats that a workbook need not describe, and that show no date; and what is no letter of one.
_NO_DATES = frozenset(map(str, (*range(14), *range(37, 45), 48, 49)))
_OF_NO_DATE = re.compile(r'"[^"]*"|\[(?![hms]+\])[^\]]*\]|\\.', re.IGNORECASE)
_DATE = re.compile("[dmyhs]", re.IGNORECASE)
_PLACE = re.compile(r"\s*([A-Za-z]*)([0-9]+)\s*")


class WorkbookMeasure:
    """What all files of a workbook hold together, as far as they were read.

    What is too large raises `TOO_LARGE`, and what a reader might take for something else
    `ValueError`.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._elements = self._cells = self._area = self._height = 0
        self._sheets = self._largest = 0
        self._used = array("I")  # which shared text each cell shows
        self._texts: list[array[int]] = []  # how long each shared text is, for every file
        self._codes: dict[str, str] = {}  # of the formats that the workbook describes
        self._formats: list[str] = []  # the format of each style of a cell
        self._far: set[str] = set()  # the styles of the cells with numbers that no date has
        self.begin()

    def begin(self) -> None:
        """Begin with another file."""
        # Only UTF-8: whoever reads bytes must not find other elements in them.
        self._parser = expat.ParserCreate("UTF-8", intern=None)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _no_entities
        self._names: set[str] = set()
        self._fed = self._depth = self._row = self._column = self._columns = self._rows = 0
        self._lengths = array("I")
        self._is_sheet = self._is_shared = self._are_cells = False
        self._held = self._length = 0  # the depth of the cell or text that is open
        self._value: list[str] | None = None
        self._value_at = -1
        self._style = ""

    def read(self, piece: bytes) -> None:
        """Measure a piece of a file; raises `ExpatError` if it is no XML."""
        self._fed += len(piece)
        self._parser.Parse(piece, False)  # noqa: FBT003 - the signature of the library
        if self._fed - self._parser.CurrentByteIndex > len(piece) + _LONGEST_TAG:
            raise TOO_LARGE

    def end(self) -> None:
        """End a file; raises `ExpatError` if it is no XML."""
        self._parser.Parse(b"", True)  # noqa: FBT003 - the signature of the library
        self._area += self._rows * self._columns
        self._height += self._rows
        if self._is_sheet:
            self._largest = max(self._largest, self._fed)
        if self._lengths:
            self._texts.append(self._lengths)

    def check(self) -> None:
        """Raise `TOO_LARGE` if cells show too much shared text, or sheets share too large a file.

        Each has its own copy. Raise `TOO_FAR` for a number that is too large for a date.
        """
        formats = dict(zip(map(str, range(len(self._formats))), self._formats, strict=True))
        if any(self._is_date(formats[style]) for style in self._far & formats.keys()):
            raise TOO_FAR
        if self._sheets * self._largest > _MOST_READ:
            raise TOO_LARGE
        for lengths in self._texts:
            count = len(lengths)
            if sum(lengths[each] for each in self._used if each < count) > MOST_TEXT:
                raise TOO_LARGE

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        self._names.add(name)
        self._names.update(given)
        is_much = self._elements > _MOST_ELEMENTS or len(self._names) > _MOST_NAMES
        if is_much or self._depth > _DEEPEST:
            raise TOO_LARGE
        if self._value is not None:
            raise ValueError(name)
        self._opened(name.rpartition(":")[2], given)

    def _opened(self, name: str, given: dict[str, str]) -> None:
        if name == "sheetData":
            self._is_sheet = True
        elif name == "sheet":
            self._sheets += 1
        elif name == "sst":
            _check_announced(given)
        elif name == "si":
            self._hold()
        elif self._is_sheet:
            self._opened_in_sheet(name, given)
        else:
            self._opened_in_styles(name, given)

    def _opened_in_styles(self, name: str, given: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif name == "cellXfs":
            self._are_cells = True
        elif name == "xf" and self._are_cells:
            self._formats.append(given.get("numFmtId", "0"))

    def _opened_in_sheet(self, name: str, given: dict[str, str]) -> None:
        if name == "row":
            self._place(given, 1, 0)
            self._column = 0
        elif name == "c":
            self._hold()
            self._cells += 1
            self._is_shared, self._style = given.get("t") == "s", given.get("s", "")
            self._place(given, 0, 1)
        elif name == "v":
            self._value, self._value_at = [], -1

    def _hold(self) -> None:
        """Begin with a text, or with a cell; none is in another."""
        if self._held:
            raise ValueError
        self._held, self._length = self._depth, 0
        self._parser.CharacterDataHandler = self._characters

    def _place(self, given: dict[str, str], down: int, right: int) -> None:
        """Go to the place of a row or cell, or to the next."""
        found = _PLACE.fullmatch(given.get("r", ""))
        if found is None:
            self._row, self._column = self._row + down, self._column + right
        else:
            self._row = max(self._row, int(found[2])) if right else int(found[2])
            self._column = _column(found[1]) or self._column + right
        self._rows, self._columns = (
            max(self._rows, self._row, 1),
            max(self._columns, self._column, 1),
        )
        cells = max(self._area + self._rows * self._columns, self._cells)
        if cells > MOST_CELLS or self._height + self._rows > MOST_ROWS:
            raise TOO_LARGE

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > _LONGEST:
            raise TOO_LARGE
        if self._value is not None:
            if self._value_at < 0:
                self._value_at = self._parser.CurrentByteIndex
            self._value.append(text)

    def _end(self, name: str) -> None:
        if self._value is not None:
            self._close_value("".join(self._value))
            self._value = None
        if self._held == self._depth:
            self._held = 0
            self._parser.CharacterDataHandler = None
            if name.rpartition(":")[2] == "si":
                self._lengths.append(self._length)
                if len(self._lengths) > MOST_CELLS:
                    raise TOO_LARGE
        if self._are_cells and name.rpartition(":")[2] == "cellXfs":
            self._are_cells = False
        self._depth -= 1

    def _is_date(self, number: str) -> bool:
        """Return whether a format may show a date."""
        code = self._codes.get(number)
        if code is None:
            return number not in _NO_DATES
        return _DATE.search(_OF_NO_DATE.sub("", code)) is not None

    def _close_value(self, text: str) -> None:
        """Keep which shared text a cell shows; its number is not written in a roundabout way."""
        if not self._is_shared and _is_far(text):
            self._far.add(self._style)
        if not self._is_shared or not text:
            return
        if self._parser.CurrentByteIndex - self._value_at != len(text):
            raise ValueError(text)
        number = int(text)
        if 0 <= number < MOST_CELLS:
            self._used.append(number)


def _is_far(text: str) -> bool:
    """Return whether a value is a number that no date has."""
    try:
        return abs(float(text)) > _FARTHEST
    except ValueError:
        return False


def _check_announced(given: dict[str, str]) -> None:
    """Raise if so many texts are announced that the room for them is more than there is."""
    if any(int(given.get(name, 0)) > MOST_CELLS for name in ("count", "uniqueCount")):
        raise TOO_LARGE


def _no_entities(*_: object) -> None:
    raise ValueError


def _column(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
