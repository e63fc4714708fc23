"""The user model: a customer, or one of the staff. The e-mail address is the name one signs in with."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models.group import CustomerGroup


class CustomerManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "Customer":
        """A customer who can sign in with the password, or only by a link when there is none."""
        customer = self.model(email=email.strip().lower(), **fields)
        customer.set_password(password)
        customer.save(using=self._db)
        return customer

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "Customer":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "Customer":
        return self.get(email=email.strip().lower())


class Customer(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("full name"), max_length=160, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    # By its code: what a page has to know of the group is in this row already.
    group = models.ForeignKey(
        CustomerGroup,
        models.SET_NULL,
        to_field="code",
        null=True,
        blank=True,
        related_name="customers",
        verbose_name=_("customer group"),
        help_text=_("Gets the prices of the lists made for this group."),
    )
    # For staff only: whoever has a reason here pays no tax.
    tax_exempt_reason = models.CharField(
        _("exempt from tax because"),
        max_length=200,
        blank=True,
        help_text=_("Such as an embassy. Empty: pays tax like everybody. The customer does not see the reason."),
    )
    is_staff = models.BooleanField(_("may enter the back office"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = CustomerManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [models.UniqueConstraint(Lower("email"), name="customer_email_is_unique")]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email.split("@")[0]
