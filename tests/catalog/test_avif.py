"""AVIF beside WebP, where it is smaller; pictures of a single variant."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from catalog.actions import avif, pictures
from catalog.models import Picture
from catalog.queries.product import read
from shop.templatetags.shop import picture as drawn
from tests.makers import make_product, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def photograph() -> BytesIO:
    image = Image.radial_gradient("L").resize((800, 1000)).convert("RGB")
    draw = ImageDraw.Draw(image)
    for n in range(0, 800, 9):
        draw.line((n, 0, 800 - n, 1000), fill=(n % 255, 90, 140), width=2)
    file = BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return file


def ready(product, **fields) -> Picture:
    picture = pictures.take(photograph(), product, **fields)
    pictures.derive(picture)
    return picture


def test_avif_is_added_later_where_it_is_smaller_and_goes_with_the_picture():
    product = make_variant(make_product(slug="robe")).product
    picture = ready(product)
    assert read("robe", "en").pictures[0].avif == ""

    assert avif.add_due(5) == 1 and avif.add_due(5) == 0
    view = read("robe", "en").pictures[0]
    names = [avif.avif_of(size.name) for size in picture.image.get_picture_files_list()]

    assert len(view.avif.split(", ")) == len(view.srcset.split(", "))
    assert 'type="image/avif"' in drawn(view) and "<img src=" in drawn(view)
    with picture.image.storage.open(names[0]) as file, Image.open(file) as image:
        assert image.format == "AVIF" and not image.getexif()
    assert all(picture.image.storage.exists(name) for name in names)


def test_a_lost_file_is_tried_once():
    picture = ready(make_variant(make_product()).product)
    picture.image.storage.delete(picture.image.name)

    avif.add_due(5)

    assert Picture.objects.get().has_avif is False and avif.add_due(5) == 0


def test_a_variant_shows_its_own_picture_first_and_not_those_of_others():
    product = make_product(slug="robe")
    first, second = make_variant(product), make_variant(product)
    common, own, other = ready(product), ready(product, variant=first), ready(product, variant=second)

    page = read("robe", "en")

    assert [shown.pk for shown in page.pictures_of(page.chosen(first.sku))] == [own.pk, common.pk]
    assert [shown.pk for shown in page.pictures_of(page.chosen(second.sku))] == [other.pk, common.pk]
