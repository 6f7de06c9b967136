"""The product's own images as footage: nothing else shows what is really sold."""

from __future__ import annotations

from PIL import Image

from libs.common.blobs.base import MEDIA_TYPES, BlobStore
from libs.common.media.blob import BlobRef
from libs.common.media.brief import Brief, ImageRef, Scenario
from libs.common.media.errors import InvalidInput, NotFound
from libs.common.media.footage import Media, MediaKind
from libs.common.media.storyboard import Scene, SceneRole
from services.assets.choose import Option

_BEFORE_THE_OFFER = frozenset({SceneRole.hook, SceneRole.pain, SceneRole.benefit, SceneRole.proof})


def wants_product(brief: Brief, scene: Scene) -> bool:
    """The offer, and whatever asks to see the product by its name."""
    return scene.role is SceneRole.offer or brief.product.name.casefold() in scene.visual_query.casefold()


def free_images(brief: Brief, scene: Scene, *, used: tuple[str, ...]) -> list[tuple[int, ImageRef]]:
    """Images that this scene may show, with their place in the brief. The first one is kept for the offer."""
    kept = brief.scenario is Scenario.ecommerce and scene.role in _BEFORE_THE_OFFER
    numbered = list(enumerate(brief.product.images))[1 if kept else 0 :]
    return [(number, image) for number, image in numbered if image.upload not in used]


def image_option(number: int, image: ImageRef, *, blobs: BlobStore, reason: str) -> Option:
    """Raises InvalidInput (`image.not_fetched`, `image.not_found`) with the place of the image."""
    field = f"/product/images/{number}"
    if image.upload is None:
        raise InvalidInput("the image was not fetched before the job began", code="image.not_fetched", field=field)
    try:
        size_bytes = blobs.size(image.upload)
        with (
            blobs.open(image.upload) as source,
            Image.open(source, formats=("PNG", "JPEG")) as picture,
        ):  # made by us: only its head is read
            width_px, height_px = picture.size
    except NotFound:
        raise InvalidInput("there is no such upload", code="image.not_found", field=field) from None
    blob = BlobRef(key=image.upload, size_bytes=size_bytes, media_type=MEDIA_TYPES[image.upload.rpartition(".")[2]])
    media = Media(kind=MediaKind.image, blob=blob, width_px=width_px, height_px=height_px)
    return Option(id=image.upload, media=media, relevance=1.0, reason=reason)
