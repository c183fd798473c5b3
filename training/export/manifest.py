"""The manifest of a network for @deblur/core (packages/core/src/models/manifest.schema.json)."""
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from training.export.exported import State

GOLDEN_STRIDE, GOLDEN_OFFSET, GOLDEN_PSNR = 4, 2, 45
GOPRO = {"spdx": "CC-BY-4.0", "name": "GoPro dataset, Nah, Kim and Lee 2017", "source": "https://seungjunnah.github.io/Datasets/gopro"}
FASTDVDNET = {"spdx": "MIT", "name": "GoPro clips of m-tassano/fastdvdnet", "source": "https://github.com/m-tassano/fastdvdnet"}
LICENCES = {
    "unsplash": {"spdx": "LicenseRef-Unsplash", "name": "42 photographs under the Unsplash License", "source": "https://unsplash.com/license"},
    "gb82": {"spdx": "CC0-1.0", "name": "gb82, 25 pictures", "source": "gb82 picture set"},
    "gopr0477": GOPRO, "hypersmooth": FASTDVDNET, "motorbike": FASTDVDNET, "rafting": FASTDVDNET, "snowboard": FASTDVDNET, "stills": FASTDVDNET,
}
PROCEDURAL = {"spdx": "CC0-1.0", "name": "Procedural pictures", "source": "training/data/procedural.py"}
TITLES = {"photo": "Removes blur from photographs, fast", "video": "Removes motion blur from video, fast"}
DESCRIPTIONS = {
    "photo": "For camera shake, moving objects and slight defocus in photographs. Trained on made blur; see metrics for what it reaches.",
    "video": "For video, frame after frame; carries states from each frame to the next. Not for single photographs.",
}


def licences_of(folders: Sequence[str]) -> list[dict]:
    """Licences of the folders that were trained on; unknown ones are to be filled in by whoever owns them."""
    found = [LICENCES.get(Path(f).name, {"spdx": "LicenseRef-own", "name": f"Pictures of {Path(f).name}", "source": "pictures of one's own"})
             for f in folders]
    return [licence for i, licence in enumerate([*found, PROCEDURAL]) if licence not in found[:i]]


def file_entry(path: Path, prefix: str = "") -> dict:
    """Path, bytes and hash of a file beside the manifest, or in `prefix` of the package."""
    content = path.read_bytes()
    return {"path": f"{prefix}{path.name}", "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


@dataclass(frozen=True)
class Facts:
    """What was measured or decided about an exported network."""

    id: str
    task: str
    architecture: str
    provenance: str
    folders: Sequence[str]
    multiple_of: int
    halo: int
    mac_per_pixel: float
    golden_side: int
    states: Sequence[State] = ()
    version: str = "0.1.0"
    metrics: Sequence[dict] = field(default_factory=list)
    memory: dict | None = None
    title: str | None = None
    description: str | None = None


def image(name: str) -> dict:
    return {"name": name, "role": "image", "layout": "NCHW", "type": "float32", "channels": 3}


def state(tensor: State) -> dict:
    return {"name": tensor.name, "role": "state", "type": "float32", "layout": "NCHW", "channels": tensor.channels,
            "scale": tensor.scale, "next": tensor.next}


def manifest(facts: Facts, folder: Path, prefix: str = "") -> dict:
    """The manifest of `<id>.onnx` and its golden tile, which lie in `folder`."""
    overlap = max(2 * facts.halo, 2 * facts.multiple_of)
    result = {
        "specificationVersion": 1,
        "id": facts.id,
        "version": facts.version,
        "title": facts.title or TITLES[facts.task],
        "description": facts.description or DESCRIPTIONS[facts.task],
        "task": "video" if facts.task == "video" else "general",
        "tier": "fast",
        "architecture": facts.architecture,
        "licences": {
            "weights": {"spdx": "MIT", "name": f"{facts.id}, trained with training/ of the deblur SDK", "source": "training/README.md"},
            "data": licences_of(facts.folders),
        },
        "provenance": facts.provenance,
        "tensors": {"inputs": [image("input"), *map(state, facts.states)], "outputs": [image("output")]},
        "size": {"minimum": 4 * facts.multiple_of, "multipleOf": facts.multiple_of},
        "halo": facts.halo,
        "overlap": overlap,
        "tiling": "supported",
        "pre": [{"op": "convert", "to": "float32"}, {"op": "layout", "to": "NCHW"}],
        "files": [{**file_entry(folder / f"{facts.id}.onnx", prefix), "precision": "fp16-stored"}],
        "golden": {
            "width": facts.golden_side, "height": facts.golden_side,
            "input": file_entry(folder / f"{facts.id}.golden-input.u8", prefix),
            "output": file_entry(folder / f"{facts.id}.golden-output.f32", prefix),
            "stride": GOLDEN_STRIDE, "offset": GOLDEN_OFFSET, "minimumPsnr": GOLDEN_PSNR,
        },
        "macPerPixel": facts.mac_per_pixel,
        "metrics": list(facts.metrics),
    }
    if facts.memory:
        result["memory"] = facts.memory
    return result
