"""The street map: every public address that carries a language, on one page."""

from django.urls import path

from shop.views import (
    browse,
    cart,
    checkout,
    codes,
    collections,
    compare,
    currency,
    downloads,
    my,
    notices,
    order,
    pages,
    post,
    preview,
    product,
    questions,
    reviews,
    traces,
    writing,
)

urlpatterns = [
    # browse
    path("", browse.home, name="home"),
    path("c/<slug:slug>/", browse.category, name="category"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    path("brands/", collections.brands, name="brands"),
    path("brands/<slug:slug>/", browse.brand, name="brand"),
    path("search/", browse.search, name="search"),
    path("search/suggest/", browse.suggest, name="suggest"),
    path("search/forget/", traces.forget_searches, name="forget-searches"),
    path("viewed/forget/", traces.forget_viewed, name="forget-viewed"),
    path("compare/", compare.compare, name="compare"),
    path("p/<slug:slug>/", product.product, name="product"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("p/<slug:slug>/files/<int:pk>/", downloads.product_file, name="product-file"),
    # what people say about it
    path("p/<slug:slug>/reviews/", reviews.reviews, name="reviews"),
    path("p/<slug:slug>/reviews/new/", writing.write, name="review-write"),
    path("reviews/helpful/", reviews.helpful, name="review-helpful"),
    path("reviews/<int:pk>/report/", reviews.report, name="review-report"),
    path("reviews/write/<str:token>/", writing.by_link, name="review-goods"),
    path("reviews/write/<str:token>/<int:pk>/", writing.write_by_link, name="review-by-link"),
    path("reviews/write/<str:token>/<int:pk>/withdraw/", writing.withdraw_by_link, name="review-withdraw-by-link"),
    path("p/<slug:slug>/questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/answer/", questions.answer, name="question-answer"),
    path("notices/new/", notices.ask, name="notice-ask"),
    path("notices/confirm/<str:token>/", notices.confirm, name="notice-confirm"),
    path("notices/<str:token>/", notices.by_link, name="notices"),
    # cart
    path("cart/", cart.cart, name="cart"),
    path("cart/lines/", cart.add_line, name="add-line"),
    path("cart/lines/<int:pk>/", cart.change_line, name="change-line"),
    path("cart/codes/", codes.enter, name="enter-code"),
    path("cart/codes/remove/", codes.take_off, name="take-off-code"),
    path("currency/", currency.choose_currency, name="currency"),
    # checkout
    path("checkout/", checkout.checkout, name="checkout"),
    # orders/<token>/: a guest's order by signed token
    path("orders/<str:token>/", order.order, name="order"),
    path("orders/<str:token>/paid/", checkout.card_return, name="card-return"),
    path("orders/<str:token>/pay/", checkout.card_cancelled, name="pay"),
    path("orders/<str:token>/files/<int:pk>/", order.download, name="download"),
    # my/: the account
    path("my/", my.my, name="my"),
    path("my/orders/", my.orders, name="my-orders"),
    path("my/addresses/", my.addresses, name="my-addresses"),
    path("my/addresses/<int:pk>/", my.address, name="my-address"),
    path("my/addresses/<int:pk>/delete/", my.delete_address, name="my-address-delete"),
    path("my/reviews/", writing.mine, name="my-reviews"),
    path("my/reviews/<int:pk>/withdraw/", writing.withdraw, name="my-review-withdraw"),
    path("my/notices/", notices.mine, name="my-notices"),
    path("my/preferences/", my.preferences, name="my-preferences"),
    # letters
    path("newsletter/", post.newsletter, name="newsletter"),
    path("unsubscribe/<str:token>/", post.unsubscribe, name="unsubscribe"),
    path("go/<str:token>/", post.go, name="go"),
    # text
    path("help/", pages.help_index, name="help"),
    path("contact/", pages.contact, name="contact"),
    path("pages/<slug:slug>/", pages.page, name="page"),
]
