"""What a file is shows in its bytes, whatever its name says."""

import gzip

import pytest

from tests.performance.returns.files.making import refused, saved, the_only, zip_of

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("content", "code", "what"),
    [
        (b"%PDF-1.7\n1,2\n", "another-kind", "is a PDF document"),
        (gzip.compress(b"a,b\n1,2\n"), "another-kind", "is packed with gzip"),
        (b"\x89PNG\r\n\x1a\n", "another-kind", "is a picture"),
        (b"\xff\xd8\xff\xe0JFIF", "another-kind", "is a picture"),
        (b"{\\rtf1 a,b}", "another-kind", "is a text document"),
        (b"7z\xbc\xaf\x27\x1c", "another-kind", "is a 7z archive"),
        (b"\n <HTML><table><tr><td>1", "another-kind", "is a web page"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "another-kind", "is a web page"),
        (b"<?xml version='1.0'?><Workbook/>", "another-kind", "is XML"),
        (zip_of({"return.csv": "a,b"}), "another-kind", "is a zip archive"),
        (zip_of({"word/document.xml": "<a/>"}), "another-kind", "is a Word document"),
        (zip_of({"xl/workbook.bin": "?"}), "another-kind", "is a binary workbook (XLSB)"),
        (zip_of({}), "another-kind", "is a zip archive"),
        ("a,b\n1,£\n".encode("utf-16"), "utf-16", "is text in UTF-16"),
        (b"\xfe\xff" + "a,b\n".encode("utf-16-be"), "utf-16", "is text in UTF-16"),
        (OLD, "old-workbook", "is of a format that Excel used until 2003"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "password-protected", "opens with a password only"),
        (b"PARE" + bytes(20), "password-protected", "is an encrypted Parquet file"),
    ],
    # Bytes make no names: gzip has the hour in them.
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_file_that_is_no_table_of_ours(tmp_path, content, code, what):
    found = the_only(refused(saved(tmp_path / "file", content), "return.csv"))

    assert (found.code, found.row, found.column) == (code, None, "")
    assert found.sentence.startswith(f"'return.csv' {what}")
    # And what to do about it.
    assert found.sentence.count(". ") == 1


def test_text_in_utf_16_without_a_mark_has_nul_bytes(tmp_path):
    found = the_only(refused(saved(tmp_path / "file", "a,b\n1,2\n".encode("utf-16-le"))))

    assert (found.code, found.row) == ("nul-byte", 1)
