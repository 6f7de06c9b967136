"""Verdicts on videos made by code: pictures and sound second by second."""

import io
from fractions import Fraction

import av
import cv2
import numpy as np
import pytest

from libs.common import documents
from libs.common.blobs.base import store_content
from libs.common.blobs.memory import MemoryBlobStore
from libs.common.media.brief import Brief, Product
from libs.common.media.render import Master
from libs.common.media.review import Decision
from libs.common.media.time import RationalTime
from libs.common.media.timeline import Canvas
from libs.common.runtime.containers import open_output
from libs.common.runtime.context import RecordingContext
from services.moderation.review_video import review_video

WIDTH, HEIGHT, RATE = 270, 480, 15


def moving(second, frame):
    """A picture with structure that moves."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    wave = 110 + 80 * np.sin((columns + 7 * (second * RATE + frame)) / 17.0) * np.cos(rows / 23.0)
    return np.repeat(wave.astype(np.uint8)[..., None], 3, axis=2)


def black(second, frame):
    return np.zeros((HEIGHT, WIDTH, 3), np.uint8)


def still(second, frame):
    return moving(0, 0)


def with_code(second, frame):
    picture = moving(second, frame)
    code = cv2.resize(cv2.QRCodeEncoder.create().encode("https://127.0.0.1/join"), (150, 150), interpolation=cv2.INTER_NEAREST)
    picture[100:280, 60:240] = 255
    picture[115:265, 75:225] = code[..., None]
    return picture


def tone(level=0.3):
    def samples(second):
        return (level * np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000)).astype(np.float32)

    return samples


def silence(second):
    return np.zeros(48_000, np.float32)


def encoded(pictures, sounds):
    """One function of (second, frame) and one of the second for each second; key frames twice a second."""
    target = io.BytesIO()
    with open_output(target) as container:
        video = container.add_stream(
            "libx264", rate=RATE, options={"preset": "ultrafast", "crf": "28", "x264-params": "keyint=8:scenecut=0"}
        )
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        audio = container.add_stream("aac", rate=48_000, layout="mono") if sounds is not None else None
        for second, draw in enumerate(pictures):
            for index in range(RATE):
                frame = av.VideoFrame.from_ndarray(draw(second, index), format="rgb24")
                frame.pts, frame.time_base = second * RATE + index, Fraction(1, RATE)
                container.mux(video.encode(frame))
        container.mux(video.encode(None))
        for second, sound in enumerate(sounds or ()):
            frame = av.AudioFrame.from_ndarray(sound(second)[np.newaxis, :], format="fltp", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, second * 48_000, Fraction(1, 48_000)
            container.mux(audio.encode(frame))
        if audio is not None:
            container.mux(audio.encode(None))
    return target.getvalue()


@pytest.fixture
def verdict():
    """Review a video of these seconds; raw bytes stand for themselves."""

    def review(pictures, sounds=None, *, raw=None, silent_file=False):
        sounds = None if silent_file else sounds or [tone()] * len(pictures)
        blobs = MemoryBlobStore()
        ref = store_content(blobs, "masters", raw if raw is not None else encoded(pictures, sounds), "mp4")
        master = Master(
            video=ref,
            canvas=Canvas(width_px=WIDTH, height_px=HEIGHT, rate=Fraction(RATE)),
            length=RationalTime(len(pictures) * RATE, Fraction(RATE)),
            scene_starts=(0,),
            av_offset_ms=0.0,
        )
        brief = Brief(product=Product(name="杯", selling_points=("保温",)))
        return review_video(brief, master, blobs=blobs, context=RecordingContext())

    return review


def codes(review):
    return [finding.code for finding in review.findings]


def test_a_normal_video_is_allowed(verdict):
    review = verdict([moving] * 8)

    assert review.decision is Decision.allow
    assert review.findings == ()


def test_black_is_held_at_its_time(verdict):
    review = verdict([moving] * 2 + [black] * 3 + [moving] * 2)

    assert review.decision is Decision.review
    assert codes(review) == ["video.black"]
    assert review.findings[0].at_ms == pytest.approx(2_000, abs=600)


def test_a_short_dip_to_black_is_allowed(verdict):
    assert verdict([moving] * 2 + [black] + [moving] * 2).decision is Decision.allow


def test_a_frozen_picture_is_held(verdict):
    review = verdict([moving] * 2 + [still] * 6 + [moving] * 2)

    assert codes(review) == ["video.frozen"]
    assert review.findings[0].at_ms == pytest.approx(2_000, abs=700)


def test_a_picture_that_stands_for_three_seconds_is_allowed(verdict):
    assert verdict([moving] * 2 + [still] * 3 + [moving] * 2).decision is Decision.allow


def test_a_qr_code_is_held_and_its_text_is_not_repeated(verdict):
    review = verdict([moving] * 3 + [with_code] * 3 + [moving] * 2)

    assert codes(review) == ["video.qr_code"]
    assert "127.0.0.1" not in review.findings[0].detail


def test_silence_is_held(verdict):
    review = verdict([moving] * 8, [tone()] * 2 + [silence] * 4 + [tone()] * 2)

    assert codes(review) == ["sound.silence"]
    assert review.findings[0].at_ms == pytest.approx(2_000, abs=100)


def test_a_pause_is_allowed(verdict):
    assert verdict([moving] * 6, [tone()] * 2 + [silence] * 2 + [tone()] * 2).decision is Decision.allow


def test_clipped_sound_is_held(verdict):
    assert "sound.clipped" in codes(verdict([moving] * 4, [tone()] * 2 + [tone(1.6)] + [tone()]))


def test_a_video_without_sound_is_held(verdict):
    assert codes(verdict([moving] * 4, silent_file=True)) == ["sound.missing"]


def test_a_file_that_is_no_video_is_held_and_does_not_crash(verdict):
    assert codes(verdict([moving], raw=b"no video at all" * 100)) == ["video.unreadable"]


def test_a_broken_video_is_held(verdict):
    whole = encoded([moving] * 3, [tone()] * 3)

    assert verdict([moving] * 3, raw=whole[: len(whole) // 2]).decision is Decision.review


def test_the_same_video_gives_the_same_document(verdict):
    pictures = [moving] * 2 + [black] * 3

    assert documents.dump(verdict(pictures)) == documents.dump(verdict(pictures))
