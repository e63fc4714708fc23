"""Staff with exactly so many rights."""

from django.contrib.auth.models import Permission

from customers.models import Customer
from tests.makers import make_customer


def clerk_with(*codenames: str) -> Customer:
    clerk = make_customer(is_staff=True)
    clerk.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return clerk
