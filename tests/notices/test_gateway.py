"""The gateway over real HTTP: `NotSent` is certain, everything else is `Unknown`, and nothing is tried twice."""

import contextlib
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.clock import CHINA
from chalicelib.notices import gateway
from chalicelib.notices.gateway import LOOK_UP, SEND, GatewaySender
from chalicelib.notices.senders import NotSent, Unknown
from chalicelib.notices.signing import NONCE, SIGNATURE, TIME, is_signed, signed
from infra.gateway.model import BAD, GOOD, Gateway
from infra.gateway.server import Served, serving

KEY, PHONE, TEXT = b"agreed with the gateway", "13900001111", "编号261123001785：县住建局已受理。"
OUT_ID = "261123001785-3-S04-1"
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=CHINA)


class Moment:
    """A clock turned by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def server(moment: Moment) -> Iterator[Served]:
    with serving(Gateway(KEY, moment, faults=GOOD, callbacks=GOOD)) as served:
        yield served


@pytest.fixture
def sender(server: Served, moment: Moment) -> GatewaySender:
    return GatewaySender(server.url, "青山县信访局", lambda: KEY, now=moment)


def only(fault: str) -> dict[str, float]:
    assert fault in BAD
    return {fault: 1.0}


def test_a_text_goes_out_signed_under_our_number_and_can_be_looked_up(
    sender: GatewaySender, server: Served, moment: Moment
) -> None:
    assert sender.send(PHONE, TEXT, OUT_ID).provider_id
    assert server.gateway.got == [(PHONE, f"【青山县信访局】{TEXT}", OUT_ID)]
    assert sender.ask(OUT_ID) in ("absent", "sent")
    moment.at += timedelta(minutes=11)
    assert sender.ask(OUT_ID) == "delivered"


def test_a_record_that_lags_is_absent_and_not_a_refusal(sender: GatewaySender) -> None:
    assert sender.ask(OUT_ID) == "absent"


@pytest.mark.parametrize(
    ("fault", "fate"),
    [("telephone off", "failed"), ("number does not exist", "rejected"), ("OK, and nothing sent", "absent")],
)
def test_what_no_telephone_got_is_told_when_asked(
    sender: GatewaySender, server: Served, moment: Moment, fault: str, fate: str
) -> None:
    server.gateway.faults = only(fault)
    assert sender.send(PHONE, TEXT, OUT_ID).provider_id
    moment.at += timedelta(minutes=11)
    assert sender.ask(OUT_ID) == fate
    assert server.gateway.got == []


@pytest.mark.parametrize("fault", ["request lost", "answer lost", "500 before it was taken", "500 after it was taken"])
def test_a_lost_answer_is_never_taken_for_a_refusal(sender: GatewaySender, server: Served, fault: str) -> None:
    server.gateway.faults = only(fault)
    with pytest.raises(Unknown) as lost:
        sender.send(PHONE, TEXT, OUT_ID)
    assert PHONE not in str(lost.value)
    assert server.gateway.met[fault] == 1


def test_a_full_gateway_says_when_to_come_back(sender: GatewaySender, server: Served) -> None:
    server.gateway.faults = only("throttled")
    with pytest.raises(NotSent) as refused:
        sender.send(PHONE, TEXT, OUT_ID)
    assert (refused.value.retry, refused.value.retry_after) == (True, 30)


def test_to_one_number_it_carries_fifteen_a_minute(sender: GatewaySender, server: Served, moment: Moment) -> None:
    for number in range(15):
        sender.send(PHONE, TEXT, f"{OUT_ID}{number}")
        moment.at += timedelta(seconds=1)
    with pytest.raises(NotSent):
        sender.send(PHONE, TEXT, "one more")
    assert len(server.gateway.got) == 15


def test_a_momentary_refusal_is_certain_and_tried_again(sender: GatewaySender, server: Served) -> None:
    server.gateway.faults = only("refused for a moment")
    with pytest.raises(NotSent) as refused:
        sender.send(PHONE, TEXT, OUT_ID)
    assert (refused.value.reason, refused.value.retry, refused.value.retry_after) == ("SYSTEM_BUSY", True, 0)


def test_who_signs_with_another_key_is_refused(server: Served, moment: Moment) -> None:
    stranger = GatewaySender(server.url, "青山县信访局", lambda: b"another", now=moment)
    with pytest.raises(NotSent) as refused:
        stranger.send(PHONE, TEXT, OUT_ID)
    assert refused.value.reason == "BAD_SIGNATURE"
    with pytest.raises(Unknown):
        stranger.ask(OUT_ID)
    assert server.gateway.got == []


def test_a_line_that_never_stood_is_certain(moment: Moment) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(NotSent) as refused:
        GatewaySender(f"http://127.0.0.1:{port}", "青山县信访局", lambda: KEY, now=moment).send(PHONE, TEXT, OUT_ID)
    assert (refused.value.retry, refused.value.retry_after) == (True, 300)


def test_a_key_that_cannot_be_opened_sends_nothing(server: Served, moment: Moment) -> None:
    def denied() -> bytes:
        raise PermissionError

    with pytest.raises(NotSent):
        GatewaySender(server.url, "青山县信访局", denied, now=moment).send(PHONE, TEXT, OUT_ID)


@pytest.mark.parametrize("phone", ["", "0736-6622345", "1390000111", "+85291234567"])
def test_what_is_no_mobile_number_never_leaves(sender: GatewaySender, server: Served, phone: str) -> None:
    with pytest.raises(NotSent) as refused:
        sender.send(phone, TEXT, OUT_ID)
    assert not refused.value.retry
    assert server.gateway.messages == {}


def test_after_five_silences_nobody_calls_for_a_minute(sender: GatewaySender, server: Served, moment: Moment) -> None:
    server.gateway.faults = only("request lost")
    for _ in range(5):
        with pytest.raises(Unknown):
            sender.send(PHONE, TEXT, OUT_ID)
    with pytest.raises(NotSent) as rests:
        sender.send(PHONE, TEXT, OUT_ID)
    assert (rests.value.retry_after, server.gateway.met["request lost"]) == (300, 5)
    with pytest.raises(Unknown):
        sender.ask(OUT_ID)
    server.gateway.faults = GOOD
    moment.at += timedelta(minutes=1)
    assert sender.send(PHONE, TEXT, OUT_ID).provider_id


@pytest.mark.parametrize(
    "answer",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<html>no!",
     b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n", b"nonsense\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n[[["],
)  # fmt: skip
def test_an_answer_that_nobody_can_read_is_no_answer(moment: Moment, answer: bytes) -> None:
    with answering(answer) as url, pytest.raises(Unknown):
        GatewaySender(url, "青", lambda: KEY, now=moment).send(PHONE, TEXT, OUT_ID)


@pytest.mark.parametrize("state", ['["delivered"]', "{}", "null", "1", '"elsewhere"'])
def test_a_state_that_is_no_word_of_ours_is_no_answer(moment: Moment, state: str) -> None:
    body = f'{{"code":"OK","state":{state}}}'.encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
    with answering(head + body) as url, pytest.raises(Unknown):
        GatewaySender(url, "青", lambda: KEY, now=moment).ask(OUT_ID)


@contextlib.contextmanager
def answering(answer: bytes) -> Iterator[str]:
    """The address of somebody who hears one request to its end and answers this."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1)

        def once() -> None:
            line, _ = door.accept()
            with line:
                heard(line)
                line.sendall(answer)

        thread = threading.Thread(target=once)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        thread.join()


def heard(line: socket.socket) -> bytes:
    """A whole request: who answers after half of it and hangs up is not heard by who still speaks."""
    said = b""
    while OUT_ID.encode() not in said:  # it stands in the body, which comes last
        more = line.recv(65536)
        if not more:
            break
        said += more
    return said


@contextlib.contextmanager
def dripping(head: bytes, drop: bytes) -> Iterator[str]:
    """The address of somebody who begins to answer and then lets one drop follow the other; all within two seconds."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1)

        def drip() -> None:
            line, _ = door.accept()
            with line, contextlib.suppress(OSError):
                heard(line)
                line.sendall(head)
                for _ in range(100):
                    time.sleep(0.05)
                    line.sendall(drop)

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        yield f"127.0.0.1:{door.getsockname()[1]}"
        assert time.monotonic() - began < 2
        thread.join()


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Drop: ", b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n{"])
def test_an_answer_that_comes_drop_by_drop_has_an_end(
    moment: Moment, monkeypatch: pytest.MonkeyPatch, head: bytes
) -> None:
    monkeypatch.setattr(gateway, "ANSWER_S", 0.4)
    with dripping(head, b"x") as there, pytest.raises(Unknown):
        GatewaySender(f"http://{there}", "青", lambda: KEY, now=moment).send(PHONE, TEXT, OUT_ID)


def test_a_handshake_that_comes_drop_by_drop_has_an_end_and_nothing_was_sent(
    moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gateway, "ANSWER_S", 0.4)
    a_record_of_16_kib_is_to_come = b"\x16\x03\x03\x40\x00"
    with dripping(a_record_of_16_kib_is_to_come, b"\x02") as there, pytest.raises(NotSent) as refused:
        GatewaySender(f"https://{there}", "青", lambda: KEY, now=moment).send(PHONE, TEXT, OUT_ID)
    assert (refused.value.reason, refused.value.retry_after) == ("GatewayDown", 300)


@pytest.mark.parametrize("is_trusted", [True, False])
def test_over_tls_a_text_goes_to_whoever_proves_who_he_is(
    moment: Moment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_trusted: bool
) -> None:
    proof = certificate(tmp_path)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(proof))
    inside, got = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), []
    inside.load_cert_chain(proof)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(1)

        def answer() -> None:
            line, _ = door.accept()
            with contextlib.suppress(OSError), inside.wrap_socket(line, server_side=True) as wrapped:
                got.append(heard(wrapped))
                wrapped.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{"code":"OK","id":"a-1"}')

        thread = threading.Thread(target=answer)
        thread.start()
        sender = GatewaySender(f"https://127.0.0.1:{door.getsockname()[1]}", "青", lambda: KEY, now=moment)
        if is_trusted:
            assert sender.send(PHONE, TEXT, OUT_ID).provider_id == "a-1"
        else:
            with pytest.raises(NotSent):
                sender.send(PHONE, TEXT, OUT_ID)
        thread.join()
    assert len(got) == is_trusted, "nothing was said to a stranger"


def certificate(folder: Path) -> Path:
    """A key and a certificate of 127.0.0.1, made for this run."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "gateway")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=CHINA))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=CHINA))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "gateway.pem"
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(written + made.public_bytes(serialization.Encoding.PEM))
    return pem


@pytest.mark.parametrize(
    ("named", "waits"),
    [("90", 90), ("9" * 5_000, 60), ("999999999", 3600), ("0", 60), ("-5", 60), ("９０", 60), ("soon", 60)],
)
def test_whatever_it_says_of_when_to_come_back_nothing_was_sent(moment: Moment, named: str, waits: int) -> None:
    full = GatewaySender(
        "https://gateway", "青", lambda: KEY, now=moment, wire=lambda *_: (429, {"Retry-After": named}, b"{}")
    )
    with pytest.raises(NotSent) as refused:
        full.send(PHONE, TEXT, OUT_ID)
    assert refused.value.retry_after == waits


def test_a_signature_serves_one_way_one_body_and_five_minutes() -> None:
    body = json.dumps({"out_id": OUT_ID}).encode()
    headers = signed(KEY, SEND, body, NOW)
    assert is_signed(KEY, SEND, body, NOW + timedelta(minutes=5), {name.lower(): v for name, v in headers.items()})
    assert not is_signed(KEY, SEND, body, NOW + timedelta(minutes=5, seconds=1), headers)
    assert not is_signed(KEY, SEND, body, NOW - timedelta(minutes=5, seconds=1), headers)
    assert not is_signed(KEY, LOOK_UP, body, NOW, headers)
    assert not is_signed(KEY, SEND, body + b" ", NOW, headers)
    assert not is_signed(b"another", SEND, body, NOW, headers)
    for name in (TIME, NONCE, SIGNATURE):
        assert not is_signed(KEY, SEND, body, NOW, {each: value for each, value in headers.items() if each != name})
        assert not is_signed(KEY, SEND, body, NOW, headers | {name: "０" + headers[name][1:]})
