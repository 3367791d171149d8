"""Messages in a folder, as the worker finds them there."""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport.virtual import Channel

from noms_dashboard.folder_broker import Transport


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    folders = {
        "data_folder_in": tmp_path,
        "data_folder_out": tmp_path,
        "control_folder": tmp_path / "control",
    }
    with Connection("filesystem://localhost", transport_options=folders) as connection:
        assert isinstance(connection.transport, Transport)
        yield connection.default_channel


def test_messages_are_taken_in_their_order_and_once(channel, tmp_path):
    for number in range(3):
        channel._put("work", {"number": number})

    assert channel._size("work") == 3
    assert [channel._get("work") for _ in range(3)] == [{"number": number} for number in range(3)]
    with pytest.raises(Empty):
        channel._get("work")
    assert list(tmp_path.glob("*.msg*")) == []


def test_a_message_that_is_being_written_is_not_there_yet(channel):
    class LooksForItself:
        """Written in the middle of a message, as kombu asks it to."""

        def __json__(self) -> str:
            with pytest.raises(Empty):
                channel._get("work")
            return "looked"

    channel._put("work", {"who": LooksForItself()})

    assert channel._get("work") == {"who": "looked"}
