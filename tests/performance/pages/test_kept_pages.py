"""Pages that are kept as they were last made."""

import gzip

import pytest

from tests.performance.pages.reading import read

MEASURE = "/measures/accommodation-at-termination/"
COMPRESSED = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("address", ["/", MEASURE, "/releases/1/trusts/", "/releases/1/"])
def test_a_page_that_was_made_before_takes_one_query(client, release_one, django_assert_num_queries, address):
    first = client.get(address)

    with django_assert_num_queries(1):
        again = client.get(address)

    assert again.content == first.content


def test_a_kept_page_is_the_same_compressed_and_not(client, release_one):
    plain, compressed = client.get("/"), client.get("/", headers=COMPRESSED)

    assert not plain.has_header("Content-Encoding")
    assert compressed["Content-Encoding"] == "gzip"
    assert gzip.decompress(compressed.content) == plain.content
    assert {plain["Vary"], compressed["Vary"]} == {"Accept-Encoding"}


@pytest.mark.parametrize("said", ["", "br"])
def test_whoever_takes_no_gzip_gets_none(client, release_one, said):
    client.get("/")
    response = client.get("/", headers={"Accept-Encoding": said})

    assert not response.has_header("Content-Encoding")
    assert read(response.content.decode()).one("h1").text


def test_two_addresses_two_queries_and_two_hosts_are_three_pages(client, release_one, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    first = client.get("/trusts/", headers={"Host": "one.example"}).content.decode()
    second = client.get("/trusts/", headers={"Host": "two.example"}).content.decode()
    third = client.get("/trusts/?region=london-region", headers={"Host": "one.example"}).content.decode()

    assert "one.example" in first
    assert "two.example" not in first
    assert "one.example" not in second
    assert third not in (first, second)


def test_a_page_that_is_not_there_is_not_kept(client, release_one, django_assert_max_num_queries):
    for _ in range(2):
        assert client.get("/trusts/nowhere/").status_code == 404


def test_a_file_is_sent_as_a_stream_each_time(client, release_one):
    address = "/measures/binary-rate.csv"

    assert client.get(address).streaming
    assert client.get(address).getvalue() == client.get(address).getvalue()


def test_developers_see_their_changes_at_once(client, release_one, settings):
    settings.DEBUG = True

    assert client.get("/")["ETag"] != client.get("/")["ETag"]
