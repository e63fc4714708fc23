"""Makes the pair of keys by which browsers know this shop's notifications."""

import base64

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Writes VAPID_PRIVATE_KEY and VAPID_PUBLIC_KEY. Keep them: with new keys every device has to ask anew."

    def handle(self, **options) -> None:
        # Part of the production lock, as is what sends.
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        key = ec.generate_private_key(ec.SECP256R1())
        number = key.private_numbers().private_value.to_bytes(32, "big")
        point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.stdout.write(f"VAPID_PRIVATE_KEY={_text(number)}")
        self.stdout.write(f"VAPID_PUBLIC_KEY={_text(point)}")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
