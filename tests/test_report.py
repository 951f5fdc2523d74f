"""The report: a row for each page, totals that add up, findings where they belong, and the schema."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from migrate.findings import Finding, Severity
from migrate.model.document import Document, Key
from migrate.model.plan import Action, Operation
from migrate.model.site import Media, Redirect, Site
from migrate.report import as_json, group_rows, grouped, report_of, unchanged
from migrate.report_rows import Facts, Line, Page, line_of
from tests.resources import made, wanted

SCHEMA = json.loads((Path(__file__).resolve().parents[1] / "docs/report.schema.json").read_text(encoding="utf-8"))


def page(name, **more):
    return Document(
        **{
            "key": Key(name),
            "source": f"01.{name}/item.md",
            "folder": f"01.{name}",
            "template": "item",
            "translation_group": f"/{name}",
            "slug": name,
            "route": f"/{name}",
            "raw_route": f"/{name}",
            "url": f"/{name}",
            "title": name.title(),
            "address": f"/{name}/",
            **more,
        }
    )


def noticed(code="G204", severity="warning", subject="01.a/item.md", line=3):
    return Finding(code=code, severity=Severity(severity), subject=subject, line=line, message="m", advice="a")


def operation(action, key="a", **more):
    return Operation(action=action, key=Key(key), resource=wanted(key, source=f"01.{key}/item.md"), **more)


def report(documents, lines, pages=None, **more):
    site_facts = {name: more.pop(name) for name in ("media", "redirects", "findings", "selected") if name in more}
    site = Site(root="/s", pages_root="/s/pages", documents=tuple(documents), **site_facts)
    pages = [Page(d.key, d.source) for d in documents if d.standing == "public"] if pages is None else pages
    made_of = Facts(
        target="hugo",
        source="user",
        target_url="https://example.org/",
        site=site,
        pages=pages,
        lines=lines,
        findings=more.pop("of_the_run", ()),
    )
    result = report_of(made_of)
    jsonschema.validate(result.content, SCHEMA)
    assert json.loads(as_json(result.content)) == result.content
    return result


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_row_for_each_page():
    result = report([page("a", language="kk", findings=(noticed(),))], [line_of(operation(Action.CREATE))])
    assert result.content["pages"] == [
        {
            "source": "01.a/item.md",
            "language": "kk",
            "action": "create",
            "old_url": "/a",
            "new_url": "/a/",
            "target_id": "content/a.md",
            "findings": [{"code": "G204", "severity": "warning", "line": 3, "message": "m", "advice": "a"}],
        }
    ]
    assert result.content["totals"]["create"] == 1
    assert (result.changes, result.trouble, result.warnings) == (1, 0, 1)


@pytest.mark.parametrize(
    ("line", "action", "target_id", "new_url"),
    [
        (line_of(operation(Action.KEEP, entry=made("a"))), "keep", "content/a.md", "/a/"),
        (line_of(operation(Action.CONFLICT, code="G441", why="content/a.md")), "conflict", None, None),
        (line_of(operation(Action.CONFLICT, code="G442", why="x", entry=made("a"))), "conflict", "content/a.md", "/a/"),
        (line_of(operation(Action.CREATE), "no room"), "failed", None, None),
        (line_of(operation(Action.UPDATE, entry=made("a")), "no room"), "failed", "content/a.md", "/a/"),
        (line_of(operation(Action.CONFLICT, code="G448", why="unreadable")), "failed", None, None),
        (None, "failed", None, None),
    ],
)
def test_what_became_of_a_page(line, action, target_id, new_url):
    result = report([page("a")], [line] if line else [])
    [row] = result.content["pages"]
    assert (row["action"], row["target_id"], row["new_url"]) == (action, target_id, new_url)
    assert bool(row["findings"]) == (action in ("conflict", "failed") and line is not None)


def test_a_page_that_broke_has_failed_and_says_why():
    why = noticed("G449", "error")
    result = report([page("a")], [], [Page(Key("a"), "01.a/item.md", (why,), broken=True)])
    [row] = result.content["pages"]
    assert (row["action"], row["findings"][0]["code"], result.trouble) == ("failed", "G449", 1)


def test_modules_merged_copies_and_what_is_left_out_have_rows_too():
    documents = [
        page("a", modules=(Key("m"),), findings=(noticed(),)),
        page("m", modular=True, standing="module", findings=(noticed(subject="01.m/item.md"),)),
        page("twin", standing="merged", url="/a"),
        page("lonely", modular=True, standing="module"),
        page("draft", standing="skipped", address="", findings=(noticed("G325", "info", "01.draft/item.md"),)),
    ]
    in_text = noticed("G205", subject="01.m/item.md")
    result = report(documents, [line_of(operation(Action.CREATE))], [Page(Key("a"), "01.a/item.md", (in_text,))])
    rows = {row["source"]: row for row in result.content["pages"]}
    assert rows["01.m/item.md"]["shown_in"] == "01.a/item.md"
    assert rows["01.m/item.md"]["target_id"] == "content/a.md"
    assert [finding["code"] for finding in rows["01.m/item.md"]["findings"]] == ["G204", "G205"]
    assert [finding.get("subject") for finding in rows["01.a/item.md"]["findings"]] == [None, "01.m/item.md"]
    merged = rows["01.twin/item.md"]
    assert (merged["action"], merged["merged_into"], merged["target_id"]) == ("merged", "01.a/item.md", "content/a.md")
    left_out = rows["01.draft/item.md"]
    assert (left_out["action"], left_out["target_id"], left_out["new_url"]) == ("skipped", None, None)
    assert left_out["findings"][0]["code"] == "G325"
    lonely = rows["01.lonely/item.md"]
    assert (lonely["action"], lonely["target_id"], lonely["findings"][0]["code"]) == ("skipped", None, "G451")
    totals = result.content["totals"]
    assert (totals["create"], totals["merged"], totals["skipped"], sum(totals.values())) == (1, 1, 2, 4)


def test_what_was_not_asked_for_has_no_row():
    documents = [page("a"), page("twin", standing="merged"), page("m", modular=True, standing="module")]
    result = report(
        documents, [line_of(operation(Action.CREATE))], [Page(Key("a"), "01.a/item.md")], selected=frozenset({Key("a")})
    )
    assert [row["source"] for row in result.content["pages"]] == ["01.a/item.md"]
    assert result.content["findings"] == []


def test_what_a_target_says_of_what_was_not_asked_for_is_not_told():
    documents = [page("a"), page("b"), page("m", modular=True, standing="module")]
    media = {
        Key(f"media:{folder}/p.svg"): Media(
            key=Key(f"media:{folder}/p.svg"), path="/p.svg", folder=folder, name="p.svg", kind="vector", address=""
        )
        for folder in ("01.a", "01.b")
    }
    subjects = ("01.a/item.md", "01.b/item.md", "01.m/item.md", "01.a/p.svg", "01.b/p.svg", "https://example.org")
    told = tuple(noticed("G629", subject=subject) for subject in subjects)
    lines = [line_of(operation(Action.CREATE))]
    more = {"media": media, "of_the_run": told}
    some = report(documents, lines, [Page(Key("a"), "01.a/item.md")], selected=frozenset({Key("a")}), **more)
    assert [(group.count, [finding.subject for finding in group.first]) for group in some.groups] == [
        (3, ["01.a/item.md", "01.a/p.svg", "https://example.org"])
    ]
    whole = report(documents, lines, [Page(Key("a"), "01.a/item.md")], **more)
    assert [group.count for group in whole.groups if group.code == "G629"] == [6]


def test_an_address_that_leads_on_has_one_row_with_its_own_status():
    redirects = (Redirect(origin="/was", goal="/a/", status=302), Redirect(origin="/old", goal="/a/", status=301))
    result = report([page("a", redirects_from=("/was", "/old"))], [], redirects=redirects)
    assert [(row["from"], row["status"]) for row in result.content["redirects"]] == [("/was", 302), ("/old", 301)]


def test_media_redirects_and_what_is_left_over():
    media = Media(
        key=Key("pic"),
        path="/s/pages/01.a/p.jpg",
        folder="01.a",
        name="p.jpg",
        kind="image",
        address="/a/p.jpg",
        findings=(noticed("G150", "info", "01.a/p.jpg", 0),),
    )
    lines = [
        line_of(operation(Action.CREATE)),
        Line("create", Key("pic"), "media", "content/a/p.jpg", "content/a/p.jpg"),
        line_of(Operation(action=Action.ORPHAN, key=Key("old"), entry=made("old"), code="G446", why="content/old.md")),
        Line("create", Key("layout:x"), "layout", "layouts/x.html", "layouts/x.html"),
    ]
    result = report(
        [page("a", redirects_from=("/was/",))],
        lines,
        media={Key("pic"): media},
        redirects=(Redirect(origin="/old/*", goal="/new/:splat", status=301, pattern=True),),
    )
    content = result.content
    assert content["media"] == [
        {"source": "01.a/p.jpg", "action": "create", "new_url": "/a/p.jpg", "target_id": "content/a/p.jpg"}
    ]
    assert content["redirects"] == [
        {"from": "/was/", "to": "/a/", "status": 301},
        {"from": "/old/*", "to": "/new/:splat", "status": 301, "pattern": True},
    ]
    assert content["left_over"] == [{"target_id": "content/old.md", "kind": "page", "action": "orphan", "key": "old"}]
    assert content["files"]["layout"]["create"] == 1
    assert {finding["subject"] for finding in content["findings"]} == {"01.a/p.jpg", "content/old.md"}


def test_a_finding_is_counted_once():
    same = noticed()
    result = report(
        [page("a", findings=(same,))],
        [line_of(operation(Action.CREATE))],
        [Page(Key("a"), "01.a/item.md", (same,))],
        findings=(same,),
    )
    assert len(result.content["pages"][0]["findings"]) == 1
    assert result.warnings == 1


def test_groups_begin_with_the_worst():
    findings = (
        [noticed("G130", "info")] * 1
        + [noticed("G204", line=n) for n in range(5)]
        + [noticed("G300", "info"), noticed("G300", "error", line=9)]
    )
    groups = grouped(findings)
    assert [(group.code, group.severity, group.count) for group in groups] == [
        ("G300", "error", 2),
        ("G204", "warning", 5),
        ("G130", "info", 1),
    ]
    assert groups[0].first[0].line == 9
    assert len(groups[1].first) == 3
    assert group_rows(groups)[1]["first"][0] == ["01.a/item.md", 0, "m", "a"]


def test_the_report_of_a_repetition_keeps_everything():
    media = Media(key=Key("pic"), path="/p.jpg", folder="01.a", name="p.jpg", kind="image", address="/a/p.jpg")
    lines = [
        line_of(operation(Action.CREATE)),
        line_of(operation(Action.UPDATE, "b", entry=made("b"))),
        Line("adopt", Key("pic"), "media", "x", "x"),
        line_of(Operation(action=Action.DELETE, key=Key("old"), entry=made("old"))),
        line_of(Operation(action=Action.FORGET, key=Key("older"), entry=made("older"))),
    ]
    first = report([page("a"), page("b"), page("c", standing="skipped")], lines, media={Key("pic"): media}).content
    again = unchanged(first)
    jsonschema.validate(again, SCHEMA)
    assert {row["action"] for row in again["pages"]} == {"keep", "skipped"}
    assert (again["totals"]["keep"], again["totals"]["skipped"], sum(again["totals"].values())) == (2, 1, 3)
    assert again["files"]["media"]["keep"] == 1
    assert again["left_over"] == []
    assert unchanged(again) == again


def test_nothing_is_lost_without_a_word():
    documents = [page(name) for name in "abc"] + [replace(page("m"), modular=True, standing="module")]
    documents[0] = replace(documents[0], modules=(Key("m"),))
    result = report(documents, [line_of(operation(Action.CREATE, name)) for name in "abc"])
    assert {row["source"] for row in result.content["pages"]} == {document.source for document in documents}
