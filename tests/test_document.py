"""The model's one function."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrate.model.document import changed
from tests.mappers.sites import page


def test_a_changed_document_is_a_replaced_one() -> None:
    document = page("01.news", header={"a": 1})
    assert changed(document, title="Other", address="/x/") == replace(document, title="Other", address="/x/")
    assert changed(document) == document
    assert document.title == "News"


def test_a_document_has_no_further_fields() -> None:
    with pytest.raises(KeyError):
        changed(page("a"), tilte="x")
