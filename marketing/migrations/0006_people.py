"""A profile for every account and for every guest who ordered, and whose order each is."""

from itertools import islice

from django.db import migrations
from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Lower

BATCH = 2000


def in_batches(rows):
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def know_everybody(apps, schema_editor):
    Profile, Purchase = apps.get_model("marketing", "Profile"), apps.get_model("marketing", "Purchase")
    Customer, Order = apps.get_model("customers", "Customer"), apps.get_model("orders", "Order")
    customers = Customer.objects.order_by("pk").values_list("pk", "email", "name", "language", "date_joined")
    for batch in in_batches(customers.iterator(BATCH)):
        Profile.objects.bulk_create(
            Profile(email=email.lower(), customer_id=pk, name=name, language=language, created_at=joined)
            for pk, email, name, language, joined in batch
        )
    placed = Order.objects.exclude(status="pending").exclude(email="")
    guests = placed.filter(customer=None).annotate(address=Lower("email")).values("address").order_by("address")
    for batch in in_batches(guests.annotate(since=Min("created_at"), language=Max("language")).iterator(BATCH)):
        Profile.objects.bulk_create(
            [
                Profile(email=row["address"], language=row["language"], created_at=row["since"])
                for row in batch
            ],
            ignore_conflicts=True,
        )
    known = dict(Profile.objects.values_list("email", "pk"))
    accounts = dict(Profile.objects.exclude(customer=None).values_list("customer_id", "pk"))
    orders = placed.order_by("pk").values_list("pk", "customer_id", "email")
    for batch in in_batches(orders.iterator(BATCH)):
        Purchase.objects.bulk_create(
            Purchase(order_id=pk, profile_id=accounts.get(customer) or known[email.lower()])
            for pk, customer, email in batch
        )
    count_orders(Profile, Purchase)


def count_orders(Profile, Purchase):
    mine = Purchase.objects.filter(profile=OuterRef("pk"), order__status="placed").order_by().values("profile")
    Profile.objects.filter(Q(pk__in=Purchase.objects.filter(order__status="placed").values("profile"))).update(
        orders_count=Subquery(mine.annotate(found=Count("pk")).values("found")),
        first_order_at=Subquery(mine.annotate(found=Min("order__placed_at")).values("found")),
        last_order_at=Subquery(mine.annotate(found=Max("order__placed_at")).values("found")),
    )


def name_events(apps, schema_editor):
    Event, Profile = apps.get_model("marketing", "Event"), apps.get_model("marketing", "Profile")
    whose = Profile.objects.filter(customer=OuterRef("customer")).values("pk")
    Event.objects.exclude(customer=None).update(profile=Subquery(whose))


class Migration(migrations.Migration):
    dependencies = [("marketing", "0005_writing_desk")]
    operations = [
        migrations.RunPython(know_everybody, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(name_events, migrations.RunPython.noop, elidable=True),
    ]
