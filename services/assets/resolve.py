"""`assets.resolve`: what an edit names, as it lies in the store: sizes, lengths, where its sound is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from av.container import InputContainer
from PIL import Image

from libs.common.blobs.base import MEDIA_TYPES, BlobStore
from libs.common.media.blob import BlobRef
from libs.common.media.brief import ImageRef
from libs.common.media.edit import PictureSource, ResolvedSource, SoundSource, Sources, Timeline
from libs.common.media.errors import InvalidInput, NotFound
from libs.common.media.footage import Media, MediaKind
from libs.common.media.music import Track
from libs.common.media.review import EditReview
from libs.common.media.time import SAMPLE_RATE_HZ, RationalTime
from libs.common.runtime.containers import open_input
from libs.common.runtime.context import StepContext
from services.assets.choose import GRID
from services.assets.clip import Clip
from services.assets.library import Library

_IMAGES = frozenset({"png", "jpg"})
_SAMPLES = Fraction(SAMPLE_RATE_HZ)


def resolve(timeline: Timeline, review: EditReview, *, library: Library, blobs: BlobStore, context: StepContext) -> Sources:
    """Raises InvalidInput for the first source that cannot be used."""
    sources, errors = find_sources(timeline, tenant=context.tenant, library=library, blobs=blobs)
    if errors:
        raise errors[0]
    context.note(sources=len(sources.found))
    return sources


def find_sources(timeline: Timeline, *, tenant: str, library: Library, blobs: BlobStore) -> tuple[Sources, tuple[InvalidInput, ...]]:
    """Each source once, and an error with its JSON pointer for each that is not there or is of the wrong kind."""
    wanted = [*timeline.sources(), *((field, _as_picture(image)) for field, image in timeline.images())]
    ids = sorted({source.clip for _, source in wanted if source.clip is not None})
    clips = library.clips(ids, tenant=tenant, library=timeline.library) if ids else {}
    tracks = {track.id: track for track in library.music(tenant=tenant)} if any(_track(source) for _, source in wanted) else {}
    found: dict[str, ResolvedSource] = {}
    errors = []
    for field, source in wanted:
        try:
            _one_of(source)
            if source.name and source.name not in found:
                found[source.name] = _resolved(source, clips, tracks, blobs)
            if source.name:
                _fits(source, found[source.name], field)
        except InvalidInput as error:
            errors.append(InvalidInput(error.detail, code=error.code, field=field))
    errors += [_no_upload(key, field) for field, key in timeline.tables() if not blobs.exists(key)]
    return Sources(found=tuple(found[name] for name in sorted(found))), tuple(errors)


def _as_picture(image: ImageRef) -> PictureSource:
    return PictureSource(upload=image.upload, url=image.url)


def _track(source: PictureSource | SoundSource) -> str | None:
    return source.track if isinstance(source, SoundSource) else None


def _one_of(source: PictureSource | SoundSource) -> None:
    given = [name for name in source.__slots__ if getattr(source, name) is not None]
    if len(given) != 1:
        detail = "give exactly one source" if not given else f"give one source, not {' and '.join(given)}"
        raise InvalidInput(detail, code="edit.source")


def _resolved(
    source: PictureSource | SoundSource, clips: Mapping[str, Clip], tracks: Mapping[str, Track], blobs: BlobStore
) -> ResolvedSource:
    if source.url is not None:
        raise InvalidInput("the address was not fetched before the job began", code="edit.not_fetched")
    if (track_id := _track(source)) is not None:
        return _of_track(source.name, track_id, tracks)
    if source.clip is not None:
        return _of_clip(source.name, source.clip, clips, blobs)
    key = source.upload or source.stored
    assert key is not None
    return of_blob(source.name, key, blobs)


def _of_track(name: str, track_id: str, tracks: Mapping[str, Track]) -> ResolvedSource:
    track = tracks.get(track_id)
    if track is None:
        raise InvalidInput(f"there is no track {track_id!r} in the music library", code="edit.unknown_track")
    length = RationalTime(track.samples, _SAMPLES)
    return ResolvedSource(name=name, sound=track.audio, sound_length=length, track=track, title=track.title, licence=track.licence)


def _of_clip(name: str, clip_id: str, clips: Mapping[str, Clip], blobs: BlobStore) -> ResolvedSource:
    clip = clips.get(clip_id)
    if clip is None or clip.media is None:
        why = "has no media" if clip is not None else "is not in the library"
        raise InvalidInput(f"the clip {clip_id!r} {why}", code="edit.unknown_clip")
    media, about = clip.media, clip.annotation
    length = RationalTime(media.frames, GRID) if media.kind is MediaKind.video else None
    picture = Media(kind=media.kind, blob=media.blob, width_px=media.width_px, height_px=media.height_px, length=length)
    sound = _sound_of(media.blob.key, blobs) if media.kind is MediaKind.video else None
    return ResolvedSource(
        name=name,
        media=picture,
        sound=media.blob if sound is not None else None,
        sound_length=sound,
        title=about.title,
        licence=about.licence,
    )


def of_blob(name: str, key: str, blobs: BlobStore) -> ResolvedSource:
    """Of a file that the house made from what somebody sent: its head alone is read."""
    ext = key.rpartition(".")[2]
    try:
        blob = BlobRef(key=key, size_bytes=blobs.size(key), media_type=MEDIA_TYPES.get(ext, "application/octet-stream"))
    except NotFound:
        raise _no_upload(key) from None
    if ext in _IMAGES:
        with blobs.open(key) as source, Image.open(source, formats=("PNG", "JPEG")) as picture:
            media = Media(kind=MediaKind.image, blob=blob, width_px=picture.width, height_px=picture.height)
        return ResolvedSource(name=name, media=media)
    film, sound = _film_of(blob, blobs)
    return ResolvedSource(name=name, media=film, sound=blob if sound is not None else None, sound_length=sound)


def _no_upload(key: str, field: str | None = None) -> InvalidInput:
    return InvalidInput(f"there is no {key}; send it to POST /v1/uploads/media first", code="edit.unknown_upload", field=field)


def _film_of(blob: BlobRef, blobs: BlobStore) -> tuple[Media | None, RationalTime | None]:
    """Its picture, and the length of its sound."""
    with blobs.open(blob.key) as source, open_input(source, name=blob.key) as container:
        sound = _sound_in(container)
        if not container.streams.video:
            return None, sound
        stream = container.streams.video[0]
        rate = Fraction(stream.average_rate) if stream.average_rate else GRID
        length = RationalTime(stream.frames, rate)
        return Media(kind=MediaKind.video, blob=blob, width_px=stream.width, height_px=stream.height, length=length), sound


def _sound_of(key: str, blobs: BlobStore) -> RationalTime | None:
    with blobs.open(key) as source, open_input(source, name=key) as container:
        return _sound_in(container)


def _sound_in(container: InputContainer) -> RationalTime | None:
    if not container.streams.audio:
        return None
    stream = container.streams.audio[0]
    if stream.duration is None or stream.time_base is None:
        return None
    return RationalTime(int(stream.duration * stream.time_base * _SAMPLES), _SAMPLES)


def _fits(source: PictureSource | SoundSource, found: ResolvedSource, field: str) -> None:
    """A picture where one is shown, a sound where one is heard."""
    if isinstance(source, PictureSource) and found.media is None:
        raise InvalidInput("this is a sound; it has no picture", code="edit.no_picture")
    if isinstance(source, SoundSource) and found.sound is None:
        raise InvalidInput("there is no sound in it", code="edit.no_sound")
    if field.startswith("/overlays") and found.media is not None and found.media.kind is not MediaKind.image:
        raise InvalidInput("a drawing shows an image, not a film", code="edit.not_an_image")
