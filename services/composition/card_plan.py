"""What a card says where a scene has no picture: an opening, a close or a statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from libs.common.media.brief import Brief, Scenario
from libs.common.media.storyboard import Scene, SceneRole
from services.composition.overlay_plan import money


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The fields of a `Clip` that a card has."""

    text: str
    style: str = "statement"
    params: dict[str, float | str] = field(default_factory=dict)


def card_of(brief: Brief, scene: Scene) -> Card:
    product = brief.product
    text = scene.on_screen_text.strip() or product.name
    brand = (product.brand.name if product.brand is not None else None) or ""
    if scene.role is SceneRole.cta:
        params: dict[str, float | str] = {"brand": brand} if brand else {}
        if product.price is not None and brief.scenario is Scenario.ecommerce:
            params["price"] = money(product.price.amount, product.price.currency)
            if product.price.was is not None and product.price.was > product.price.amount:
                params["was"] = money(product.price.was, product.price.currency)
        return Card(text=text, style="end", params=params)
    if scene.role is SceneRole.hook:
        return Card(text=text, style="title", params={"kicker": brand} if brand else {})
    return Card(text=text)
