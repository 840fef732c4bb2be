"""Time stamps from a server made here: kept, logged, checked; a server that answers otherwise is refused."""

import datetime
import http.server
import shutil
import subprocess
import threading

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from evenhand.cli import cli
from evenhand.custody import verify
from evenhand.custody.stamps import stamp
from evenhand.errors import CustodyError
from tests.custody.desk import filled

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")

DAY = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
CONFIG = """
[tsa]
default_tsa = tsa1
[tsa1]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def certificate(subject, issuer, key, signing, *, ca):
    name = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (subject, issuer)]
    made = (
        x509.CertificateBuilder().subject_name(name[0]).issuer_name(name[1]).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(DAY).not_valid_after(DAY.replace(year=2060))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )  # fmt: skip
    if ca:
        usage = {name: name in ("key_cert_sign", "crl_sign") for name in (
            "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
            "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")}  # fmt: skip
        made = made.add_extension(x509.KeyUsage(**usage), critical=True)
    else:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    return made.sign(signing, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tsa")
    root, own, other = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "root.pem").write_bytes(certificate("Root", "Root", root, root, ca=True))
    (folder / "other.pem").write_bytes(certificate("Other", "Other", other, other, ca=True))
    (folder / "tsa.pem").write_bytes(certificate("Test TSA", "Root", own, root, ca=False))
    (folder / "tsa.key").write_bytes(own.private_bytes(*plain))
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    return folder


class Server:
    """A server on the loopback address: `answer` gives the body for a query, or a status."""

    def __init__(self, answer):
        self.asked = []
        kind = {"do_POST": lambda request: self._post(request, answer), "log_message": lambda *_: None}
        handler = type("Handler", (http.server.BaseHTTPRequestHandler,), kind)
        self._server = http.server.HTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/tsr"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _post(self, request, answer):
        body = request.rfile.read(int(request.headers["Content-Length"]))
        self.asked.append((request.headers["Content-Type"], body))
        data = answer(body)
        request.send_response(200 if isinstance(data, bytes) else data)
        request.send_header("Location", "http://127.0.0.1:1/")
        data = data if isinstance(data, bytes) else b""
        request.send_header("Content-Length", str(len(data)))
        request.end_headers()
        request.wfile.write(data)

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def serve():
    made = []

    def start(answer):
        made.append(Server(answer))
        return made[-1]

    yield start
    for server in made:
        server.close()


def reply(authority, config="tsa.cnf"):
    def answer(body):
        (authority / "q.tsq").write_bytes(body)
        command = [
            "openssl",
            "ts",
            "-reply",
            "-config",
            authority / config,
            "-queryfile",
            authority / "q.tsq",
            "-out",
            authority / "a.tsr",
        ]
        subprocess.run(command, check=True, capture_output=True)
        return (authority / "a.tsr").read_bytes()

    return answer


def test_a_stamp_is_kept_logged_and_checked(tmp_path, authority, serve):
    case = filled(tmp_path)
    head = case.log.head
    server = serve(reply(authority))
    made = stamp(case, server.url, who="maria")
    assert (made.hash, made.signer) == (head.hash, "CN=Test TSA")
    ((kind, body),) = server.asked
    assert kind == "application/timestamp-query"
    assert bytes.fromhex(head.hash) in body
    assert b"report" not in body
    entry = case.log.entries()[-1]
    assert (entry.what, entry.payload["entry"], entry.payload["time"]) == ("time stamped", head.seq, made.time)
    plain = verify(case.paths.root)
    assert plain.whole
    assert plain.stamps == (made,)
    trusted = verify(case.paths.root, roots=authority / "root.pem")
    assert trusted.whole
    assert trusted.stamps[0].trusted
    assert "not to be trusted" in verify(case.paths.root, roots=authority / "other.pem").findings[0].why
    openssl = [
        "openssl",
        "ts",
        "-verify",
        "-digest",
        head.hash,
        "-in",
        case.paths.root / made.file,
        "-CAfile",
        authority / "root.pem",
    ]
    assert b"OK" in subprocess.run(openssl, check=True, capture_output=True).stdout


def test_a_stamp_that_was_altered_or_is_of_another_log_is_found(tmp_path, authority, serve):
    case, other = filled(tmp_path), filled(tmp_path / "other")
    made = stamp(case, serve(reply(authority)).url)
    path = case.paths.root / made.file
    data = path.read_bytes()
    path.write_bytes(data[:60] + b"\xff\xff" + data[62:])
    assert not verify(case.paths.root).whole
    path.write_bytes(data)
    (other.paths.root / "timestamps").mkdir()
    (other.paths.root / made.file).write_bytes(data)
    assert "which no entry has" in verify(other.paths.root).findings[0].why


@pytest.mark.parametrize(
    ("answer", "says"),
    [(lambda _: b"", "not a time stamp"), (lambda _: b"<html>", "not a time stamp"), (lambda _: 503, "503"),
     (lambda _: 302, "302"), (lambda _: bytes(2 << 20), "larger than any")],
)  # fmt: skip
def test_a_server_that_answers_otherwise_is_refused(tmp_path, serve, answer, says):
    case = filled(tmp_path)
    before = case.paths.log.read_bytes()
    with pytest.raises(CustodyError, match=says):
        stamp(case, serve(answer).url)
    assert case.paths.log.read_bytes() == before
    assert not case.paths.stamps.exists()


def test_an_answer_to_another_question_is_refused(tmp_path, authority, serve):
    case = filled(tmp_path)
    kept = []

    def first_answer(body):
        kept.append(reply(authority)(body))
        return kept[0]

    server = serve(first_answer)
    stamp(case, server.url)
    with pytest.raises(CustodyError, match="something else"):
        stamp(case, server.url)


@pytest.mark.parametrize("server", ["file:///etc/passwd", "ftp://x/", "tsa.example", "http://127.0.0.1:1/"])
def test_a_server_that_is_none_is_said(tmp_path, server):
    with pytest.raises(CustodyError, match="address"):
        stamp(filled(tmp_path), server)


def test_the_command_says_what_was_stamped(tmp_path, authority, serve):
    case = filled(tmp_path)
    done = CliRunner().invoke(cli, ["stamp", str(case.paths.root), "--tsa", serve(reply(authority)).url])
    assert "says CN=Test TSA" in done.output
    checked = CliRunner().invoke(cli, ["verify", str(case.paths.root), "--tsa-roots", str(authority / "root.pem")])
    assert "leads to your roots" in checked.output
