"""SARIF 2.1.0: only known properties, the required ones present, and the official schema where it is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from auditor.model import Result, Status
from auditor.render.sarif import render_failed, render_sarif
from tests.render import factory

# What this program may write, and what the standard requires of it, object by object.
SHAPE: dict[str, tuple[set[str], set[str]]] = {
    "": ({"$schema", "version", "runs"}, {"version", "runs"}),
    "runs": (
        {
            "tool",
            "automationDetails",
            "columnKind",
            "artifacts",
            "invocations",
            "results",
            "properties",
        },
        {"tool"},
    ),
    "tool": ({"driver"}, {"driver"}),
    "driver": ({"name", "version", "language", "rules", "properties"}, {"name"}),
    "rules": ({"id", "shortDescription", "fullDescription", "help", "properties"}, {"id"}),
    "shortDescription": ({"text"}, {"text"}),
    "fullDescription": ({"text"}, {"text"}),
    "help": ({"text"}, {"text"}),
    "automationDetails": ({"id"}, set()),
    "artifacts": ({"location", "roles", "hashes", "encoding"}, set()),
    "location": ({"uri"}, set()),
    "invocations": ({"executionSuccessful", "toolExecutionNotifications"}, {"executionSuccessful"}),
    "toolExecutionNotifications": ({"level", "message"}, {"message"}),
    "results": (
        {"ruleId", "ruleIndex", "kind", "level", "message", "locations", "partialFingerprints", "properties"},
        {"message"},
    ),
    "message": ({"text"}, {"text"}),
    "locations": ({"physicalLocation"}, set()),
    "physicalLocation": ({"artifactLocation", "region"}, {"artifactLocation"}),
    "artifactLocation": ({"uri", "index"}, set()),
    "region": (
        {"startLine", "startColumn", "endLine", "endColumn", "charOffset", "charLength", "snippet"},
        {"startLine"},
    ),
    "snippet": ({"text"}, set()),
}
FREE = {"properties", "hashes", "partialFingerprints"}
LOGS = {
    "failed": lambda: render_sarif(factory.make_result()),
    "passed": lambda: render_sarif(factory.make_good()),
    "poor": lambda: render_sarif(factory.make_poor()),
    "hostile": lambda: render_sarif(factory.make_hostile()),
    "full": lambda: render_sarif(factory.make_result(), full=True),
    "unreadable": lambda: render_failed("收件/坏 的.txt", "文件是空的"),
}


def check(node: Any, name: str = "") -> None:
    if isinstance(node, list):
        for item in node:
            check(item, name)
    elif isinstance(node, dict) and name not in FREE:
        allowed, required = SHAPE[name]
        assert required <= set(node) <= allowed, (name, sorted(node))
        for key, value in node.items():
            check(value, key)


# Closed sets and types of the standard, for every property this program writes.
CLOSED = {
    "columnKind": {"unicodeCodePoints"},
    "kind": {"pass", "open", "informational", "notApplicable", "review", "fail"},
    "level": {"none", "note", "warning", "error"},
    "roles": {"analysisTarget"},
}
TEXTS = {"$schema", "id", "name", "version", "language", "text", "uri", "ruleId", "encoding"}
WHOLE = {"ruleIndex", "index", *(f"{end}{of}" for end in ("start", "end") for of in ("Line", "Column"))}
LISTS = {"runs", "rules", "artifacts", "invocations", "results", "locations", "toolExecutionNotifications"}


def check_values(node: Any, name: str = "") -> None:
    if isinstance(node, list):
        assert name in LISTS | {"roles"}, name
        # The standard wants each of these once.
        assert name == "results" or len({json.dumps(item) for item in node}) == len(node), name
        for item in node:
            check_values(item, name if name == "roles" else "")
        return
    if isinstance(node, dict):
        assert name not in LISTS
        for key, value in node.items():
            if key not in FREE:
                check_values(value, key)
            else:
                assert isinstance(value, dict)
                if key != "properties":
                    assert all(isinstance(item, str) and item for item in value.values())
        return
    if name in CLOSED:
        assert node in CLOSED[name], (name, node)
    elif name in TEXTS:
        assert isinstance(node, str) and node, name
    elif name in WHOLE | {"charOffset", "charLength"}:
        assert type(node) is int and node >= (0 if name in ("ruleIndex", "index") or "char" in name else 1)
    else:
        assert name == "executionSuccessful" and isinstance(node, bool), name


@pytest.mark.parametrize("name", sorted(LOGS))
def test_values(name: str) -> None:
    log = json.loads(LOGS[name]())
    check_values(log)
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    for entry in run["results"]:
        region = entry["locations"][0]["physicalLocation"]["region"]
        if "endLine" in region:
            start = (region["startLine"], region["startColumn"])
            assert start < (region["endLine"], region["endColumn"])


@pytest.mark.parametrize("name", sorted(LOGS))
def test_shape(name: str) -> None:
    log = json.loads(LOGS[name]())
    check(log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"].get("rules", [])
    assert len({rule["id"] for rule in rules}) == len(rules)
    for entry in run["results"]:
        assert rules[entry["ruleIndex"]]["id"] == entry["ruleId"]
        open_ = entry["kind"] == "fail"
        assert entry["level"] in (("error", "warning", "note") if open_ else ("none",))
        assert open_ or (name == "full" and entry["kind"] in ("pass", "notApplicable"))
        region = entry["locations"][0]["physicalLocation"]["region"]
        assert all(
            value >= (0 if key.startswith("char") else 1) for key, value in region.items() if key != "snippet"
        )
    for artifact in run["artifacts"]:
        uri = artifact["location"]["uri"]
        assert uri.isascii() and "\\" not in uri and ":" not in uri and not uri.startswith("/")


def schema_file() -> Path | None:
    """The official schema: named by AUDIT_SARIF_SCHEMA, or beside the project."""
    shared = Path(__file__).resolve().parents[3] / "shared" / "schemas" / "sarif-schema-2.1.0.json"
    for path in (Path(os.environ.get("AUDIT_SARIF_SCHEMA", "")), shared):
        if path.is_file():
            return path
    return None


@pytest.mark.skipif(
    schema_file() is None, reason="没有 SARIF 2.1.0 的官方 JSON Schema（用 AUDIT_SARIF_SCHEMA 指明文件）"
)
@pytest.mark.parametrize("name", sorted(LOGS))
def test_official_schema(name: str) -> None:
    import jsonschema

    path = schema_file()
    assert path is not None
    schema = json.loads(path.read_text("utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator(schema).validate(json.loads(LOGS[name]()))


def test_the_full_log_tells_every_element_once() -> None:
    result = factory.make_result()
    (some,) = json.loads(render_sarif(result))["runs"]
    (run,) = json.loads(render_sarif(result, full=True))["runs"]
    assert run["results"][: len(some["results"])] == some["results"]
    told = {r["ruleId"]: r["properties"]["status"] for r in run["results"] if "status" in r["properties"]}
    assert told == {e.id: e.status.value for e in result.elements}
    kinds = {r["ruleId"]: r["kind"] for r in run["results"]}
    assert {kinds[e.id] for e in result.elements if e.status is Status.COVERED} == {"pass"}
    assert {kinds[e.id] for e in result.elements if e.status is Status.NA} == {"notApplicable"}


def test_levels_follow_the_gate() -> None:
    result: Result = factory.make_result()
    (run,) = json.loads(render_sarif(result))["runs"]
    failed = {failure.rule.removeprefix("finding:") for failure in result.gate.failures}
    errors = {
        entry["properties"].get("finding", entry["ruleId"])
        for entry in run["results"]
        if entry["level"] == "error"
    }
    assert errors == failed
