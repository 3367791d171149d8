"""Pages as they were last made. A release, the code and an address decide a page altogether, so it is
made once, and kept compressed in each web process until others push it out."""

import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

# As Django's own GZipMiddleware asks.
ACCEPTS_GZIP = re.compile(r"\bgzip\b")
# Most of what can be gained, in a third of the time of the best.
LEVEL = 6


@dataclass(frozen=True)
class KeptPage:
    """`body` is compressed with gzip; `headers` are those that the page came with."""

    body: bytes
    headers: dict[str, str]

    @classmethod
    def of(cls, response: HttpResponse) -> "KeptPage":
        return cls(gzip.compress(response.content, LEVEL, mtime=0), dict(response.items()))

    def answer(self, request: HttpRequest) -> HttpResponse:
        is_compressed = bool(ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")))
        body = self.body if is_compressed else gzip.decompress(self.body)
        response = HttpResponse(body, headers=self.headers)
        if is_compressed:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def kept(request: HttpRequest, version: str, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The page at this address in this version, made now unless that was done before. What is sent
    as a stream, or isn't a page, is passed on."""
    key = _key(request, version)
    page: KeptPage | None = cache.get(key)
    if page is None:
        response = make()
        if not isinstance(response, HttpResponse) or response.status_code != 200:
            return response
        page = KeptPage.of(response)
        cache.set(key, page)
    return page.answer(request)


def _key(request: HttpRequest, version: str) -> str:
    """With the host, as pages say where they will stand."""
    address = request.build_absolute_uri(request.get_full_path())
    return f"page-{hashlib.sha256(f'{version} {address}'.encode()).hexdigest()}"
