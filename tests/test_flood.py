"""Twenty sources post a hundred times a second; somebody else files all the same. How fast: bench/flood.py."""

import time

import pytest

from bench import flood
from signals.filing.robot import Referrer


@pytest.fixture
def limits_of_production(stack):
    before = stack.web.environment
    stack.web.stop()
    stack.web.environment = before | flood.LIMITS
    stack.web.start()
    stack.wait_for_page()
    yield
    stack.web.stop()
    stack.web.environment = before
    stack.web.start()
    stack.wait_for_page()


def test_while_twenty_sources_flood_the_form_another_one_files_and_a_colleague_after_a_moment(stack, limits_of_production):
    with flood.Flood(stack.port) as others:
        time.sleep(1)
        filed = [Referrer(stack.url).file("school", flood.ANSWERS) for _person in range(2)]
    assert all(reference.startswith("OV-") and len(code) == 16 for reference, code in filed)
    assert len(others.statuses) > 20
    assert set(others.statuses) <= {0, 303, 429}
