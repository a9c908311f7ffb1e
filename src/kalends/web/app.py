"""The application that a process of the server runs: one campaign, or several."""

import sys
from collections.abc import Mapping
from functools import partial
from typing import Any

from kalends import bootstrap
from kalends.application.workspaces.machine import Machine
from kalends.web.campaign_app import Shared, campaign_app
from kalends.web.campaigns import Campaigns, campaign_of
from kalends.web.http.answer_server import Capacity
from kalends.web.http.asgi import App
from kalends.web.live_campaign import LiveCampaign
from kalends.web.operations.access_log import AccessLog
from kalends.web.operations.metrics import Metrics
from kalends.web.operations.options import WebOptions, shared_file
from kalends.web.operations.rate_limit import RateLimit


def started(fields: Mapping[str, Any]) -> App:
    """Return the application of a process that was started with these options."""
    return application(WebOptions(**fields))


def application(options: WebOptions, machine: Machine | None = None) -> App:
    """Return the ASGI application that serves what the options say, on this or a given machine."""
    machine = machine or bootstrap.machine()
    limit = RateLimit(options.rate, shared_file("clients"))
    counts = Metrics(campaign_of(options) if options.campaigns else None)
    log = AccessLog(sys.stderr, counts.count)

    def figures() -> bytes:
        log.flush()
        return counts.text()

    if options.campaigns:
        return Campaigns(options, limit, Shared(machine, log, None, Capacity.of_many()), figures)
    shared = Shared(machine, log, figures, Capacity())
    opened = partial(campaign_app, options, limit, shared)
    return LiveCampaign(opened(), opened, bootstrap.clock)
