"""One brief, end to end, through the front door: CPU seconds by stage, wall time, and what a second run takes over.

`python -m bench.e2e [--brief FILE] [--json]`. The starter library is drawn and brought in before the clock starts.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.process_tree import cpu_s, peak_rss_mb
from bench.report import JSON_FLAG, figure
from libs.client.briefs import load_brief, send_images
from libs.client.client import Reelsmith
from libs.client.connection import find_connection
from libs.client.ingest import find_items, ingest
from libs.common.pipeline import PIPELINE
from services.assets.starter.library import ANNOTATIONS, write_library

START_S = 120


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brief", type=Path, default=Path("examples/insulated-cup.yaml"))
    parser.add_argument("--starter", type=Path, default=Path(".reelsmith/starter"))
    parser.add_argument(JSON_FLAG, action="store_true")
    options = parser.parse_args()
    if not (options.starter / ANNOTATIONS).exists():
        write_library(options.starter)
    with tempfile.TemporaryDirectory(prefix="reelsmith-bench-") as folder, _running(Path(folder)) as (pid, reelsmith):
        for result in ingest(find_items(options.starter / ANNOTATIONS), reelsmith=reelsmith, library="main"):
            assert result.outcome in ("created", "skipped"), result
        brief = load_brief(options.brief)
        send_images(brief, beside=options.brief.parent, upload=reelsmith.upload)
        _report("first", pid, reelsmith, brief)
        _report("again", pid, reelsmith, brief)
        figure("peak_rss_mb", round(peak_rss_mb(pid), 1), "MB, all processes")


@contextmanager
def _running(data: Path) -> Iterator[tuple[int, Reelsmith]]:
    with (data / "log.jsonl").open("wb") as log:
        server = subprocess.Popen([sys.executable, "-m", "services.standalone", "--data", str(data), "--port", "0"], stdout=log, stderr=log)
    client, until = data / "client.json", time.monotonic() + START_S
    try:
        while not client.exists():
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit((data / "log.jsonl").read_text()[-2000:])
            time.sleep(0.1)
        with find_connection(url=None, key=None, ca=None, file=client).open() as reelsmith:
            yield server.pid, reelsmith
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def _report(name: str, pid: int, reelsmith: Reelsmith, brief: dict[str, Any]) -> None:
    """CPU of the whole process tree from accept to done, and of each stage as its steps noted it."""
    before, began = cpu_s(pid), time.monotonic()
    accepted = reelsmith.submit(brief)
    (*_, job) = reelsmith.follow(accepted["job_id"])
    assert job["state"] == "completed", job["error"]
    figure(f"{name}.cpu_s", round(cpu_s(pid) - before, 2), "CPU s, accept to done")
    figure(f"{name}.wall_s", round(time.monotonic() - began, 2), "s")
    for stage in PIPELINE:
        own = [step for step in job["steps"] if step["stage"] == stage.name and not step["reused"]]
        if own:
            figure(f"{name}.{stage.name}.cpu_s", round(sum(step["stats"].get("cpu_s", 0.0) for step in own), 2), "CPU s")
    for step in job["steps"]:
        if step["stage"] == "composition.mix" and not step["reused"]:
            figure(f"{name}.integrated_lufs", step["stats"]["integrated_lufs"], "LUFS")
            figure(f"{name}.true_peak_dbtp", step["stats"]["true_peak_dbtp"], "dBTP, after AAC")
    publication = reelsmith.video(accepted["video_id"])["publication"]
    assert publication is not None
    figure(f"{name}.sync_error_ms", publication["sync_error_ms"], "ms, read back from the file")
    renders = [step for step in job["steps"] if step["stage"] == "composition.render"]
    figure(f"{name}.segments", len(renders))
    figure(f"{name}.segments_reused", sum(step["reused"] for step in renders))


if __name__ == "__main__":
    main()
