"""A mail server that keeps what it gets and refuses as it is told by the address.

catcher.py FOLDER: makes an authority and a certificate there, serves STARTTLS and TLS on free ports of this machine, and
says on one line of JSON which. Sign in as desk / s3cret. `reject@…` is refused for good, `later@…` for now; every mail
becomes a file `NUMBER.eml`.
"""

import json
import logging
import pathlib
import ssl
import subprocess
import sys
import threading
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

# Both ports are the tests' own: what is said of unsafe settings is known.
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

FOLDER = pathlib.Path(sys.argv[1])
lock = threading.Lock()
count = 0


def openssl(*words):
    subprocess.run(["openssl", *words], cwd=FOLDER, check=True, capture_output=True)


def certificates():
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
            "-subj", "/CN=Test authority", "-addext", "basicConstraints=critical,CA:TRUE",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (FOLDER / "names").write_text("subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "names", "-out", "server.pem")


def sign_in(_server, _session, _envelope, _mechanism, data):
    known = getattr(data, "login", None) == b"desk" and getattr(data, "password", None) == b"s3cret"
    # Not "handled": the server itself then answers 535.
    return AuthResult(success=known, handled=known)


class Keeper:
    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address.startswith("reject"):
            return "550 5.1.1 there is no such mailbox"
        if address.startswith("later"):
            return "451 4.3.0 come back in a while"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        global count
        with lock:
            count += 1
            number = count
        (FOLDER / f"{number}.eml").write_bytes(envelope.content)
        return f"250 2.0.0 kept as {number}"


def main():
    certificates()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(FOLDER / "server.pem", FOLDER / "server.key")
    common = dict(hostname="127.0.0.1", port=0, authenticator=sign_in, auth_required=True, enable_SMTPUTF8=True)
    starttls = Listening(Keeper(), tls_context=context, require_starttls=True, **common)
    tls = Listening(Keeper(), ssl_context=context, auth_require_tls=False, **common)
    for server in (starttls, tls):
        server.start()
    print(json.dumps({"starttls": starttls.bound(), "tls": tls.bound()}), flush=True)
    # Ends with whoever started it.
    sys.stdin.read()


class Listening(Controller):
    def bound(self):
        return self.server.sockets[0].getsockname()[1]

    def _trigger_server(self):
        # The port is known only once it is bound.
        self.port = self.bound()
        super()._trigger_server()


main()
