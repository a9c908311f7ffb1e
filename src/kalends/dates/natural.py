"""What our own rules do not know, in English: read by `dateparser`, and believed only when proved."""

import re
import warnings

from kalends.dates.english_calendar import MONTH, WEEKDAY
from kalends.dates.reckoning import Context, Found, Hours, check_weekday
from kalends.dates.joining import told
from kalends.dates.english_calendar import weekday_number
from kalends.dates.scanner import Scanner

_FULL = re.compile
