import threading

import pytest
from django.db import DatabaseError

from performance.jobs.heartbeat import beating


def test_a_heart_beats_while_the_work_goes_on_and_not_after():
    beaten = threading.Event()
    beats = []

    def beat() -> None:
        beats.append(1)
        if len(beats) == 3:
            beaten.set()

    with beating(beat, seconds=0.001):
        assert beaten.wait(10)
    count = len(beats)
    assert not any(thread.name.endswith("_beat_until)") for thread in threading.enumerate())
    assert len(beats) == count


def test_a_beat_that_the_database_refuses_is_left_out():
    beaten = threading.Event()
    refusals = iter([DatabaseError("locked")])

    def beat() -> None:
        for refusal in refusals:
            raise refusal
        beaten.set()

    with beating(beat, seconds=0.001):
        assert beaten.wait(10)


def test_a_fault_in_the_work_ends_the_beating():
    with pytest.raises(ZeroDivisionError), beating(lambda: None, seconds=0.001):
        _ = 1 / 0

    assert not any(thread.name.endswith("_beat_until)") for thread in threading.enumerate())
