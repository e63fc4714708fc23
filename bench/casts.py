"""Broadcasts to a great segment on PostgreSQL: planned, handed over to a local mail server, and killed all the while.

DATABASE_URL=postgres://… VAR_DIR=FOLDER python -m bench.casts plan [--people 1000000]
                                        python -m bench.casts send [--people 20000] [--workers 4]
                                        python -m bench.casts kill [--people 100000] [--workers 4] [--kills 40]

The database must be migrated; profiles are written below the ORM and taken away at the end unless `--keep`. The mail
server is a process of its own that answers 250 and writes down whom each letter was for. `kill` runs workers and two
clocks as processes, kills one of them (SIGKILL) at random moments, starts it again, and tells what became of everybody.
"""

import argparse
import asyncio
import os
import re
import resource
import signal
import sys
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.clock import clock_of, reference
from bench.run import ENVIRONMENT

FIRST = 20_000_000
PORT = 2599
TO = re.compile(rb"^To: (\S+)\r?$", re.MULTILINE)


def main() -> None:
    options = _asked()
    os.environ |= ENVIRONMENT
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{PORT}"
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    settings.EMAIL_TIMEOUT = 10
    print(f"bare loop: {reference():.3f} s")
    empty()
    try:
        broadcast = fill(options.people)
        connections.close_all()
        {"plan": plan, "send": send, "kill": kill}[options.what](broadcast, options)
    finally:
        if not options.keep:
            empty()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["plan", "send", "kill"])
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    options.people = options.people or {"plan": 1_000_000, "send": 20_000, "kill": 100_000}[options.what]
    return options


def plan(broadcast: int, options: argparse.Namespace) -> None:
    from django.utils import timezone

    from marketing.actions import broadcasts

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began, used = time.perf_counter(), time.process_time()
    written = broadcasts.plan(timezone.now())
    seconds = time.perf_counter() - began
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    own = time.process_time() - used
    print(
        f"{written} messages planned in {seconds:.1f} s ({own:.1f} s of them our own); memory grew by {grown // 1024} MB"
    )


def send(broadcast: int, options: argparse.Namespace) -> None:
    from django.db import connections
    from django.utils import timezone

    from marketing.actions import broadcasts

    broadcasts.plan(timezone.now())
    with TemporaryDirectory() as folder, Sink(Path(folder)) as sink:
        connections.close_all()
        clock, idle = clock_of(os.getpid(), os.environ["DATABASE_URL"]), time.process_time()
        database = clock() - idle
        fork, began = get_context("fork"), time.perf_counter()
        workers = [fork.Process(target=_work_until_empty) for _each in range(options.workers)]
        for one in workers:
            one.start()
        while any(one.is_alive() for one in workers):
            # A connection that ends is not asked any more: its time is noted while it lives.
            told, idle = clock(), time.process_time()
            time.sleep(0.2)
        for one in workers:
            one.join()
        seconds, own = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        database = told - idle - database
        taken = len(sink.taken())
    own = own.ru_utime + own.ru_stime
    print(f"{taken} letters by {options.workers} workers in {seconds:.1f} s: {taken / seconds:.0f} a second")
    print(f"processor for one: {own / taken * 1000:.2f} ms of the workers and of the mail server, "
          f"{database / taken * 1000:.2f} ms of the database")  # fmt: skip


def kill(broadcast: int, options: argparse.Namespace) -> None:
    """Workers and clocks die at random moments; what they leave is told at the end."""
    from datetime import timedelta

    from django.db import connections
    from django.utils import timezone

    from marketing.actions import broadcasts, dispatching
    from marketing.models import Broadcast

    chance, fork = Random(20_260), get_context("fork")  # noqa: S311 - moments of a test
    kinds = [_work_for_ever] * options.workers + [_tick] * 2
    with TemporaryDirectory() as folder, Sink(Path(folder)) as sink:
        connections.close_all()
        hands = [fork.Process(target=kind) for kind in kinds]
        for one in hands:
            one.start()
        killed = Counter()
        while killed.total() < options.kills and _open(broadcast):
            connections.close_all()
            time.sleep(chance.uniform(0.05, 1.0))
            number = chance.randrange(len(hands))
            os.kill(hands[number].pid, signal.SIGKILL)
            hands[number].join()
            killed["worker" if kinds[number] is _work_for_ever else "clock"] += 1
            hands[number] = fork.Process(target=kinds[number])
            hands[number].start()
        # What was taken up by the dead is free after ten minutes; here after five seconds.
        dispatching.IN_DOUBT_AFTER = timedelta(seconds=5)
        while _open(broadcast):
            time.sleep(1)
            dispatching.doubt(timezone.now())
            connections.close_all()
        for one in hands:
            one.terminate()
            one.join()
        broadcasts.end(timezone.now())
        taken = Counter(sink.taken())
    _tell(broadcast, options, killed, taken, Broadcast.objects.get(pk=broadcast).status)


def _tell(broadcast: int, options: argparse.Namespace, killed: Counter, taken: Counter, status: str) -> None:
    from marketing.models import Message

    states = dict(Message.objects.filter(broadcast=broadcast).values_list("address", "status"))
    by_status = Counter(states.values())
    gone = {address for address, state in states.items() if state == "handed_over"}
    doubtful = {address for address, state in states.items() if state == "in_doubt"}
    rows = [
        ("people", options.people), ("workers killed", killed["worker"]), ("clocks killed", killed["clock"]),
        ("rows of the ledger", len(states)), *sorted(by_status.items()),
        ("letters taken by the server", taken.total()), ("taken twice", sum(n > 1 for n in taken.values())),
        ("said to be sent, and not taken", len(gone - set(taken))),
        ("taken, and neither sent nor in doubt", len(set(taken) - gone - doubtful)),
        ("in doubt, and taken", len(doubtful & set(taken))), ("in doubt, a kill of a worker at most one", len(doubtful)),
        ("the broadcast is", status),
    ]  # fmt: skip
    for what, number in rows:
        print(f"{what:<44}{number:>12}")
    lost = options.people - len(gone) - len(doubtful)
    if lost or max(taken.values(), default=0) > 1 or len(doubtful) > killed["worker"]:
        sys.exit("The promise is broken.")


def _open(broadcast: int) -> bool:
    from marketing.models import Broadcast, Message

    if Broadcast.objects.filter(pk=broadcast, status__in=["scheduled", "planning"]).exists():
        return True
    return Message.objects.filter(broadcast=broadcast, status__in=["planned", "claimed", "sending"]).exists()


def _work_until_empty() -> None:
    from django.utils import timezone

    from marketing.actions import broadcasts

    while broadcasts.send(timezone.now(), 60):
        pass


def _work_for_ever() -> None:
    from django.utils import timezone

    from marketing.actions import broadcasts

    while True:
        if not broadcasts.send(timezone.now()):
            time.sleep(0.2)


def _tick() -> None:
    from django.utils import timezone

    from marketing.actions import broadcasts

    while True:
        now = timezone.now()
        broadcasts.follow_on(now)
        broadcasts.plan(now)
        broadcasts.end(now)
        time.sleep(0.3)


class Sink:
    """A mail server in a process of its own. What it took stands in a file, one address a line."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "taken"

    def __enter__(self) -> "Sink":
        self.process = get_context("fork").Process(target=_serve, args=(str(self.file),), daemon=True)
        self.process.start()
        while not self.file.exists():
            time.sleep(0.05)
        return self

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.join()

    def taken(self) -> list[str]:
        return self.file.read_text().splitlines()


def _serve(file: str) -> None:
    with open(file, "ab", buffering=0) as out:
        asyncio.run(_listen(out))


async def _listen(out) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        try:
            while line := await reader.readline():
                word = line[:4].upper()
                if word == b"DATA":
                    writer.write(b"354 go on\r\n")
                    letter = await reader.readuntil(b"\r\n.\r\n")
                    # Written down before it is acknowledged, as a server does that keeps what it takes.
                    out.write(TO.search(letter).group(1) + b"\n")
                writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", PORT, limit=1 << 20)
    async with server:
        await server.serve_forever()


def fill(people: int) -> int:
    """So many people who agreed, in a frozen list, and a broadcast to them that is due."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from marketing.actions import broadcasts, templates
    from marketing.blocks.starts import STARTS
    from marketing.models import Broadcast, Segment, Template

    segment = Segment.objects.create(slug="bench-casts", name="Bench", kind="snapshot", size=people)
    steps = [
        f"""INSERT INTO marketing_profile (id, email, name, phone, language, country, time_zone, stage, stage_since, orders_count,
            spent, spent_year, created_at)
            SELECT {FIRST} + n, 'cast' || n || '@example.com', 'Name' || n % 1000 || ' Other', '', (ARRAY['en','es','ru'])[1 + n % 3],
            'ES', '', 'known', now(), 0, 0, 0, now() FROM generate_series(1, {people}) n""",
        f"""INSERT INTO customers_consent (email, purpose, channel, status, wording, version, source, created_at)
            SELECT 'cast' || n || '@example.com', 'marketing', 'email', 'granted', 'w', '', 'bench-casts', now()
            FROM generate_series(1, {people}) n""",
        f"""INSERT INTO marketing_segmentmembership (segment_id, profile_id, since)
            SELECT {segment.pk}, {FIRST} + n, now() FROM generate_series(1, {people}) n""",
    ]
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step)
        cursor.execute("VACUUM ANALYZE")
    template = Template.objects.create(name="bench-casts", draft=STARTS["news"].content().as_json())
    now = timezone.now()
    templates.publish(template, None, now)
    moment = now + timedelta(seconds=1)
    one = Broadcast.objects.create(
        name="bench-casts", segment=segment, template=template, scheduled_at=moment, holdout=0
    )
    broadcasts.schedule(one, now)
    time.sleep(1.1)
    return one.pk


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in (
            "DELETE FROM marketing_message WHERE broadcast_id IN (SELECT id FROM marketing_broadcast WHERE name = 'bench-casts')",
            "DELETE FROM marketing_broadcast WHERE name = 'bench-casts'",
            "DELETE FROM marketing_templateversion WHERE template_id IN (SELECT id FROM marketing_template WHERE name = 'bench-casts')",
            "DELETE FROM marketing_template WHERE name = 'bench-casts'",
            f"DELETE FROM marketing_segmentmembership WHERE profile_id > {FIRST}",
            "DELETE FROM marketing_segment WHERE slug = 'bench-casts'",
            f"DELETE FROM marketing_profile WHERE id > {FIRST}",
            "DELETE FROM customers_consent WHERE source = 'bench-casts'",
        ):
            cursor.execute(statement)


if __name__ == "__main__":
    main()
