"""A small log with its journal and its checkpoint."""

from contextlib import closing

import pytest

from audit_examples import Place
from kalends.feeds.cache import Components
from kalends.views import catch_up, schema


@pytest.fixture
def new_place(tmp_path):
    """Return a maker of logs, each in a folder of its own."""
    made = []

    def new(count=12, name="w"):
        folder = tmp_path / name
        folder.mkdir()
        made.append(Place(folder, count))
        return made[-1]

    yield new
    for opened in made:
        opened.close()


@pytest.fixture
def place(new_place):
    return new_place()


@pytest.fixture
def views(place):
    """Return views of the log."""
    with closing(schema.connect(None)) as db:
        catch_up.catch_up(db, place.log.entries(), head_mark=lambda n: b"%d" % n)
        yield db


@pytest.fixture
def components():
    with closing(Components(None)) as made:
        yield made
