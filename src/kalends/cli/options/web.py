"""The options of the commands that serve the pages or write them as files."""

from ipaddress import ip_network
from typing import Any

from kalends.cli.command_classes import option
from kalends.cli.context import Context
from kalends.domain.campaign import is_site
from kalends.domain.errors import N_, UsageError, WithheldLogError

public_url = option(
    "--public-url", metavar="URL",
    help=N_("The address that people use. Without it the campaign's site."),
)  # fmt: skip
public_log = option(
    "--public-log", count=True,
    help=N_("Publish the journal's lines too; twice, even while activities are withheld."),
)  # fmt: skip


def checked(context: Context, given: dict[str, Any]) -> dict[str, Any]:
    """Return the options as the web takes them; raise `UsageError` or `WithheldLogError`."""
    given = checked_options(given)
    if given["public_log"] == 1 and (count := context.workspace.withheld()):
        raise WithheldLogError(count=count)
    site = context.workspace.service.campaign().settings.site
    return {**given, "public_url": given["public_url"] or site}


def checked_options(given: dict[str, Any]) -> dict[str, Any]:
    """Return options that make sense whatever is served; raise `UsageError`."""
    url, proxies = given["public_url"], given.get("proxies", ())
    if url is not None and not is_site(url):
        raise UsageError(detail=f"--public-url {url}")
    for proxy in proxies:
        try:
            ip_network(proxy)
        except ValueError:
            raise UsageError(detail=f"--trust-proxy {proxy}") from None
    return given
