"""Reviews: one per person and product, read before they are shown, and their figures always right."""

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError
from PIL import Image

from catalog.models import Product
from customers import consent
from customers.models import Mail
from marketing.actions import moderation, reviews
from marketing.actions.voice_pictures import NotAPicture
from marketing.authors import customer_as_author, goods_of, holder_of, order_from, token_for
from marketing.models import Review
from orders.models import Order
from orders.tokens import token_for as order_token
from tests.makers import make_customer
from tests.marketing.voices import NOW, buy, make_goods, make_review, picture, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def robe():
    return make_goods()


def figures(product) -> tuple:
    product = Product.objects.get(pk=product.pk)
    return product.rating_sum, product.rating_count, product.rating_spread


def test_a_new_review_waits_and_counts_nothing(robe):
    review = reviews.write(customer_as_author(make_customer()), robe, words(1), NOW)

    assert review.state == "pending"
    assert figures(robe) == (0, 0, [])


def test_published_reviews_make_the_average_good_and_bad_alike(robe):
    for rating in (5, 5, 1):
        make_review(robe, rating)

    assert figures(robe) == (11, 3, [1, 0, 0, 0, 2])
    assert Product.objects.get(pk=robe.pk).rating == 3.7


def test_a_rejected_review_leaves_the_figures_and_its_author_learns_why(robe):
    review = make_review(robe, 1)
    moderation.reject(review, "private", NOW)

    assert figures(robe) == (0, 0, [0, 0, 0, 0, 0])
    letter = Mail.objects.get(key__startswith="review-rejected:")
    assert letter.to == review.email and "something private" in letter.text


def test_a_review_is_rejected_for_known_grounds_only(robe):
    review = make_review(robe, 1)

    with pytest.raises(ValueError, match="known grounds"):
        moderation.reject(review, "only one star", NOW)
    assert figures(robe)[1] == 1


def test_a_person_has_one_review_of_a_product_and_a_second_press_changes_it(robe):
    ada = customer_as_author(make_customer())
    reviews.write(ada, robe, words(5), NOW)
    reviews.write(ada, robe, words(4, "Second thoughts"), NOW)

    assert [(r.rating, r.text) for r in Review.objects.all()] == [(4, "Second thoughts")]
    first = Review.objects.get()
    with pytest.raises(IntegrityError):
        Review.objects.create(
            product=robe, customer=first.customer, email="x@example.com", rating=5, text="x", name="x"
        )


def test_changing_a_published_review_takes_it_out_until_it_is_read_again(robe):
    review = make_review(robe, 5)
    reviews.write(customer_as_author(review.customer), robe, words(2), NOW)

    assert figures(robe)[1] == 0
    assert Review.objects.get().state == "pending"


def test_only_who_paid_or_got_it_is_marked_as_a_buyer(robe):
    bought, unpaid, refunded, stranger = (make_customer() for _ in range(4))
    buy(robe, bought)
    buy(robe, unpaid, payment_status="unpaid")
    buy(robe, refunded, payment_status="refunded")

    marks = [
        reviews.write(customer_as_author(person), robe, words(), NOW).is_verified
        for person in (bought, unpaid, refunded, stranger)
    ]
    assert marks == [True, False, False, False]


def test_an_order_by_a_guest_with_my_address_makes_me_no_buyer(robe):
    buy(robe, email="ada@example.com")
    impostor = make_customer("ada@example.com")

    assert not reviews.write(customer_as_author(impostor), robe, words(), NOW).is_verified


def test_an_impostor_with_the_address_of_a_guest_neither_sees_nor_blocks_his_review(robe):
    order = buy(robe, email="ada@example.com")
    impostor = customer_as_author(make_customer("ada@example.com"))
    reviews.write(impostor, robe, words(1, "fake"), NOW)

    assert holder_of(order).review_of(robe) is None
    mine = reviews.write(holder_of(order), robe, words(5, "mine"), NOW)
    assert impostor.review_of(robe).text == "fake"
    assert mine.is_verified and Review.objects.count() == 2


def test_a_guest_who_later_has_the_order_in_his_account_keeps_his_review(robe):
    order = buy(robe, email="ada@example.com")
    reviews.write(holder_of(order), robe, words(5), NOW)
    ada = make_customer("ada@example.com")
    Order.objects.update(customer=ada)
    reviews.write(customer_as_author(ada), robe, words(3), NOW)

    assert [(r.rating, r.customer) for r in Review.objects.all()] == [(3, ada)]


def test_withdrawing_deletes_words_pictures_and_figures(robe, django_capture_on_commit_callbacks):
    review = make_review(robe, 4)
    author = customer_as_author(review.customer)
    review = reviews.write(author, robe, words(4), NOW, [picture()])
    moderation.publish(review, NOW)
    file = review.pictures[0]["file"]
    with django_capture_on_commit_callbacks(execute=True):
        reviews.withdraw(Review.objects.get())

    assert not Review.objects.exists()
    assert figures(robe)[1] == 0
    assert not default_storage.exists(file)


def test_pictures_are_written_anew_without_what_the_camera_knew(robe):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    review = reviews.write(
        customer_as_author(make_customer()), robe, words(), NOW, [picture(exif=exif), picture("PNG")]
    )

    for kept in review.pictures:
        with default_storage.open(kept["file"]) as file:
            raw = file.read()
        assert raw[:4] == b"RIFF" and b"secret place" not in raw
        with default_storage.open(kept["small"]) as file, Image.open(file) as small:
            assert small.size == (240, 300)
            assert not small.getexif()


def test_what_is_no_picture_is_refused_and_nothing_is_written(robe, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    fake = picture()
    fake = type(fake)(b"<svg onload=alert(1)>")

    with pytest.raises(NotAPicture):
        reviews.write(customer_as_author(make_customer()), robe, words(), NOW, [picture(), fake])
    assert not Review.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_review_holds_four_pictures_old_and_new_together(robe):
    author = customer_as_author(make_customer())
    review = reviews.write(author, robe, words(), NOW, [picture() for _ in range(4)])

    with pytest.raises(reviews.TooManyPictures):
        reviews.write(author, robe, words(), NOW, [picture()])
    dropped = [review.pictures[0]["file"]]
    assert len(reviews.write(author, robe, words(), NOW, [picture()], dropped).pictures) == 4


def test_the_shop_replies_once_by_mail_and_may_mend_its_words(robe):
    review = make_review(robe, 2)
    reviews.reply(review, "We are sorry. Write to us.", NOW)
    reviews.reply(review, "We are sorry. Please write to us.", NOW)

    letters = Mail.objects.filter(key__startswith="review-replied:")
    assert [letter.to for letter in letters] == [review.email]
    assert f"/reviews/#review-{review.pk}" in letters[0].text
    assert Review.objects.get().reply == "We are sorry. Please write to us."


def test_a_barred_address_gets_no_letter(robe):
    review = make_review(robe, 2)
    consent.suppress(review.email, "bounced")
    reviews.reply(review, "Sorry", NOW)

    assert not Mail.objects.exists()


def test_a_vote_counts_once_per_reader(robe):
    review = make_review(robe)
    voters = ["a", "a", "b"]

    assert [reviews.find_helpful(review, voter, NOW) for voter in voters] == [True, False, True]
    assert Review.objects.get().helpful == 2


def test_a_report_counts_once_per_reader_until_staff_settles_it(robe):
    review = make_review(robe)
    told = [reviews.report(review, who, "spam", "", NOW) for who in ("a", "a", "b")]

    assert told == [True, False, True]
    assert Review.objects.get().reports == 2
    assert reviews.settle_reports(review, NOW) == 2
    assert Review.objects.get().reports == 0 and Review.objects.get().is_published


def test_the_link_to_review_names_the_order_and_is_no_link_to_it(robe):
    order = buy(robe)

    assert order_from(token_for(order)) == order
    assert goods_of(order) == [robe]
    with pytest.raises(Order.DoesNotExist):
        order_from(order_token(order))


@pytest.mark.parametrize("token", ["", "x", "\x00", "a:b", "é" * 400])
def test_a_made_up_link_finds_no_order(token):
    with pytest.raises(Order.DoesNotExist):
        order_from(token)
