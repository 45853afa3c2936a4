"""Senders of the notices' proof: one in a process that dies now and then, and a naive one that sends blindly again."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.notices.senders import Fate, NotSent, Sender, Sent, Unknown
from infra.gateway.model import Gateway


class Died(BaseException):
    """The process was killed here."""


@dataclass
class Mortal:
    """A sender in a process that dies now and then, before it sent or before it could say so."""

    sender: Sender
    gateway: Gateway
    odds: Callable[[], float]
    """How likely it dies with this text: a process that sends many has many of them before it."""

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        at = self.gateway.draw(f"{out_id}|dies")
        dies = self.odds()
        if at < dies / 2:
            self.gateway.met["process died before it sent"] += 1
            raise Died
        sent = self.sender.send(phone, text, out_id)
        if at < dies:
            self.gateway.met["process died before it wrote down"] += 1
            raise Died
        return sent

    def ask(self, out_id: str) -> Fate | None:
        return self.sender.ask(out_id)


class BlindlyAgain(Mortal):
    """A naive design: whatever was not confirmed is sent again."""

    def send(self, phone: str, text: str, out_id: str) -> Sent:
        try:
            return super().send(phone, text, out_id)
        except Unknown as lost:
            raise NotSent(str(lost), retry=True) from None
