"""Which drawings stand over a scene, and when."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction

from libs.common.blobs.base import MEDIA_TYPES, BlobStore
from libs.common.media.blob import BlobRef
from libs.common.media.brief import BrandKit, Brief, Language, Price, Scenario
from libs.common.media.footage import MediaKind
from libs.common.media.storyboard import Scene, SceneRole
from libs.common.media.timeline import Clip, Cut, Overlay, OverlayKind

AI_LABEL = {Language.zh: "AI生成", Language.en: "AI-generated"}
"""GB 45438-2025, 5.4: an AI element and a generation element."""
LABEL_S = Fraction(3)
LABEL_LEAST_S = Fraction(2)
"""GB 45438-2025, 5.4: at least two seconds."""
HEADING_S = Fraction(5, 2)
HEADING_DELAY_S = Fraction(1, 5)
TAG_DELAY_S = Fraction(2, 5)

WORD_MARK_CELLS = 40
"""What fits beside the label in two lines: 20 Chinese characters, or twice as many letters."""

SYMBOLS = {"CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "KRW": "₩", "TWD": "NT$", "INR": "₹"}


def overlays(
    brief: Brief, scene: Scene, clips: tuple[Clip, ...], previous: Cut | None, *, length: int, rate: Fraction, blobs: BlobStore
) -> tuple[Overlay, ...]:
    tag = _price_tag(brief, scene, length, rate)
    found = (
        _logo(brief.product.brand, previous, length, blobs),
        _label(brief.language, previous, length, rate),
        None if _names_price(scene, tag, brief) else _heading(scene, clips, length, rate),
        tag,
    )
    return tuple(overlay for overlay in found if overlay is not None)


def money(price: Decimal, currency: str) -> str:
    """`¥199`, `$19.90`, `CHF 20`: no cents where there are none."""
    amount = f"{price:,.2f}".removesuffix(".00")
    symbol = SYMBOLS.get(currency)
    return f"{symbol}{amount}" if symbol else f"{currency} {amount}"


def _logo(brand: BrandKit | None, previous: Cut | None, length: int, blobs: BlobStore) -> Overlay | None:
    """The logo's image, or the brand's name set as a word mark if it is short enough for one; from the first frame to the last."""
    if brand is None or (brand.logo is None and brand.name is None):
        return None
    image = None
    if brand.logo is not None and brand.logo.upload is not None:
        key = brand.logo.upload
        ext = key.rpartition(".")[2]
        image = BlobRef(key=key, size_bytes=blobs.size(key), media_type=MEDIA_TYPES.get(ext, f"image/{ext}"))
    if image is None and (brand.name is None or _cells(brand.name) > WORD_MARK_CELLS):
        return None
    return Overlay(
        kind=OverlayKind.logo, start=0, length=length, image=image, text="" if image else brand.name or "", enters=previous is None
    )


def _label(language: Language, previous: Cut | None, length: int, rate: Fraction) -> Overlay | None:
    """In the first scene; also in the second where the first was too short for it."""
    text = AI_LABEL[language]
    if previous is None:
        return Overlay(kind=OverlayKind.label, start=0, length=min(length, int(LABEL_S * rate)), text=text, enters=False)
    if previous.scene == 0 and previous.length < LABEL_LEAST_S * rate:
        return Overlay(kind=OverlayKind.label, start=0, length=min(length, int(LABEL_LEAST_S * rate)), text=text, enters=False)
    return None


def _heading(scene: Scene, clips: tuple[Clip, ...], length: int, rate: Fraction) -> Overlay | None:
    """Not over a card, which shows the same words."""
    text = scene.on_screen_text.strip()
    start = min(round(HEADING_DELAY_S * rate), length - 1)
    until = min([start + int(HEADING_S * rate), length] + [clip.start for clip in clips if clip.media.kind is MediaKind.card])
    if not text or until <= start:
        return None
    return Overlay(kind=OverlayKind.heading, start=start, length=until - start, text=text)


def _names_price(scene: Scene, tag: Overlay | None, brief: Brief) -> bool:
    """Whether the heading would say what the tag beside it says."""
    if tag is None or brief.product.price is None:
        return False
    amount = f"{brief.product.price.amount:f}"
    return amount.rstrip("0").rstrip(".") in scene.on_screen_text if "." in amount else amount in scene.on_screen_text


def _price_tag(brief: Brief, scene: Scene, length: int, rate: Fraction) -> Overlay | None:
    price: Price | None = brief.product.price
    if price is None or brief.scenario is not Scenario.ecommerce or scene.role is not SceneRole.offer:
        return None
    start = min(round(TAG_DELAY_S * rate), length - 1)
    was = money(price.was, price.currency) if price.was is not None and price.was > price.amount else ""
    return Overlay(kind=OverlayKind.price_tag, start=start, length=length - start, text=money(price.amount, price.currency), subtext=was)


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
