"""The names of the kinds of events, as people read them."""

from kalends.words.catalogue import Message

TOPIC_WORDS = {
    "campaign.opened": Message("campaign opened"),
    "campaign.revised": Message("settings changed"),
    "clock.corrected": Message("clock set right"),
    "department.registered": Message("department registered"),
    "department.aliased": Message("department given an alias"),
    "department.unaliased": Message("alias removed"),
    "department.abbreviated": Message("department given a short name"),
    "department.renamed": Message("department renamed"),
    "department.merged": Message("department merged"),
    "department.closed": Message("department closed"),
    "department.reopened": Message("department reopened"),
    "department.moved": Message("department given another parent"),
    "department.restored": Message("department put back as it was"),
    "department.withdrawn": Message("department taken off the roster"),
    "activity.planned": Message("planned"),
    "activity.recorded": Message("recorded"),
    "activity.held": Message("held"),
    "activity.moved": Message("moved"),
    "activity.cancelled": Message("cancelled"),
    "activity.reinstated": Message("reinstated"),
    "activity.corrected": Message("corrected"),
    "activity.retracted": Message("retracted"),
    "activity.withheld": Message("withheld"),
    "activity.released": Message("released"),
}

# A sign beside the word, so that nobody needs to tell colours apart.
TOPIC_SIGNS = {
    "activity.recorded": "＋", "activity.planned": "＋", "activity.held": "●",
    "activity.moved": "→", "activity.corrected": "※", "activity.cancelled": "×",
    "activity.retracted": "×", "activity.reinstated": "○", "activity.released": "＋",
}  # fmt: skip
