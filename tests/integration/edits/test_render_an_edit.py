"""An edit through every step of its pipeline."""

from __future__ import annotations

from libs.common.jobs.base import JobState
from libs.common.media.rendition import Publication
from libs.common.media.sound import Soundtrack
from libs.common.runtime.containers import open_input


def whole_edit(house):
    """Two tracks, a picture in the picture, captions, a drawing, own sound, a voice and music: two seconds."""
    return {
        "tracks": [
            {
                "clips": [
                    {"media": {"upload": house.film(seconds=2, tone_hz=330)}, "start": 0, "length": 1, "source_in": 0.5, "volume_db": -6},
                    {
                        "media": {"upload": house.picture()},
                        "start": 1,
                        "length": 1,
                        "fit": "blur",
                        "transition": {"name": "crossfade", "length": 0.2},
                        "effects": [{"name": "warm"}],
                    },
                ]
            },
            {
                "clips": [
                    {
                        "media": {"colour": "#20C040"},
                        "start": 0.5,
                        "length": 1,
                        "place": {"left": 0.6, "top": 0.1, "width": 0.3, "height": 0.2},
                        "opacity": 0.8,
                        "fade_in": 0.1,
                    }
                ]
            },
        ],
        "captions": {"phrases": [{"start": 0.2, "length": 1.5, "text": "Hello there"}]},
        "overlays": [{"kind": "price_tag", "start": 0.5, "length": 1.5, "text": "$19", "subtext": "$29"}],
        "sounds": [
            {"media": {"upload": house.tone(seconds=0.8)}, "start": 0.4, "role": "voice"},
            {"media": {"music": {"style": "calm_pads"}}},
        ],
    }


def test_a_whole_edit_becomes_a_finished_video(house):
    job_id = house.submit(whole_edit(house))

    job = house.run(job_id)

    assert job.state is JobState.completed, job.error
    assert (job.root, job.progress) == ("Timeline", 1.0)
    publication = house.document(job_id, Publication)
    video = publication.renditions[0]
    assert (video.preset, video.width_px, video.height_px, video.length.value) == ("master", 180, 320, 60)
    assert publication.degraded == ()
    with house.blobs.open(video.video.key) as source, open_input(source, name="video") as container:
        assert sum(1 for _ in container.decode(video=0)) == 60
    captions = house.blobs.get(publication.captions.key).decode()
    assert "00:00:00.200 --> 00:00:01.700\nHello there" in captions
    sound = house.document(job_id, Soundtrack)
    assert abs(sound.integrated_lufs + 14) < 1.5


def test_the_same_edit_again_renders_nothing(house):
    house.render(whole_edit(house))

    again = house.submit(whole_edit(house))
    house.run(again)

    assert all(step.reused for step in house.jobs.steps(again))
