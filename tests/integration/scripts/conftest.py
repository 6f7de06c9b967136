"""A real llama.cpp server on a model of random weights, and servers that misbehave."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from libs.common.media.brief import Brief, Language, Price, Product
from libs.common.media.review import BriefReview, Decision

HERE = Path(__file__).parent


class LlamaServer:
    def __init__(self, model: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "llama_server.py"), str(model), str(self.port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("listening")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spec = spec_from_file_location("tiny_gguf", HERE / "tiny_gguf.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    path = tmp_path_factory.mktemp("model") / "tiny.gguf"
    prompts = files("services.scripts.prompts").joinpath("v1")
    module.write_tiny_gguf(path, [entry.read_text(encoding="utf-8") for entry in prompts.iterdir() if entry.is_file()])
    return path


@pytest.fixture(scope="session")
def llama(tiny_model: Path) -> Iterator[LlamaServer]:
    server = LlamaServer(tiny_model)
    yield server
    server.close()


@pytest.fixture
def doomed_llama(tiny_model: Path) -> Iterator[LlamaServer]:
    """One that a test may kill."""
    server = LlamaServer(tiny_model)
    yield server
    server.close()


Respond = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def serve() -> Callable[[Respond], object]:
    """`with serve(respond) as url`: every POST is answered by `respond`."""

    @contextmanager
    def serving(respond: Respond) -> Iterator[str]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                respond(self)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    return serving


@pytest.fixture
def brief() -> Brief:
    product = Product(
        name="Pip Folding Lamp",
        category="desk lamp",
        selling_points=("Three brightness levels", "Folds to the size of a phone"),
        price=Price(amount=Decimal(29), currency="USD"),
    )
    return Brief(product=product, language=Language.en, length_s=15)


@pytest.fixture
def allowed() -> BriefReview:
    return BriefReview(decision=Decision.allow, findings=(), policy_version="test")
