"""Does a page cost more when the catalogue grows? The same pages of a small and of a large shop, in turn.

python -m bench.grow --small SHOP --large SHOP [--rounds N]

A shop is a folder that bench.run has filled, or the address of a PostgreSQL database (postgres://…) filled the same way;
the time of its backends counts too. The ratio of the medians of processor time is what counts; for the last pages of a
list, page 500 is also set against page 1 of the same list.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

from bench.clock import Clock, children_of, clock_of
from bench.run import ENVIRONMENT, PORT, ROOT, Page, once, serve
from bench.visitor import Visitor, wait_for

#: What SPEED asks of 100,000 products against 1,000.
LIMIT, LIMIT_COMMON_WORD, LIMIT_PAGE_500 = 1.2, 1.5, 1.5


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", required=True)
    parser.add_argument("--large", required=True)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    os.environ |= ENVIRONMENT
    shops = (options.small, options.large)
    servers = [serve(PORT + place, **settings_of(shop)) for place, shop in enumerate(shops)]
    try:
        for place in (0, 1):
            wait_for(PORT + place)
        clocks = [clock_of(children_of(server.pid)[0], shop) for server, shop in zip(servers, shops, strict=True)]
        compare(clocks, [addresses_in(shop) for shop in shops], options.rounds)
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait(20)


def settings_of(shop: str) -> dict[str, str]:
    return {"DATABASE_URL": shop} if shop.startswith("postgres") else {"VAR_DIR": shop}


def addresses_in(shop: str) -> dict[str, str]:
    """Asked in a process of its own, because a process knows one database."""
    command = [sys.executable, "-m", "bench.addresses"]
    environment = os.environ | settings_of(shop)
    said = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    return json.loads(said.splitlines()[-1])


def compare(clocks: list[Clock], addresses: list[dict[str, str]], rounds: int) -> None:
    """Small, large, small, large …"""
    medians: dict[str, list[float]] = {}
    print(f"{'page':<22}{'small ms':>10}{'large ms':>10}{'ratio':>7}{'≤':>5}")
    for name in addresses[0]:
        asked = [page_at(name, PORT + place, addresses[place][name]) for place in (0, 1)]
        for clock, page in zip(clocks, asked, strict=True):
            once(clock, page)
        runs = [[once(clock, page)[0] for clock, page in zip(clocks, asked, strict=True)] for _ in range(rounds)]
        small, large = medians[name] = [statistics.median(run[place] for run in runs) for place in (0, 1)]
        limit = LIMIT_COMMON_WORD if "common" in name else LIMIT
        print(f"{name:<22}{small:>10.2f}{large:>10.2f}{large / small:>7.2f}{limit:>5}", flush=True)
    deep = medians["list, page 500"][1] / medians["list"][1]
    print(f"page 500 against page 1, large shop: {deep:.2f} (≤ {LIMIT_PAGE_500})")


def page_at(name: str, port: int, address: str) -> Page:
    return Page(name, lambda visitor: visitor.get(address), Visitor(port))


if __name__ == "__main__":
    main()
