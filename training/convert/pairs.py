"""The held-out GoPro pairs (sequence GOPR0374) that the measurements use."""
from pathlib import Path

import numpy as np
from PIL import Image

from training.convert.golden import DATA

FOLDER = DATA / "pairs" / "gopro240"


def read(path: Path) -> np.ndarray:
    """H×W×3 float32 in [0,1], sRGB."""
    return np.asarray(Image.open(path).convert("RGB"), np.float32) / np.float32(255)


def names() -> list[str]:
    """Stems of the pairs, sorted. Raises FileNotFoundError where the data folder is absent."""
    found = sorted(p.name.removesuffix("_gt.png") for p in FOLDER.glob("GOPR0374*_gt.png"))
    if not found:
        raise FileNotFoundError(f"no pairs GOPR0374 in {FOLDER}")
    return found


def load(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Blurred and sharp."""
    return read(FOLDER / f"{name}.png"), read(FOLDER / f"{name}_gt.png")
