"""`manage.py export_products`: the goods as a file (docs/importing.md)."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalog.actions.exporting import KINDS, export
from catalog.models import Category, Product


class Command(BaseCommand):
    help = "Writes products to a file: our own table as CSV or XLSX, or Shopify's product CSV."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path, help="where to write")
        parser.add_argument("--format", choices=[*KINDS], help="by the ending of the file unless told")
        parser.add_argument("--category", default="", help="address of a category: only what stands in or below it")
        parser.add_argument("--status", choices=Product.Status.values, help="only products of that status")

    def handle(self, *args, **told) -> None:
        kind = told["format"] or ("xlsx" if told["file"].suffix.lower() == ".xlsx" else "csv")
        rows = Product.objects.order_by("pk")
        if told["category"]:
            category = Category.objects.filter(slug=told["category"]).first()
            if category is None:
                raise CommandError(f"There is no category “{told['category']}”.")
            rows = rows.filter(category__path__startswith=category.path)
        if told["status"]:
            rows = rows.filter(status=told["status"])
        try:
            number = export(told["file"], kind, rows.values_list("pk", flat=True).iterator(500), self._progress(told))
        except OSError as fault:
            raise CommandError(f"{fault.filename}: {fault.strerror}") from None
        self.stdout.write(f"{number} products in {told['file']}.")

    def _progress(self, told: dict):
        return (lambda done: self.stdout.write(f"  {done} products …")) if told["verbosity"] > 1 else None
