"""What each block of `maxim-s1` is worth: leaves out one at a time, trains nothing, measures quality and processor time.

    python -m training.slim.leave_out -o leave-out.json

A block is a gated multi-axis MLP followed by convolutions with channel attention; what comes in is added to what goes out, so that a block can be
left out. Pictures: means of held-out frames of GOPR0477, 512×512, reduced to 256×256 (PSNR at that size, mean over them).
"""
import argparse
import json
import time
from pathlib import Path

import numpy as np
import onnx
import torch

from training.convert import runtime
from training.convert.report import processor
from training.convert.rewrites import copy_of, remove_unused
from training.data.batches import BlurBatches, BlurSettings
from training.data.sources import read_sources
from training.paths import DATA
from training.slim.features import MAXIM, sources_to_publish
from training.slim.halve import halve


def blocks(graph: onnx.GraphProto) -> list[tuple[str, str]]:
    """(what goes in, what comes out) of each block, in order."""
    made_by = {o: n for n in graph.node for o in n.output}
    other = lambda node, name: next(i for i in node.input if i != name)
    found = []
    for node in graph.node:
        attended = next((i for i in node.input if node.op_type == "Add" and i in made_by and is_attended(made_by[i], made_by)), None)
        if attended is not None:
            middle = made_by[other(node, attended)]
            mixed = next(i for i in middle.input if i in made_by and made_by[i].op_type == "Add" and any(j not in made_by for j in made_by[i].input))
            found.append((other(middle, mixed), node.output[0]))
    return found


def is_attended(node: onnx.NodeProto, made_by: dict[str, onnx.NodeProto]) -> bool:
    """Whether this is what channel attention makes: channels scaled by a Sigmoid."""
    while node.op_type in ("Transpose", "Reshape") and node.input[0] in made_by:
        node = made_by[node.input[0]]
    if node.op_type != "Mul":
        return False
    for name in node.input:
        scale = made_by.get(name)
        while scale is not None and scale.op_type in ("Transpose", "Reshape"):
            scale = made_by.get(scale.input[0])
        if scale is not None and scale.op_type == "Sigmoid":
            return True
    return False


def without(model: onnx.ModelProto, block: tuple[str, str]) -> onnx.ModelProto:
    """A copy in which what goes into the block is used instead of what comes out."""
    copy = copy_of(model)
    for node in copy.graph.node:
        node.input[:] = [block[0] if i == block[1] else i for i in node.input]
    remove_unused(copy.graph)
    return copy


def measure(model: onnx.ModelProto, count: int, data: Path) -> list[dict]:
    sources = read_sources(sources_to_publish(None, data), torch.device("cpu"), held_out=True)
    batch = BlurBatches(sources.pictures, sources.frames, BlurSettings(512, 32, {"frames": 1.0}), 5, torch.device("cpu")).batch(0, count)
    pictures = lambda p: list(halve(p).permute(0, 2, 3, 1).contiguous().numpy())
    blurred, sharp = pictures(batch.blurred), pictures(batch.sharp)
    score = lambda results: float(np.mean([runtime.psnr(np.clip(a, 0, 1), b) for a, b in zip(results, sharp)]))

    def row(name: str, model: onnx.ModelProto) -> dict:
        session = runtime.session(model.SerializeToString(), 1)
        results, seconds = [], []
        for picture in blurred:
            started = time.process_time()
            results.append(runtime.run_maxim(session, picture))
            seconds.append(time.process_time() - started)
        found = {"left out": name, "psnr": round(score(results), 2), "seconds": round(min(seconds), 3)}
        print(f"{name:12} {found['psnr']:.2f} dB, {found['seconds']:.2f} s a tile", flush=True)
        return found

    rows = [{"left out": "all (blurred)", "psnr": round(score(blurred), 2), "seconds": 0.0}, row("nothing", model)]
    return rows + [row(f"block {i + 1}", without(model, block)) for i, block in enumerate(blocks(model.graph))]


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSON file")
    parser.add_argument("--model", type=Path, default=MAXIM)
    parser.add_argument("--count", type=int, default=2, help="pictures")
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    found = {"model": options.model.name, "device": processor(), "threads": 1, "rows": measure(onnx.load(options.model), options.count, options.data)}
    options.output.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
