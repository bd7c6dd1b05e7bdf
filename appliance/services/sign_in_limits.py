"""How often somebody may try to sign in."""

import math

from appliance.domain.rate import Buckets, network_of
from appliance.domain.refusal import Refused
from appliance.services.ports import Clock


class SignInLimits:
    """Slows guessing without letting a stranger lock anybody out.

    `burst` tries at once and then one each `seconds` for an account from one network. An office that shares
    an address has ten times as much, and so has an account over all networks: a guesser with many addresses
    still gets nowhere against a good password, and the owner is only slowed while it lasts.
    """

    def __init__(self, clock: Clock, *, burst: int = 8, seconds: float = 20.0) -> None:
        self._clock = clock
        self._pairs = Buckets(1 / seconds, burst)
        self._networks = Buckets(10 / seconds, 10 * burst)
        self._accounts = Buckets(10 / seconds, 10 * burst)

    def count(self, email: str, address: str) -> None:
        """Before a try. Raises `Refused("too_fast")`; a try that is refused costs nothing."""
        now = self._clock().timestamp()
        network, account = network_of(address), email[:254]
        taken = [
            self._pairs.of(f"{network} {account}", now),
            self._networks.of(network, now),
            self._accounts.of(account, now),
        ]
        wait = max(bucket.wait(now) for bucket in taken)
        if wait > 0:
            for bucket in taken:
                bucket.give_back()
            raise Refused("too_fast", retry_after=math.ceil(wait * 10) / 10)

    def succeeded(self, email: str, address: str) -> None:
        """After a try with the right password: it was no guess."""
        now = self._clock().timestamp()
        network, account = network_of(address), email[:254]
        self._pairs.forget(f"{network} {account}")
        self._networks.of(network, now).give_back()
        self._accounts.of(account, now).give_back()
