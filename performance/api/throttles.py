"""How often one token, or one address without a token, may ask."""

from typing import Any

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

MOST_A_MINUTE = 600


class PerCaller(SimpleRateThrottle):
    cache = caches["throttles"]
    rate = f"{MOST_A_MINUTE}/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return f"token-{request.auth.pk}" if request.auth else f"address-{self.get_ident(request)}"
