"""Whether a photo network gives the same picture in PyTorch, onnxruntime-node and onnxruntime-web; needs `npm ci`.

    python -m training.export.runtimes runs/photo-fast [--side 256]

onnxruntime-web is its WebAssembly build, on Node.
"""
import argparse
import json
import subprocess
import tempfile
from itertools import combinations
from pathlib import Path

import numpy as np
import torch

from training.convert import runtime, to_onnx
from training.export.example import blurred_example
from training.export.exported import export
from training.paths import REPOSITORY
from training.train.load_run import load_run

LEAST = 60.0


def results(folder: Path, side: int) -> dict[str, np.ndarray]:
    """1×3×H×W of each runtime; float32 in PyTorch, weights stored in float16 in the file, as it would be published."""
    network, _ = load_run(folder)
    picture = np.ascontiguousarray((blurred_example(side).astype(np.float32) / np.float32(255)).transpose(2, 0, 1)[None])
    with torch.no_grad():
        found = {"PyTorch": network(torch.from_numpy(picture)).numpy()}
    with tempfile.TemporaryDirectory() as work:
        paths = [Path(work) / name for name in ("model.onnx", "picture.f32", "node.f32", "web.f32")]
        paths[0].write_bytes(to_onnx.serialise(export(network, {"name": "runtimes"})))
        picture.tofile(paths[1])
        script = Path(__file__).with_name("run_in_node.mjs")
        quoted = " ".join(f'"{a}"' for a in (script, paths[0], paths[1], side, side, paths[2], paths[3]))
        subprocess.run(["npx", "-c", f"node {quoted}"], cwd=REPOSITORY, check=True, capture_output=True, text=True)
        for name, path in (("onnxruntime-node", paths[2]), ("onnxruntime-web", paths[3])):
            found[name] = np.fromfile(path, "<f4").reshape(picture.shape)
    return found


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path)
    parser.add_argument("--side", type=int, default=256)
    options = parser.parse_args(arguments)
    found = results(options.run, options.side)
    decibels = {f"{a} against {b}": round(runtime.psnr(found[a], found[b]), 1) for a, b in combinations(found, 2)}
    print(json.dumps(decibels))
    if min(decibels.values()) < LEAST:
        raise SystemExit(f"The runtimes differ: at least {LEAST:g} dB are needed.")


if __name__ == "__main__":
    main()
