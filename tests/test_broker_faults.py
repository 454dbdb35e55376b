"""What the web process does when the broker refuses, hangs or is emptied: the row waits for the sweep."""

import time

import pytest
import redis

from signals.actions import post
from tests import rig

QUEUE = "celery"


@pytest.fixture
def broker(servers):
    if not servers.redis:
        pytest.skip("the broker comes from the environment: it cannot be stopped")
    client = redis.Redis.from_url(rig.addresses["REDIS_URL"], retry=None)
    client.delete(QUEUE)
    yield client
    client.delete(QUEUE)


def test_a_delivery_is_published_as_json_with_nothing_but_an_id(broker):
    post._publish("17", 0)
    message = broker.lindex(QUEUE, 0)
    assert b"application/json" in message
    assert b"signals.tasks.route_case" in message


def test_a_refusing_broker_harms_no_request_and_is_used_again_when_it_is_back(servers, broker):
    servers.stop_redis()
    try:
        begun = time.monotonic()
        post._publish("17", 0)
        assert time.monotonic() - begun < 1
    finally:
        servers.start_redis()
    post._publish("18", 0)
    assert broker.llen(QUEUE) == 1


def test_a_hanging_broker_holds_a_request_for_a_few_seconds_at_most(servers, broker):
    post._publish("17", 0)
    servers.redis.freeze()
    try:
        begun = time.monotonic()
        post._publish("18", 0)
        assert time.monotonic() - begun < 5
    finally:
        servers.redis.thaw()
    post._publish("19", 0)
    assert broker.llen(QUEUE) >= 2


def test_an_emptied_broker_takes_the_next_delivery(broker):
    post._publish("17", 0)
    broker.flushdb()
    post._publish("18", 0)
    assert broker.llen(QUEUE) == 1
