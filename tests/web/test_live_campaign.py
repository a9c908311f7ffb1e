"""A campaign whose log moves while it is served: opened anew, the old one closed once it is idle."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from kalends.web.campaign_app import CampaignApp
from kalends.web.live_campaign import LiveCampaign

MESSAGES = ({"type": "http.response.start"}, {"type": "http.response.body", "body": b""})


class FakeGate:
    """A gate that answers when it is let."""

    def __init__(self):
        self.let, self.answered = asyncio.Event(), 0

    def ready(self, _):
        return MESSAGES

    async def __call__(self, *_):
        await self.let.wait()
        self.answered += 1


class Opened:
    """What one opening of a campaign gives."""

    def __init__(self):
        self.gate, self.moved, self.closed = FakeGate(), False, 0

    def close(self):
        self.closed += 1

    def app(self):
        return CampaignApp(
            gate=self.gate, look=lambda: self.moved, is_readable=lambda: True,
            is_busy=lambda: False, close=self.close,
        )  # fmt: skip


def in_a_loop(check):
    """Run a test in a thread: in this one, the loop of the browser may run already."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(check())).result()


async def until(condition):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.005)


def served(reopen):
    """Return a campaign that looks at each request, and its first opening."""
    first, seconds = Opened(), iter(range(0, 10_000, 2))
    return LiveCampaign(first.app(), reopen, lambda: float(next(seconds))), first


def test_a_log_that_moved_is_opened_anew_and_requests_that_began_before_are_answered():
    async def check():
        second = Opened()
        live, first = served(second.app)
        scope = {"type": "http"}
        before = asyncio.ensure_future(live(scope, None, None))
        await asyncio.sleep(0)
        first.moved = True
        after = asyncio.ensure_future(live(scope, None, None))
        await until(lambda: live.app.gate is second.gate)
        assert live.is_busy
        assert first.closed == 0
        first.gate.let.set()
        second.gate.let.set()
        await asyncio.gather(before, after)
        assert (first.gate.answered, second.gate.answered) == (1, 1)
        await until(lambda: first.closed == 1)
        assert second.closed == 0
        assert not live.is_busy

    in_a_loop(check)


def test_while_the_new_store_is_away_the_old_one_answers_and_it_is_tried_again(capfd):
    async def check():
        second, tries = Opened(), []

        def reopen():
            tries.append(1)
            if len(tries) < 3:
                raise ConnectionError
            return second.app()

        live, first = served(reopen)
        first.gate.let.set()
        second.gate.let.set()
        first.moved = True
        for number in range(1, 4):
            await live({"type": "http"}, None, None)
            assert len(tries) == number
        assert (first.gate.answered, second.gate.answered) == (2, 1)
        await until(lambda: first.closed == 1)

    in_a_loop(check)
    assert capfd.readouterr().err.count("ConnectionError") == 2


def test_what_is_ready_is_given_without_waiting():
    live, _ = served(lambda: None)
    assert live.ready({"type": "http"}) == MESSAGES
