"""What makes finished work unfit to be taken over."""

from __future__ import annotations

import pytest

from services.composition import salt, text
from services.composition.settings import CompositionSettings, Drawing

KERNEL = CompositionSettings(executor=Drawing.kernel)


def test_another_encoder_preset_or_executor_is_another_picture():
    salts = {salt.picture_salt(KERNEL.model_copy(update=change)) for change in ({}, {"encoder": "draft"}, {"executor": Drawing.opencv})}
    assert len(salts) == 3


@pytest.mark.parametrize("library", salt.LIBRARIES)
def test_another_version_of_a_library_is_another_picture(library, monkeypatch):
    before = salt.picture_salt(KERNEL)
    installed = salt.version
    monkeypatch.setattr(salt, "version", lambda name: "0.0.1" if name == library else installed(name))
    monkeypatch.setattr(salt, "library_salt", salt.library_salt.__wrapped__)
    assert salt.picture_salt(KERNEL) != before


def test_other_fonts_are_another_picture(monkeypatch):
    before = text.fonts_fingerprint()
    monkeypatch.setattr(text, "FALLBACKS", ("Noto Color Emoji",))
    assert text.fonts_fingerprint.__wrapped__() != before


def test_the_domain_counts_as_source_because_it_has_the_safe_areas(monkeypatch):
    before = salt.source_salt()
    monkeypatch.setattr(salt, "source_fingerprint", lambda folder: folder.name)
    assert salt.source_salt.__wrapped__().split() == ["composition", "media"]
    assert len(before.split()) == 2
