"""Every document round-trips, and yesterday's files still open."""

import importlib.util
import json
from pathlib import Path

import pytest

from libs.common import documents
from libs.common.media.brief import Brief
from libs.common.media.errors import InvalidInput

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("document_samples", HERE / "samples.py")
samples = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(samples)
ALL = {type(document).__name__: document for document in samples.SAMPLES_OF_ALL}


def test_there_is_a_sample_of_every_document():
    assert set(ALL) == {kind.__name__ for kind in documents.VERSIONS}


@pytest.mark.parametrize("name", ALL)
def test_a_document_comes_back_equal(name):
    document = ALL[name]
    assert documents.load(type(document), documents.dump(document)) == document


@pytest.mark.parametrize("name", ALL)
def test_the_golden_file_of_each_version_opens_as_the_sample(name):
    kind = type(ALL[name])
    for version in range(1, documents.VERSIONS[kind] + 1):
        golden = HERE / "golden" / f"{name}.v{version}.json"
        assert documents.load(kind, golden.read_bytes()) == ALL[name], f"write it with python {HERE}/write_golden.py"


@pytest.mark.parametrize("name", ALL)
def test_todays_bytes_are_the_newest_golden_file(name):
    document = ALL[name]
    golden = HERE / "golden" / f"{name}.v{documents.VERSIONS[type(document)]}.json"
    assert documents.dump(document) == golden.read_bytes()


def test_equal_documents_are_equal_bytes():
    again = documents.load(Brief, documents.dump(samples.BRIEF))
    assert documents.dump(again) == documents.dump(samples.BRIEF)


def test_an_older_version_is_upgraded_step_by_step(monkeypatch):
    monkeypatch.setitem(documents.VERSIONS, Brief, 3)
    monkeypatch.setitem(documents.UPGRADES, ("Brief", 1), lambda body: {**body, "length_s": body["length_s"] + 1})
    monkeypatch.setitem(documents.UPGRADES, ("Brief", 2), lambda body: {**body, "length_s": body["length_s"] * 2})
    old = (HERE / "golden" / "Brief.v1.json").read_bytes()
    assert documents.load(Brief, old).length_s == (samples.BRIEF.length_s + 1) * 2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not json", "document.unreadable"),
        (b"[]", "document.unreadable"),
        *(
            (b'{"schema":"Brief","version":%s,"body":{}}' % bad, "document.unreadable")
            for bad in (b'"1"', b"null", b"true", b"1.0", b"0", b"-1", b"[]")
        ),
        (b'{"schema":"Scene","version":1,"body":{}}', "document.wrong_schema"),
        (b'{"schema":"Brief","version":99,"body":{}}', "document.too_new"),
        (b'{"schema":"Brief","version":1,"body":{}}', "document.invalid"),
    ],
)
def test_what_is_no_such_document_is_refused(data, code):
    with pytest.raises(InvalidInput) as caught:
        documents.load(Brief, data)
    assert caught.value.code == code


def test_a_brief_with_an_unknown_field_is_refused():
    envelope = json.loads(documents.dump(samples.BRIEF))
    envelope["body"]["colour"] = "red"
    with pytest.raises(InvalidInput, match="colour"):
        documents.load(Brief, json.dumps(envelope).encode())
