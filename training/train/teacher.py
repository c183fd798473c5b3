"""Lets a published model restore blurred pictures, to be learned from; goes on where it was stopped.

    python -m training.train.teacher -o teacher.npz --count 200 [--pictures FOLDER] [--model packages/model-maxim/files/maxim-s2.onnx]

Without --pictures, the blurred pictures are made from the training data. About 3 s a tile on two processor cores (maxim-s2).
"""
import argparse
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from training.convert import runtime
from training.data.batches import CHOICE, BlurBatches, BlurSettings, default_shares
from training.data.picture_bank import PictureBank
from training.data.sources import default_sources, read_sources
from training.paths import DATA, REPOSITORY, list_pictures
from training.train.weights import replace

TILE, SAVE_EVERY = 256, 10
MAXIM = REPOSITORY / "packages" / "model-maxim" / "files" / "maxim-s2.onnx"


def made_tiles(seed: int, limit: int | None, data: Path):
    """A function from the number of a tile to 256×256×3 float32: blurred pictures made from the training data."""
    device = torch.device("cpu")
    sources = read_sources(default_sources(limit, data=data), device, held_out=False)
    settings = BlurSettings(TILE, shares={**default_shares(), "identity": 0}, choice=CHOICE)
    batches = BlurBatches(sources.pictures, sources.frames, settings, seed + 7, device)
    return lambda number: batches.batch(number, 1).blurred[0].permute(1, 2, 0).numpy()


def cut_tiles(folder: Path, seed: int):
    """The same for crops of blurred pictures in a folder, the most detailed of CHOICE."""
    bank = PictureBank.read(list_pictures(folder), torch.device("cpu"))
    return lambda number: bank.crop(np.random.default_rng([seed, number]), TILE, CHOICE).permute(1, 2, 0).contiguous().numpy()


def to_bytes(picture: np.ndarray) -> np.ndarray:
    return np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)


def teach(tile, network, output: Path, count: int) -> None:
    """Restores tiles until `output` holds `count` of them."""
    blurred, restored = [], []
    if output.exists():
        with np.load(output) as stored:
            blurred, restored = list(stored["blurred"]), list(stored["restored"])
    for number in tqdm(range(len(blurred), count), desc="teacher", initial=len(blurred), total=count, disable=None):
        given = to_bytes(tile(number))
        blurred.append(given)
        restored.append(to_bytes(runtime.run_maxim(network, given.astype(np.float32) / np.float32(255))))
        if len(blurred) % SAVE_EVERY == 0 or len(blurred) == count:
            replace(output, lambda file: np.savez_compressed(file, blurred=np.stack(blurred), restored=np.stack(restored)))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, required=True, help=".npz")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--model", type=Path, default=MAXIM, help="ONNX that takes `input` 1×256×256×3")
    parser.add_argument("--pictures", type=Path, help="folder of blurred pictures")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, help="at most so many sharp pictures")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    tile = cut_tiles(options.pictures, options.seed) if options.pictures else made_tiles(options.seed, options.limit, options.data)
    teach(tile, runtime.session(options.model, options.threads), options.output, options.count)


if __name__ == "__main__":
    main()
