"""Sends a text through Apprise, which knows mail, chat robots and many other services."""

import logging
import threading
from importlib.util import find_spec
from typing import Any, Self

from typing_extensions import override

from kalends.domain.errors import NoNotifyError
from kalends.words.visible import visible

# So many characters are kept of what a service answered.
_KEPT = 200
_LOGGER = "apprise"
_FOR_PEOPLE = {"mailto", "mailtos", "wecombot", "dingtalk", "feishu", "lark"}
# Of one character in Chinese, in UTF-8.
_BYTES = 3


def is_service(address: str) -> bool:
    """Return whether Apprise knows a service by an address; raises `NoNotifyError`."""
    return address.isprintable() and _service(address) is not None


def is_for_people(address: str) -> bool:
    """Return whether a service is mail, or a chat whose server nobody can choose."""
    return address.partition(":")[0].lower() in _FOR_PEOPLE


def mail_host(address: str) -> str | None:
    """Return the server that mail to an address goes through, None for other services.

    Raises `NoNotifyError`.
    """
    host = getattr(_service(address), "smtp_host", None)
    return None if host is None else str(host)


def shortened(address: str) -> str:
    """Return an address without what may be secret in it: the kind of service."""
    return f"{address.partition(':')[0]}://…"


def notify(address: str, subject: str, body: str) -> str | None:
    """Send a text; return None, or why it could not be sent. Raises `NoNotifyError`.

    What the service answered is part of that, without hidden characters.
    """
    service = _service(address)
    if service is None:
        return _LOGGER
    with _Complaints() as complaints:
        try:
            is_sent = service.notify(body=body, title=subject, body_format="text")
        except Exception as error:  # noqa: BLE001 - a plugin for each service, each with its own
            return type(error).__name__
    return None if is_sent else complaints.text


def _service(address: str) -> Any:
    """Return what sends to an address, None for one that is not known."""
    if find_spec(_LOGGER) is None:
        raise NoNotifyError
    with _Complaints():
        import apprise  # noqa: PLC0415 - an extra, and slow to load

        # No plugins from files, and no answer of ours to an address that the plugin cannot read.
        asset = apprise.AppriseAsset(app_id="Kalends", async_mode=False, plugin_paths=())
        service: Any = apprise.Apprise.instantiate(address, asset=asset)
    if service is not None:
        service.overflow_mode = apprise.OverflowMode.SPLIT  # rather several messages than a part
        # Apprise counts characters; WeCom, DingTalk and Feishu count bytes.
        service.body_maxlen //= _BYTES
    return service


class _Complaints(logging.Handler):
    """Keeps what this thread's service says of its trouble; nobody else prints it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = threading.get_ident()
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """Return it in a form that can be shown."""
        return visible(" ".join(" ".join(self._lines).split()))[:_KEPT]

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._lines.append(record.getMessage())

    def __enter__(self) -> Self:
        logger = logging.getLogger(_LOGGER)
        logger.propagate = False
        logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger(_LOGGER).removeHandler(self)
