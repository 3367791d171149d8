"""Taking in the body of a request that has a file in it, however large somebody makes it.

A small file stays in memory, a larger one goes to disk as it comes; one above the limit goes nowhere.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

# What is a little too large is read to its end and thrown away: a browser that is cut off while it
# sends shows an error of its own, and not our sentence.
READ_TO_THE_END = 2


@dataclass(frozen=True)
class Refusal:
    """Why there is no file in a request that should have one. status: of the answer."""

    sentence: str
    status: int


CUT_OFF = Refusal(
    "The file didn’t arrive whole, as the connection broke off. Nothing of it was kept: send it again.", 400
)


def too_large(most: int) -> Refusal:
    return Refusal(
        f"The file is larger than {most // 2**20} MB, the most that can be sent at once. Nothing of it was "
        "kept: send it in several files, by trust or by month.",
        413,
    )


def take_in(request: HttpRequest, most: int) -> Refusal | None:
    """Reads the body of a POST, after which request.POST and request.FILES have what is in it. To
    be called before anything else asks for those, so the view must be exempt from the check of the
    CSRF token, and check it afterwards. most: bytes that the files may have together."""
    limit = _Limit(request, most)
    request.upload_handlers = [limit, *request.upload_handlers]
    try:
        _ = request.POST
    except (MultiPartParserError, UnreadablePostError):
        return CUT_OFF
    return limit.refusal


class _Limit(FileUploadHandler):
    """Stands before the handlers that keep files, and hands on what it lets through."""

    def __init__(self, request: HttpRequest, most: int):
        super().__init__(request)
        self.refusal: Refusal | None = None
        self._most, self._claimed, self._received = most, 0, 0

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int, *rest: Any
    ) -> None:
        self._claimed = content_length

    def new_file(self, *args: Any, **named: Any) -> None:
        super().new_file(*args, **named)
        # Here and not before, so that the form's other fields have been read. They have room too.
        if self._claimed > self._most + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            self._stop()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._received += len(raw_data)
        if self._received > self._most:
            self._stop()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The file is for the next handler to give."""

    def upload_interrupted(self) -> None:
        self.refusal = CUT_OFF

    def _stop(self) -> None:
        self.refusal = too_large(self._most)
        raise StopUpload(connection_reset=self._claimed > READ_TO_THE_END * self._most)
