"""Answers as JSON or as CSV: by `format` in the address or by what the program says that it accepts."""

from collections.abc import Sequence
from typing import Any

import orjson
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from performance.api.problems import BadQuery, Error


class Json(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        return b"" if data is None else orjson.dumps(data, option=orjson.OPT_UTC_Z)


class Csv(Json):
    """Tables alone are CSV, and are written elsewhere: what comes here is a problem, which is told as JSON
    whatever was asked."""

    media_type = "text/csv"
    format = "csv"


class Negotiation(DefaultContentNegotiation):
    """A format that there isn't is named with those that there are. A program that asks for a kind of
    answer that there isn't, as browsers do, gets JSON."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        formats = {renderer.format: renderer for renderer in renderers}
        asked = request.query_params.get(self.settings.URL_FORMAT_OVERRIDE)
        if asked is not None:
            if asked not in formats:
                raise BadQuery([Error("format", f"There is no format '{asked[:20]}' here.", [*formats])])
            return formats[asked], formats[asked].media_type
        accepted = request.headers.get("Accept", "")
        if Csv.media_type in accepted and Json.media_type not in accepted and "csv" in formats:
            return formats["csv"], Csv.media_type
        return renderers[0], renderers[0].media_type
