"""A server of somebody else's behind TLS: a push service that opens what it gets, or a system that takes webhooks."""

import base64
import json
import ssl
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.x509.oid import NameOID

RAW = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


class OutsideStandIn:
    """`with OutsideStandIn(folder) as server:` listens at `server.url`; trust `server.certificate`.

    `taken` are (path, headers, body), oldest first. `status` answers everything; 0 hangs up without an answer.
    """

    def __init__(self, folder) -> None:
        self.taken: list[tuple[str, dict, bytes]] = []
        self.status = 201
        self.certificate, self._key = str(folder / "outside.pem"), str(folder / "outside.key")
        _make_certificate(self.certificate, self._key)

    def __enter__(self) -> "OutsideStandIn":
        handler = type("Handler", (_Handler,), {"books": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self._key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://localhost:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    books: OutsideStandIn

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.books.taken.append((self.path, dict(self.headers), body))
        if self.books.status:
            self.send_response(self.books.status)
            self.end_headers()

    def log_message(self, *_) -> None:
        """Quiet."""


class Browser:
    """The side of a subscription that only the browser knows: it opens what was sealed for it."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = b"0123456789abcdef"

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": text(self._key.public_key().public_bytes(*RAW)), "auth": text(self._secret)}

    def open(self, sealed: bytes) -> dict:
        return json.loads(http_ece.decrypt(sealed, private_key=self._key, auth_secret=self._secret))


def claims_of(headers: dict, public_key: str) -> dict:
    """What the shop claims of itself, if it is signed with its key (RFC 8292); an error otherwise."""
    scheme, _space, told = headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in told.split(","))
    assert (scheme, parts["k"]) == ("vapid", public_key)
    signed, _dot, signature = parts["t"].rpartition(".")
    raw = raw_of(signature)
    number = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw_of(public_key))
    key.verify(number, signed.encode(), ec.ECDSA(hashes.SHA256()))
    return json.loads(raw_of(signed.split(".")[1]))


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw_of(written: str) -> bytes:
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))


def _make_certificate(certificate: str, key_file: str) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    signed = made.sign(key, hashes.SHA256())
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    with open(certificate, "wb") as file:
        file.write(signed.public_bytes(pem))
    with open(key_file, "wb") as file:
        file.write(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
