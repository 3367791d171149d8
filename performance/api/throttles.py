"""How often one token, or one address without a token, may ask; and how often one address may be refused."""

from typing import Any

from django.core.cache import caches
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

MOST_A_MINUTE, MOST_REFUSALS = 600, 60


class Throttle(SimpleRateThrottle):
    @property
    def cache(self) -> Any:
        return caches["throttles"]


class PerCaller(Throttle):
    rate = f"{MOST_A_MINUTE}/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"token-{request.auth.pk}" if request.auth else f"address-{self.get_ident(request)}"


class Refusals(Throttle):
    rate = f"{MOST_REFUSALS}/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"refused-{self.get_ident(request)}"


def count_refusal(request: Request) -> None:
    """Of somebody who isn't known, before anything else was counted. Raises Throttled after too many."""
    throttle = Refusals()
    if not throttle.allow_request(request, None):
        raise Throttled(wait=throttle.wait())
