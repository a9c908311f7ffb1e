"""Every refusal and every failure, each with what happened and what to do about it.

Each topic has a module. Import every error from here.
"""

from kalends.domain.errors.access import *
from kalends.domain.errors.activities import *
from kalends.domain.errors.api import *
from kalends.domain.errors.base import *
from kalends.domain.errors.campaigns import *
from kalends.domain.errors.dates import *
from kalends.domain.errors.departments import *
from kalends.domain.errors.feeds import *
from kalends.domain.errors.files import *
from kalends.domain.errors.logs import *
from kalends.domain.errors.proofs import *
from kalends.domain.errors.remote import *
from kalends.domain.errors.sentences import *
from kalends.domain.errors.stores import *
from kalends.domain.errors.text import *
from kalends.domain.errors.web import *
from kalends.domain.errors.webhooks import *
from kalends.domain.errors.workspaces import *
