"""`make demo`: start Reelsmith, give it the starter library, and turn the sample brief into a finished video through the front door."""

from __future__ import annotations

import argparse
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from libs.common.pipeline import PIPELINE

START_S = 60
REELSMITH = (sys.executable, "-m", "libs.client")


def main() -> int:
    options = _options()
    starter = options.data.parent / "starter" / "starter.jsonl"
    with _running(options.data, options.port) as client:
        url = json.loads(client.read_text())["url"]
        _say(f"Reelsmith is up at {url} (Swagger UI at {url}/docs)")
        if not starter.exists():
            _say("Drawing the starter library (once) …")
            _run(sys.executable, "-m", "services.assets.starter", str(starter.parent))
        _say("Bringing the starter library in …")
        _reelsmith(client, "library", "ingest", str(starter))
        _say(f"Making {options.out} from {options.brief} …")
        _reelsmith(client, "make", str(options.brief), "-o", str(options.out))
        job = json.loads(_reelsmith(client, "--json", "jobs", "list", "--limit", "1", capture=True))["jobs"][0]
        _report(json.loads(_reelsmith(client, "--json", "jobs", "show", job["id"], capture=True)))
    _where_next(options.out)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--brief", type=Path, default=Path("examples/insulated-cup.yaml"))
    parser.add_argument("--out", type=Path, default=Path("out/demo.mp4"))
    parser.add_argument("--data", type=Path, default=Path(".reelsmith/demo"))
    parser.add_argument("--port", type=int, default=0)
    return parser.parse_args()


@contextmanager
def _running(data: Path, port: int) -> Iterator[Path]:
    """A Reelsmith of our own, stopped at the end whatever happens. Yields its `client.json`."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    client = data / "client.json"
    began = time.time()
    with (data / "log.jsonl").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "services.standalone", "--data", str(data), "--port", str(port)], stdout=log, stderr=log
        )
        try:
            while not (client.exists() and client.stat().st_mtime >= began):
                if server.poll() is not None or time.time() - began > START_S:
                    raise SystemExit(f"Reelsmith did not start; see {log.name}")
                time.sleep(0.1)
            yield client
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _reelsmith(client: Path, *words: str, capture: bool = False) -> str:
    return _run(*REELSMITH, "--client", str(client), *words, capture=capture)


def _run(*words: str, capture: bool = False) -> str:
    done = subprocess.run(words, stdout=subprocess.PIPE if capture else None, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout or ""


def _report(job: dict[str, Any]) -> None:
    """Seconds by stage, and how much was taken over from before."""
    steps = job["steps"]
    total_cpu_s = 0.0
    print(f"\n{'stage':<24} {'steps':>5} {'reused':>6} {'wall s':>8} {'CPU s':>8}")
    for stage in PIPELINE:
        own = [step for step in steps if step["stage"] == stage.name]
        wall_s, cpu_s = (sum(step["stats"].get(name, 0) for step in own if not step["reused"]) for name in ("wall_s", "cpu_s"))
        total_cpu_s += cpu_s
        print(f"{stage.name:<24} {len(own):>5} {sum(step['reused'] for step in own):>6} {wall_s:>8.2f} {cpu_s:>8.2f}")
    print(f"{'all (side by side)':<24} {len(steps):>5} {sum(step['reused'] for step in steps):>6} {'':>8} {total_cpu_s:>8.2f}")
    segments = [step for step in steps if step["stage"] == "composition.render"]
    print(f"\n{sum(step['reused'] for step in segments)} of {len(segments)} segments came from the store.")


def _where_next(out: Path) -> None:
    files = sorted(path.name for path in out.parent.glob(f"{out.stem}*"))
    print(f"\nIn {out.parent}/: {', '.join(files)}")
    print("Next: `make up`, then open https://localhost:8443/docs, or bring your own clips: `reelsmith library ingest DIR`.")


def _say(line: str) -> None:
    print(f"\033[1m{line}\033[0m", flush=True)


if __name__ == "__main__":
    sys.exit(main())
