"""Words of a letter that are drawn from its draft when somebody first reads them."""

from django.db import models
from django.db.models.query_utils import DeferredAttribute


class _Drawn(DeferredAttribute):
    def __set__(self, instance, value):
        # Django keeps values in the instance itself; with a setter Python asks us before it looks there.
        instance.__dict__[self.field.attname] = value

    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if instance is None or value or not instance.draft:
            return value
        from customers.letters import bodies_of

        draft = instance.draft
        instance.text, instance.html = bodies_of(draft["template"], instance.language, draft["facts"], instance.subject)
        return instance.__dict__[self.field.attname]


class DrawnField(models.TextField):
    """Text of a model with a `draft` (template and facts), a `language` and a `subject`; empty until it is saved."""

    descriptor_class = _Drawn

    def pre_save(self, model_instance, add):
        return model_instance.__dict__.get(self.attname, "")

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
