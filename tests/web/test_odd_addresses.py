"""Whatever stands in an address is answered, without a fault of ours and without a leak."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from served_campaign import SECRET

PATHS = (
    "/subscribe{}", "/en/subscribe?dept={}", "/subscribe?tag={}", "/subscribe?place={}",
    "/subscribe?cancelled={}", "/subscribe?from={}", "/subscribe.json?status={}",
    "/subscribe/poster?tag={}", "/audit?known_at={}", "/tile/{}", "/tile/0/{}",
    "/tile/entries/{}", "/checkpoints/{}.txt", "/activities/{}/proof.txt",
    "/activities/{}/proof.json", "/feeds/secret/{}/all.ics", "/feeds/secret/a/{}.ics",
    "/feeds/secret/{}", "/feeds/{}.ics", "/key.txt{}", "/journal.jsonl?{}",
)  # fmt: skip
ODD = (
    "../../etc/passwd", "%00", "\r\nX: y", "0" * 400, "-1", "9" * 30, "x001/000", "000.p/3", "\x00",
    "<script>", "'\"", "2020-13-45", "9999-12-31", "0001-01-01", "\ufffe", "#", "?", "&&&", "=", "٣", "%", "",
)  # fmt: skip
TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.sampled_from(ODD)
    | st.binary(max_size=12)
)


@pytest.mark.campaign
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(PATHS), TEXTS, st.sampled_from(("", "/?&=%.#")))
@example("/tile/0/{}", "x999/x999/x999/x999/x999/999", "/")
def test_odd_addresses_are_answered(client, path, text, safe):
    safe = safe if isinstance(text, str) else ""
    answer = client.get(path.format(quote(text, safe=safe)))
    assert answer.status_code < 500, answer.text
    assert SECRET not in answer.text
