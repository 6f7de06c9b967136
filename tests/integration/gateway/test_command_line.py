"""The `reelsmith` command against a whole gateway."""

import json
import subprocess
import sys

import pytest
import yaml
from typer.testing import CliRunner

from libs.client.cli import app
from libs.common.documents import content_hash
from services.gateway.accounts.base import Role
from services.gateway.examples import BRIEFS


@pytest.fixture(scope="module")
def reelsmith(gateway):
    """Runs the command as an administrator and gives exit code, output and what was told to people."""
    gateway.pool.start()
    secret = gateway.accounts.create(tenant="shop", role=Role.admin, name="cli").secret
    env = {"REELSMITH_URL": gateway.url, "REELSMITH_API_KEY": secret, "REELSMITH_CA": str(gateway.certificate.ca)}

    def run(*words, **changes):
        return CliRunner().invoke(app, [str(word) for word in words], env=env | changes, catch_exceptions=False)

    return run


@pytest.fixture
def brief(tmp_path):
    path = tmp_path / "brief.yaml"
    (tmp_path / "photo.png").write_bytes(b"a photo")
    value = BRIEFS["bottle"]["value"]
    product = value["product"] | {"images": ["photo.png"]}
    path.write_text(yaml.safe_dump({**value, "product": product, "presets": ["1080p", "540p"]}, allow_unicode=True))
    return path


def test_a_brief_becomes_files_beside_each_other(gateway, reelsmith, brief, tmp_path):
    done = reelsmith("make", brief, "-o", tmp_path / "out" / "cup.mp4")

    assert done.exit_code == 0, done.output
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {"cup.mp4", "cup.540p.mp4", "cup.jpg", "cup.vtt", "cup.script.json", "cup.timeline.json", "cup.otio"}
    assert "picture: 3 done" in done.stderr
    video = (tmp_path / "out" / "cup.mp4").read_bytes()
    assert f"renditions/{content_hash(video)}.mp4" in list(gateway.blobs.keys("renditions/"))


def test_make_can_speak_json_in_both_places(reelsmith, brief, tmp_path):
    for words in (("--json", "make", brief, "-o", tmp_path / "a.mp4"), ("make", brief, "-o", tmp_path / "a.mp4", "--json")):
        done = reelsmith(*words)

        answer = json.loads(done.stdout)
        assert answer["job"]["state"] == "completed"
        assert answer["files"][0].endswith("a.mp4")


def test_the_files_of_an_earlier_job_can_be_fetched(reelsmith, brief, tmp_path):
    job = json.loads(reelsmith("make", brief, "-o", tmp_path / "a.mp4", "--json").stdout)["job"]
    done = reelsmith("fetch", job["id"], "-o", tmp_path / "again.mp4")

    assert done.exit_code == 0
    assert (tmp_path / "again.mp4").read_bytes() == (tmp_path / "a.mp4").read_bytes()


def test_a_brief_that_is_refused_says_where_and_ends_with_4(reelsmith, brief, tmp_path):
    spoilt = yaml.safe_load(brief.read_text()) | {"presets": ["8k"], "length_s": 30}
    brief.write_text(yaml.safe_dump(spoilt))
    done = reelsmith("make", brief, "-o", tmp_path / "a.mp4")

    assert done.exit_code == 4
    assert "/presets/0: unknown preset '8k'" in done.stderr


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({"REELSMITH_API_KEY": "rk_wrong"}, 3, "auth.unknown_key"),
        ({"REELSMITH_CA": ""}, 3, "cannot be reached"),
        ({"REELSMITH_URL": "https://localhost:1"}, 3, "reelsmith up"),
    ],
)
def test_who_cannot_get_in_is_told_why_and_ends_with_3(reelsmith, monkeypatch, changes, code, said):
    monkeypatch.setattr("libs.client.line.FIRST_PAUSE_S", 0.0)
    done = reelsmith("jobs", "list", **changes)

    assert done.exit_code == code
    assert said in done.stderr


def test_a_missing_authority_is_explained(gateway, reelsmith):
    done = CliRunner().invoke(app, ["jobs", "list"], env={"REELSMITH_URL": gateway.url, "REELSMITH_API_KEY": "rk_x", "REELSMITH_CA": None})

    assert done.exit_code == 3
    assert "--ca" in done.stderr


def test_wrong_usage_ends_with_2(reelsmith, tmp_path):
    assert reelsmith("make").exit_code == 2
    assert reelsmith("make", tmp_path / "missing.yaml", "-o", tmp_path / "a.mp4").exit_code == 2
    assert reelsmith("library", "ingest", tmp_path / "missing").exit_code == 2


def test_a_job_that_was_stopped_ends_make_with_1(gateway, brief, tmp_path):
    secret = gateway.accounts.create(tenant="stalled", role=Role.producer, name="cli").secret
    env = {"REELSMITH_URL": gateway.url, "REELSMITH_API_KEY": secret, "REELSMITH_CA": str(gateway.certificate.ca)}
    with gateway.client(Role.producer, tenant="stalled") as client:
        job_id = client.post("/v1/videos", json=BRIEFS["bottle"]["value"]).json()["job_id"]
        stopped = CliRunner().invoke(app, ["jobs", "cancel", job_id], env=env)
        done = CliRunner().invoke(app, ["fetch", job_id, "-o", str(tmp_path / "a.mp4")], env=env)

    assert stopped.exit_code == 0
    assert (done.exit_code, "cancelled" in done.stderr) == (1, True)
    assert not (tmp_path / "a.mp4").exists()


def test_jobs_are_listed_and_shown(reelsmith, brief, tmp_path):
    reelsmith("make", brief, "-o", tmp_path / "a.mp4")
    page = json.loads(reelsmith("jobs", "list", "--json", "--limit", 1).stdout)
    shown = reelsmith("jobs", "show", page["jobs"][0]["id"])

    assert len(page["jobs"]) == 1
    assert "renditions" in shown.stdout
    assert reelsmith("jobs", "resume", page["jobs"][0]["id"]).exit_code == 4


def test_clips_are_brought_in_once(gateway, reelsmith, tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"film a")
    (tmp_path / "b.mp4").write_bytes(b"film b")
    (tmp_path / "c.mp4").write_bytes(b"broken film")
    lines = [{"video_id": "clip-a", "transcript": "steam over tea", "uri": "a.mp4"}, {"video_id": "words", "transcript": "steam, no film"}]
    (tmp_path / "list.jsonl").write_text("\n".join(json.dumps(line) for line in lines))

    first = reelsmith("library", "ingest", tmp_path, "--json")
    second = reelsmith("library", "ingest", tmp_path, "--json")
    (tmp_path / "list.jsonl").write_text(json.dumps(lines[0] | {"transcript": "steam over coffee"}))
    third = reelsmith("library", "ingest", tmp_path / "list.jsonl", "--json")

    assert first.exit_code == 4
    assert json.loads(first.stdout)["counts"] == {"created": 3, "refused": 1}
    assert json.loads(second.stdout)["counts"] == {"created": 1, "skipped": 2, "refused": 1}
    assert json.loads(third.stdout)["results"][0]["id"] == "clip-a"
    assert gateway.assets.state.clips["clip-a"]["transcript"] == "steam over coffee"
    found = json.loads(reelsmith("library", "search", "coffee", "--json").stdout)
    assert [hit["id"] for hit in found["results"]] == ["clip-a"]


def test_keys_are_made_used_and_revoked(reelsmith):
    made = json.loads(reelsmith("keys", "create", "for a test", "--role", "viewer", "--days", 1, "--json").stdout)
    used = reelsmith("keys", "list", REELSMITH_API_KEY=made["secret"])
    reelsmith("keys", "revoke", made["key"]["id"])
    closed = reelsmith("jobs", "list", REELSMITH_API_KEY=made["secret"])

    assert (used.exit_code, "role" in used.stderr) == (3, True)
    assert closed.exit_code == 3


def test_the_command_imports_no_service_and_starts_without_the_web_framework():
    script = "import sys, libs.client.cli; print([m for m in sys.modules if m.startswith(('services', 'fastapi', 'sqlalchemy', 'av'))])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
