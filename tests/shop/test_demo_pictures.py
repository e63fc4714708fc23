"""The pictures of the demonstration shop."""

from dataclasses import replace

import numpy as np
import pytest

from shop.demo.pictures import SHAPES, PictureSpec, compose, draw


def brightnesses(picture):
    return np.asarray(picture.convert("L"), np.float32)


SMALL = (144, 180)
TINY = (96, 120)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_shows_in_every_view(shape):
    spec = PictureSpec(shape, colour="#a98c6a")

    for view in ("front", "detail", "scale"):
        assert brightnesses(draw(replace(spec, view=view), TINY)).std() > 4


def test_a_picture_is_four_by_five():
    picture = draw(PictureSpec("cup"))

    assert (picture.mode, picture.size) == ("RGB", (720, 900))


@pytest.mark.parametrize("view", ["front", "detail", "scale"])
def test_the_same_spec_gives_the_same_picture(view):
    spec = PictureSpec("planter", colour="#b5714f", view=view, seed=7)

    first = draw(spec, SMALL)
    draw(PictureSpec("bowl", view=view), SMALL)

    assert first.tobytes() == draw(spec, SMALL).tobytes()


@pytest.mark.parametrize("shape", ["mug", "blanket", "robe", "carafe", "stool", "book"])
def test_another_colour_gives_another_picture_of_the_same_form(shape):
    clay, spruce = (draw(PictureSpec(shape, colour=colour, seed=3), SMALL) for colour in ("#b5714f", "#3f5a4c"))

    changed = np.abs(np.asarray(clay, np.int16) - np.asarray(spruce, np.int16)).max(-1) > 12
    assert 0.01 < changed.mean() < 0.7


def test_a_pattern_brings_the_second_colour_in():
    plain = PictureSpec("cup", colour="#e8e2d6", second="#2f4858", params={"pattern": "plain"})
    dipped = PictureSpec("cup", colour="#e8e2d6", second="#2f4858", params={"pattern": "dip"})

    assert brightnesses(draw(dipped, SMALL)).mean() < brightnesses(draw(plain, SMALL)).mean() - 2


def test_params_may_be_pairs():
    pairs = draw(PictureSpec("bowl", params=(("count", 3),)), SMALL)
    mapping = draw(PictureSpec("bowl", params={"count": 3}), SMALL)

    assert pairs.tobytes() == mapping.tobytes()


def test_an_unknown_shape_is_refused():
    with pytest.raises(KeyError):
        draw(PictureSpec("submarine"))


def test_goods_are_composed_in_one_picture():
    goods = [PictureSpec("teapot"), PictureSpec("cup", colour="#8fa39a"), PictureSpec("tray")]

    picture = compose(goods, "#e9e2d6", seed=2, size=(400, 250))

    assert (picture.mode, picture.size) == ("RGB", (400, 250))
    assert brightnesses(picture).std() > 8
    assert picture.tobytes() == compose(goods, "#e9e2d6", seed=2, size=(400, 250)).tobytes()


def test_what_hangs_is_composed_above_what_stands():
    picture = compose([PictureSpec("clock"), PictureSpec("vase"), PictureSpec("bowl")], "#dfe3dc", size=(240, 150))

    assert picture.size == (240, 150)
