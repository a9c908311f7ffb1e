"""The events: each has happened, is never changed, and carries whole values.

Each kind of stream has a module, so all that is ever stored can be read in three places. Import
every event from here.
"""

from kalends.domain.events.activities import *
from kalends.domain.events.campaigns import *
from kalends.domain.events.departments import *
from kalends.domain.events.entries import *
from kalends.domain.events.stamps import *
