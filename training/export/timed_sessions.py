"""How long a tile takes in sessions of onnxruntime and of onnxruntime-web, and what comes out."""
import json
import shlex
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime as ort

from training.paths import REPOSITORY

LEVEL = ort.GraphOptimizationLevel
LEVELS = {"disabled": LEVEL.ORT_DISABLE_ALL, "basic": LEVEL.ORT_ENABLE_BASIC, "extended": LEVEL.ORT_ENABLE_EXTENDED, "all": LEVEL.ORT_ENABLE_ALL}
Result = tuple[float, np.ndarray]


@dataclass(frozen=True)
class Variant:
    """A file, and how a session of it is opened: a level of graph optimisation (a key of LEVELS) and session entries."""

    path: Path
    level: str = "all"
    entries: dict[str, str] = field(default_factory=dict)

    def open(self) -> ort.InferenceSession:
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.graph_optimization_level = LEVELS[self.level]
        options.log_severity_level = 3
        for key, value in self.entries.items():
            options.add_session_config_entry(f"session.{key}", value)
        return ort.InferenceSession(self.path, options, providers=["CPUExecutionProvider"])


def run_native(variants: dict[str, Variant], tile: np.ndarray, rounds: int) -> dict[str, Result | str]:
    """Least processor seconds and the result of each, or why it does not run. They take turns."""
    found: dict[str, Result | str] = {}
    sessions = {}
    for name, variant in variants.items():
        try:
            sessions[name] = variant.open()
        except Exception as error:  # a provider that refuses the graph is a result too
            found[name] = str(error).splitlines()[0][:160]
    for _ in range(rounds):
        for name, session in sessions.items():
            started = time.process_time()
            picture = session.run(None, {"input": tile})[0]
            seconds = time.process_time() - started
            found[name] = (min(seconds, found[name][0]), picture) if name in found else (seconds, picture)
    return found


def run_wasm(variants: dict[str, Variant], tile: np.ndarray, rounds: int, folder: Path) -> dict[str, Result | str]:
    """The same in onnxruntime-web's WebAssembly build on Node, each in a process of its own."""
    found: dict[str, Result | str] = {}
    picture, result = folder / "picture.f32", folder / "result.f32"
    tile.tofile(picture)
    for name, variant in variants.items():
        settings = json.dumps({"graphOptimizationLevel": variant.level, "extra": {"session": variant.entries}})
        quoted = " ".join(shlex.quote(str(a)) for a in (Path(__file__).with_name("time_in_wasm.mjs"), variant.path, picture, tile.shape[1], rounds, result, settings))
        done = subprocess.run(["npx", "-c", f"node {quoted}"], cwd=REPOSITORY, capture_output=True, text=True)
        if done.returncode == 0:
            found[name] = float(done.stdout), np.fromfile(result, "<f4").reshape(tile.shape)
        else:
            found[name] = next((line for line in done.stderr.splitlines() if "rror" in line), "failed")[:160]
    return found
