"""The broker in files: what one process writes, another sees whole or not at all."""

from queue import Empty

import pytest
from kombu import Connection, Exchange, Queue

import config.celery  # noqa: F401  - it names our transport


@pytest.fixture
def channel(tmp_path):
    folders = {name: tmp_path / name for name in ("queue", "control")}
    for each in folders.values():
        each.mkdir()
    options = {"data_folder_in": str(folders["queue"]), "data_folder_out": str(folders["queue"])}
    options["control_folder"] = str(folders["control"])
    with Connection("filesystem://", transport_options=options) as connection:
        yield connection.channel()


def test_messages_come_back_in_their_order(channel, tmp_path):
    for number in range(3):
        channel._put("default", {"number": number})

    assert [channel._get("default")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("default")
    assert list((tmp_path / "queue").iterdir()) == []


def test_a_message_that_cannot_be_written_is_never_seen(channel, tmp_path):
    with pytest.raises(TypeError):
        channel._put("default", {"what": object()})

    assert list((tmp_path / "queue").iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe"])
def test_a_damaged_message_does_not_stop_the_next(channel, tmp_path, damage):
    (tmp_path / "queue" / "0_first.default.msg").write_bytes(damage)
    channel._put("default", {"number": 7})

    assert channel._get("default") == {"number": 7}


@pytest.mark.parametrize(("exchange", "damage"), [("empty", b""), ("cut", b"[[1")])
def test_a_damaged_table_of_queues_is_written_again(channel, tmp_path, exchange, damage):
    (tmp_path / "control" / f"{exchange}.exchange").write_bytes(damage)

    Queue("default", exchange=Exchange(exchange), routing_key="default").bind(channel).declare()

    assert [each.queue for each in channel.get_table(exchange)] == ["default"]
