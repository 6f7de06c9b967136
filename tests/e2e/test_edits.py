"""Edits through the front door: the worked example, a narrated video changed and sent back, a worker killed in a piece."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from libs.client.cli import app
from services.assets.starter.film import film
from services.assets.starter.library import annotation, clips

EXAMPLE = Path(__file__).parents[2] / "examples" / "timeline.json"
BRIEF = {
    "product": {
        "name": "Trail Mug",
        "selling_points": ["keeps coffee hot for 12 hours", "opens with one hand"],
        "price": {"amount": "29", "currency": "EUR"},
    },
    "language": "en",
    "length_s": 9,
    "presets": ["540p"],
}


def submit(house: Any, edit: dict[str, Any]) -> str:
    answer = house.api.post("/v1/renders", json=edit)
    assert answer.status_code == 202, answer.text
    return answer.json()["job_id"]


def renders(job: dict[str, Any]) -> dict[str, bool]:
    """Key of each piece to whether it came from the store."""
    return {step["key"]: step["reused"] for step in job["steps"] if step["stage"] == "composition.render"}


def test_the_worked_example_runs_from_the_shell(house, tmp_path):
    wanted = {
        source["clip"] for track in json.loads(EXAMPLE.read_text())["tracks"] for c in track["clips"] if "clip" in (source := c["media"])
    }
    for clip in clips():
        if clip.video_id in wanted:
            house.add_clip(film(clip.scene, frames=150, width_px=288, height_px=512), annotation(clip))
    edit = json.loads(EXAMPLE.read_text()) | {"size": {"width_px": 270, "height_px": 480}, "presets": ["master"]}
    (tmp_path / "timeline.json").write_text(json.dumps(edit))
    line = ["--client", str(house.data / "client.json"), "render", str(tmp_path / "timeline.json")]

    checked = CliRunner().invoke(app, [*line, "--check", "--json"])
    rendered = CliRunner().invoke(app, [*line, "-o", str(tmp_path / "out.mp4")])

    assert checked.exit_code == 0, checked.output
    assert json.loads(checked.stdout)["length_s"] == 8
    assert rendered.exit_code == 0, rendered.output
    assert (tmp_path / "out.mp4").read_bytes()[4:8] == b"ftyp"
    assert "pieces" in rendered.output


def test_a_narrated_video_comes_back_as_an_edit_and_another_text_renders_one_piece(house):
    accepted, _ = house.make(BRIEF)
    edit = house.api.get(f"/v1/videos/{accepted['video_id']}/timeline").json()

    plan = house.api.post("/v1/renders:validate", json=edit).json()
    unchanged = house.wait(submit(house, edit))
    next(drawn for drawn in edit["overlays"] if drawn["kind"] in ("price_tag", "heading"))["text"] = "€25"
    changed = house.wait(submit(house, edit))

    assert plan["cost"]["pieces"] == plan["cost"]["pieces_ready"] == len(renders(unchanged))
    assert unchanged["state"] == changed["state"] == "completed", (unchanged["error"], changed["error"])
    assert all(renders(unchanged).values())
    assert Counter(renders(changed).values())[False] == 1


def test_a_killed_worker_loses_the_piece_it_was_at_alone(lone_house):
    lone_house.env = {"REELSMITH_LEASE_S": "2", "REELSMITH_RENDERS": "1"}
    lone_house.start()
    piece = [{"media": {"card": {"text": f"Card {n}"}}, "start": 4 * n, "length": 4} for n in range(4)]
    edit = {"title": "Four cards", "language": "en", "size": {"width_px": 540, "height_px": 960}, "tracks": [{"clips": piece}]}
    job_id = submit(lone_house, edit)

    def state(key: str) -> str:
        return next((s["state"] for s in lone_house.job(job_id)["steps"] if (s["stage"], s["key"]) == ("composition.render", key)), "")

    while state("1") != "running":
        time.sleep(0.02)
    lone_house.kill()
    lone_house.start()
    job = lone_house.wait(job_id)

    assert job["state"] == "completed", (job["error"], lone_house.log())
    attempts = {s["key"]: s["attempt"] for s in job["steps"] if s["stage"] == "composition.render"}
    assert attempts == {"0": 1, "1": 2, "2": 1, "3": 1}
