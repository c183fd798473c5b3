"""Golden tiles: a picture and what the shipped model makes of it, to check an execution provider by."""
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from training.convert import runtime

DATA = Path(__file__).parents[2].parent / "shared" / "data"
STRIDE, OFFSET = 4, 2


@dataclass(frozen=True)
class Golden:
    """Where a tile was cut: `picture` under the data folder, corner (left, top), side, noise added (σ in [0,1])."""

    picture: str
    left: int
    top: int
    side: int
    sigma: float = 0.0
    seed: int = 0


PICTURE = "pairs/gopro240/GOPR0374_11_00_st_frame-802_n_avg-10.png"
GOLDEN = {
    "maxim-s1": Golden(PICTURE, 400, 150, 256),
    "maxim-s2": Golden(PICTURE, 400, 150, 256),
    "ffdnet-color": Golden("train/gb82/flowers-lossless.png", 360, 190, 64, sigma=25 / 255, seed=1),
}


def crop(picture: Path, left: int, top: int, side: int) -> np.ndarray:
    """side×side×3 uint8 sRGB."""
    image = Image.open(picture).convert("RGB").crop((left, top, left + side, top + side))
    return np.asarray(image)


def make_input(golden: Golden, data: Path = DATA) -> np.ndarray:
    """The tile as uint8 H×W×3, noise included. Needs the data folder."""
    tile = crop(data / golden.picture, golden.left, golden.top, golden.side)
    if golden.sigma == 0:
        return tile
    noise = np.random.default_rng(golden.seed).normal(size=tile.shape) * golden.sigma * 255
    return np.clip(np.round(tile + noise), 0, 255).astype(np.uint8)


def read_input(path: Path, golden: Golden) -> np.ndarray:
    return np.fromfile(path, np.uint8).reshape(golden.side, golden.side, 3)


def restore(id: str, model: Path | bytes, tile: np.ndarray) -> np.ndarray:
    """The model's result for a uint8 tile, float32 clipped to [0,1]."""
    picture = tile.astype(np.float32) / np.float32(255)
    network = runtime.session(model)
    golden = GOLDEN[id]
    result = runtime.run_ffdnet(network, picture, golden.sigma) if golden.sigma else runtime.run_maxim(network, picture)
    return np.clip(result, 0, 1)


def sample(picture: np.ndarray) -> np.ndarray:
    """Every fourth pixel of every fourth row from (2, 2), little-endian float32."""
    return np.ascontiguousarray(picture[OFFSET::STRIDE, OFFSET::STRIDE]).astype("<f4")


def write(id: str, folder: Path) -> None:
    """Writes the expected output of `<folder>/<id>.onnx`; the input too when it is not there yet."""
    golden, source = GOLDEN[id], folder / f"{id}.golden-input.u8"
    if not source.exists():
        source.write_bytes(make_input(golden).tobytes())
    result = restore(id, folder / f"{id}.onnx", read_input(source, golden))
    (folder / f"{id}.golden-output.f32").write_bytes(sample(result).tobytes())
