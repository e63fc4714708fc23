"""The address book: at most one entry is the usual one."""

from django.db import transaction

from customers.models import Address, Customer


@transaction.atomic
def keep(customer: Customer, fields: dict, is_default: bool = False, entry: Address | None = None) -> Address:
    """Write a new entry, or change one of this customer's; the first entry becomes the usual one."""
    entry = entry or Address(customer=customer)
    others = customer.addresses.exclude(pk=entry.pk)
    for name in Address.FIELDS:
        setattr(entry, name, fields.get(name, ""))
    entry.is_default = is_default or not others.exists()
    if entry.is_default:
        others.filter(is_default=True).update(is_default=False)
    entry.save()
    return entry


@transaction.atomic
def remove(entry: Address) -> None:
    """Forget an entry; the newest of the others takes its place as the usual one."""
    customer, was_default = entry.customer, entry.is_default
    entry.delete()
    if was_default and (newest := customer.addresses.order_by("-id").first()):
        newest.is_default = True
        newest.save(update_fields=["is_default"])
