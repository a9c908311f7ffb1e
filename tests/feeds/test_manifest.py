"""The manifest's bytes, which are for ever as the first version wrote them."""

import json
from dataclasses import asdict

from hypothesis import given
from hypothesis import strategies as st

from kalends.feeds.manifest import FeedFile, begun, composed, parsed

TEXT = st.text(max_size=8)
NUMBER = st.integers(0, 2**53 - 1)
FILES = st.dictionaries(
    TEXT.map(lambda name: f"{name}.ics"),
    st.builds(FeedFile, title=TEXT, activities=NUMBER, size=NUMBER, sha256=TEXT, position=NUMBER),
    max_size=3,
)


@given(FILES, NUMBER, st.lists(NUMBER, max_size=2))
def test_a_manifest_is_json_as_the_standard_library_writes_it(files, position, publishing):
    document = {
        "feeds": {name: asdict(file) for name, file in files.items()},
        "format": 1,
        "position": position,
    }
    if publishing:
        document["publishing"] = sorted(set(publishing))
    expected = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"

    manifest = composed(files, position, publishing=publishing)

    assert manifest.decode() == expected
    assert begun(manifest) == tuple(sorted(set(publishing)))
    assert parsed(manifest)[0] == position
