"""The way of a file through the shop: read, compare, and, unless it is a preview, write; batch by batch."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions.importing import alts, journal, plain, shopify, stored
from catalog.actions.importing import mapping as mappings
from catalog.actions.importing.faults import Unreadable
from catalog.actions.importing.goods import Fault, Goods
from catalog.actions.importing.lines import Sheet
from catalog.actions.importing.options import BATCH, Options
from catalog.actions.importing.pictures import Album
from catalog.actions.importing.plan import Desk, Plan, plan, reason_against
from catalog.actions.importing.report import WRONG, Row, Sums
from catalog.actions.importing.write import take_turns, write
from catalog.seldom import seldom_collecting

log = logging.getLogger(__name__)
Tell = Callable[[Row], None]
Progress = Callable[[int], None]


def preview(path: Path, options: Options, tell: Tell, progress: Progress | None = None) -> Sums:
    """Say row by row what `run` would do, and change nothing. Raises Unreadable."""
    return _Import(path, options, tell, progress).go(None)


def run(
    path: Path, options: Options, tell: Tell, progress: Progress | None = None, now: datetime | None = None
) -> Sums:
    """Take the file over, in transactions of 500 products; what is wrong is left out and told. Raises Unreadable.

    May be done again: what is the same is not touched. Then fetches pictures, unless `options.fetch` is off; those that
    cannot be had are told as warnings.
    """
    return _Import(path, options, tell, progress).go(now or timezone.now())


class _Import:
    def __init__(self, path: Path, options: Options, tell: Tell, progress: Progress | None) -> None:
        self.sums = Sums()
        self.options, self.progress = options, progress or (lambda line: None)
        self.say = lambda row: tell(self.sums.add(row))
        self.sheet = Sheet(path, options.mapping.reading if options.mapping else None)
        self.things = _things(self.sheet, options)
        self.desk = Desk(options)
        self.album = Album(options)
        if self.sheet.encoding.is_guess:
            self.sums.notes.append(_("The file is not UTF-8; it was read as Western European (Windows-1252)."))

    @seldom_collecting()
    def go(self, now: datetime | None) -> Sums:
        for batch in self._batches():
            goods = [thing for thing in batch if isinstance(thing, Goods)]
            for done in self._plans(goods, now):
                self.say(done.row)
                if now:
                    self.album.note(done)
            for fault in self._faults(batch):
                self.say(Row(fault.line, WRONG, fault.key, fault.name, [fault.reason]))
            self.progress(self.sums.lines)
        if now:
            for warning in self.album.take_all():
                self.say(warning)
        return self.sums

    def _batches(self) -> Iterator[list[Goods | Fault]]:
        things = self._all()
        while batch := list(islice(things, BATCH)):
            self.sums.lines = self.sheet.count
            yield batch
        self.sums.lines = self.sheet.count

    def _all(self) -> Iterator[Goods | Fault]:
        try:
            yield from self.things
        except (Unreadable, UnicodeError) as fault:
            # What was read before it is good. The rest is one wrong line.
            yield Fault(self.sheet.number + 1, str(fault))

    def _faults(self, batch: list[Goods | Fault]) -> list[Fault]:
        found = [thing for thing in batch if isinstance(thing, Fault)]
        found += [fault for thing in batch if isinstance(thing, Goods) for fault in thing.faults]
        return sorted(found, key=lambda fault: fault.line)

    def _plans(self, goods: list[Goods], now: datetime | None) -> list[Plan]:
        """The plans of a batch, carried out; one by one if the database refuses them together."""
        if not now:
            return self._planned(goods)
        try:
            return self._written(goods, now)
        except DatabaseError:
            log.warning("A batch of an import was refused; taking its goods one by one.", exc_info=True)
            return [done for thing in goods for done in self._alone(thing, now)]

    def _alone(self, thing: Goods, now: datetime) -> list[Plan]:
        self._forget()
        thing.remarks.clear()
        try:
            return self._written([thing], now)
        except DatabaseError as fault:
            self._forget()
            log.warning("Line %d of an import was refused: %s", thing.line, fault)
            thing.faults.append(Fault(thing.line, _("The database refused it."), thing.short_key, thing.name[:120]))
            return []

    @transaction.atomic
    def _written(self, goods: list[Goods], now: datetime) -> list[Plan]:
        take_turns()
        plans = self._planned(goods)
        known = journal.before(plans) if self.options.journal else {}
        alts.write(plans)
        write(plans, self.desk, now)
        if self.options.journal:
            journal.append(self.options.journal, journal.lines(plans, known))
        return plans

    def _planned(self, goods: list[Goods]) -> list[Plan]:
        self.desk.claims.learn(goods)
        known, plans = stored.load(goods, self.desk.lists), []
        for thing in goods:
            here = known.get(thing.key)
            if reason := reason_against(thing, here):
                thing.faults.append(Fault(thing.line, reason, thing.short_key, thing.name[:120]))
            else:
                plans.append(plan(thing, here, self.desk))
        if not self.options.only_new:
            alts.look(plans)
        return plans

    def _forget(self) -> None:
        """What was made in memory was rolled back in the database."""
        for words in (self.desk.axes, self.desk.attributes, self.desk.brands, self.desk.tags, self.desk.shelves):
            words.forget()


def _things(sheet: Sheet, options: Options) -> Iterator[Goods | Fault]:
    """The goods of the file in whatever format it is. Raises Unreadable."""
    if options.mapping:
        plain.check(sheet.columns, options.mapping)
        return plain.goods_of(sheet, options.mapping)
    if shopify.is_shopify(sheet.columns):
        shopify.check(sheet.columns)
        return shopify.goods_of(sheet)
    if own := mappings.of_columns(sheet.columns):
        return plain.goods_of(sheet, own)
    raise Unreadable(
        _(
            "This is no product file of Shopify (it has no column “Handle”), and without a mapping its columns must be "
            "called key, name and price. It has: %(columns)s."
        )
        % {"columns": ", ".join(filter(None, sheet.columns))[:400]}
    )
