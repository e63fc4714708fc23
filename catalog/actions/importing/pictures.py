"""The pictures of imported goods: from a folder beside the file, else from the addresses that the file names."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.actions import pictures
from catalog.actions.importing import fetch, journal
from catalog.actions.importing.goods import Shot
from catalog.actions.importing.options import Options
from catalog.actions.importing.plan import Plan
from catalog.actions.importing.report import WARNING, Row
from catalog.actions.importing.texts import cut
from catalog.models import OptionValue, Picture, Product
from catalog.words import languages

IN_MEMORY = 1024 * 1024
ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".bmp", ".tif", ".tiff"}


class NotTaken(Exception):
    """A picture is missing; the text is the reason."""


class Album:
    """The pictures that products still lack, taken when all goods are in the shop."""

    def __init__(self, options: Options) -> None:
        self._fetches, self._journal = options.fetch, options.journal
        self._files = _files_in(options.pictures)
        # In a file: a long table names a hundred thousand.
        self._wanted = SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+", encoding="utf-8")  # noqa: SIM115
        self._bad_hosts: dict[str, str] = {}

    def note(self, plan: Plan) -> None:
        """Remember the pictures of goods that are in the shop now."""
        goods = plan.goods
        if plan.product is None:
            return
        for shot in goods.shots:
            print(json.dumps([asdict(shot), plan.row.key, plan.product]), file=self._wanted)

    def take_all(self) -> Iterator[Row]:
        """Take what the products do not have yet; yields a warning for each that cannot be had."""
        self._wanted.seek(0)
        for line in self._wanted:
            told, key, pk = json.loads(line)
            shot, product = Shot(**told), Product.objects.filter(pk=pk).first()
            if product is None or _is_here(product, shot.source[:500]):
                continue
            try:
                self._take(product, shot)
            except NotTaken as reason:
                yield Row(shot.line, WARNING, key, product.name, [f"{cut(shot.source, 200)}: {reason}"])

    def _take(self, product: Product, shot: Shot) -> None:
        content = self._content(shot.source)
        try:
            picture = pictures.take(
                BytesIO(content),
                product,
                alt={languages()[0]: shot.alt} | shot.alts,
                value=_value_of(product, shot),
                position=shot.position,
                source=shot.source,
            )
        except pictures.NotAPicture as fault:
            raise NotTaken(str(fault)) from fault
        if self._journal:
            journal.append(self._journal, [{"picture": picture.pk}])

    def _content(self, source: str) -> bytes:
        path = self._files.get(_file_name(source))
        if path:
            with path.open("rb") as file:
                return file.read(fetch.MAX_BYTES + 1)
        if not source.lower().startswith(("http://", "https://")):
            raise NotTaken(_("There is no such file."))
        if not self._fetches:
            raise NotTaken(_("It is not among the files, and nothing is fetched now."))
        return self._fetched(source)

    def _fetched(self, source: str) -> bytes:
        try:
            host = fetch.place_of(source).host
            if host in self._bad_hosts:
                raise NotTaken(self._bad_hosts[host])
            return fetch.fetch(source)
        except fetch.NotFetched as fault:
            if fault.host_is_bad:
                self._bad_hosts[host] = str(fault)
            raise NotTaken(str(fault)) from fault


def _is_here(product: Product, source: str) -> bool:
    """Whether the product has that picture: taken from there, or the address is our own."""
    name = source.removeprefix(settings.SITE_URL).removeprefix(settings.MEDIA_URL)
    ours = Q(image=unquote(name)) if name != source else Q()
    return Picture.objects.filter(Q(source=source) | ours, product=product).exists()


def _value_of(product: Product, shot: Shot) -> OptionValue | None:
    """The colour that the picture shows, by the words of the file."""
    if not shot.axis:
        return None
    values = OptionValue.objects.filter(variants__product=product).select_related("option").distinct()
    return next((value for value in values if value.value.casefold() == shot.axis[1].casefold()), None)


def _files_in(folder: Path | None) -> dict[str, Path]:
    """Pictures of the folder and those below, by name; links are not followed out of it."""
    if folder is None:
        return {}
    files = (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in ENDINGS)
    return {path.name.casefold(): path for path in files if path.is_file() and not path.is_symlink()}


def _file_name(source: str) -> str:
    try:
        path = urlsplit(source).path if "://" in source else source
    except ValueError:
        path = source
    return unquote(path).replace("\\", "/").rpartition("/")[2].casefold()
