"""llama.cpp's own server in a process of its own: `python llama_server.py <model.gguf> <port>`."""

from __future__ import annotations

import sys
import threading

import xllamacpp


def main() -> None:
    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.hostnames = ["127.0.0.1"]
    params.port = int(sys.argv[2])
    params.n_ctx = 32_768
    params.n_parallel = 2
    params.model_alias = {"tiny"}
    params.cpuparams.n_threads = 1
    params.use_jinja = True
    params.warmup = False
    params.ui = False
    server = xllamacpp.Server(params)
    sys.stdout.write(f"listening {server.listening_address}\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
