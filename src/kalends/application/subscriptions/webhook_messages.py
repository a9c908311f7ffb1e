"""The messages of webhooks, as the specification Standard Webhooks 1.0.0 wants them."""

import base64
import hashlib
import hmac
from datetime import datetime

import msgspec

from kalends.application.subscriptions.subscriptions import Subscription
from kalends.presentation.json_types import HappenedShape

PREFIX = "whsec_"


def key_from(seed: bytes) -> str:
    """Return random bytes as a key in the form that receivers' libraries take."""
    return PREFIX + base64.b64encode(seed).decode("ascii")


def signature(key: str, message: str, at: int, body: bytes) -> str:
    """Return the value of `webhook-signature`."""
    secret = base64.b64decode(key.removeprefix(PREFIX))
    signed = hmac.digest(secret, f"{message}.{at}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(signed).decode('ascii')}"


def request(
    hook: Subscription, campaign: str, shape: HappenedShape, now: datetime
) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of a message."""
    body = msgspec.json.encode(
        {
            "type": shape["topic"],
            "timestamp": shape["at"],
            "campaign": campaign,
            "data": shape,
        }
    )
    message, at = f"msg_{hook.mark}_{shape['position']}", int(now.timestamp())
    return {
        "Content-Type": "application/json",
        "User-Agent": "Kalends",
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(hook.key, message, at, body),
    }, body
