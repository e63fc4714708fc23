import pytest
from django.conf import settings


@pytest.fixture
def picture(tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    (tmp_path / "media" / "products").mkdir(parents=True)
    (tmp_path / "media" / "products" / "cup.webp").write_bytes(b"RIFF....WEBP")
    (tmp_path / "secret.txt").write_text("secret")
    return "/media/products/cup.webp"


def test_a_picture_is_served_and_may_be_kept_for_a_year(client, picture):
    answer = client.get(picture)

    assert b"".join(answer.streaming_content) == b"RIFF....WEBP"
    assert answer["Content-Type"] == "image/webp"
    assert "max-age=31536000" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path", ["../secret.txt", "%2e%2e/secret.txt", "products/", "products/none.webp", "..\\secret.txt"]
)
def test_nothing_but_pictures_is_served(client, picture, path):
    assert client.get(f"{settings.MEDIA_URL}{path}").status_code == 404
