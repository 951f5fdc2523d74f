"""What is filled into a text for files that are not on the site."""

from __future__ import annotations

from typing import Any, cast

import pytest

from migrate.model.document import EMPTY, Key
from migrate.model.reference import token
from migrate.model.resource import Resource
from migrate.writers.wordpress.elsewhere import Elsewhere
from migrate.writers.wordpress.filling import Filling, without_numbers
from migrate.writers.wordpress.inventory import Inventory

PICTURE = Key("media:x")


@pytest.mark.parametrize(("text", "wanted"), [
    ('<!-- wp:image {"id":0,"sizeSlug":"full"} -->', '<!-- wp:image {"sizeSlug":"full"} -->'),
    ('<!-- wp:file {"href":"/x","id":0} /-->', '<!-- wp:file {"href":"/x"} /-->'),
    ('<!-- wp:video {"id":0} -->', '<!-- wp:video {} -->'),
    ('<!-- wp:image {"id":10,"x":1} -->', '<!-- wp:image {"id":10,"x":1} -->'),
    ('<img src="a" alt="" class="wp-image-0"/>', '<img src="a" alt=""/>'),
    ('<img class="a wp-image-0 b" src="a">', '<img class="a b" src="a">'),
    ('<img class="wp-image-0 b" src="a">', '<img class="b" src="a">'),
    ('<img class="wp-image-01" src="a">', '<img class="wp-image-01" src="a">'),
    ('<code>{"id":0,"class="wp-image-0"}</code>', '<code>{"id":0,"class="wp-image-0"}</code>'),
])
def test_numbers_of_files_that_are_not_there(text: str, wanted: str) -> None:
    assert without_numbers(text) == wanted


def test_a_text_with_a_picture_that_the_site_refused() -> None:
    inventory = cast(Inventory, None)
    filling = Filling(inventory, Elsewhere(inventory))
    filling.predict({PICTURE: "/files/x.jpg"}, EMPTY)
    number, address = token(PICTURE, "id"), token(PICTURE, "url")
    content = f'<!-- wp:image {{"id":{number}}} -->\n<img src="{address}" class="wp-image-{number}"/>'
    fields: dict[str, Any] = {"title": "T", "content": content}
    resource = Resource(key=Key("p"), kind="page", natural_key="page:p", fields=fields, digest="")
    assert filling.settled(resource, {}).fields["content"] == '<!-- wp:image {} -->\n<img src="/files/x.jpg"/>'
