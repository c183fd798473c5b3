"""Copies the training data to a small folder of the same layout, to be carried to another machine.

    python -m training.data.pack -o .data --megabytes 34
"""
import argparse
import io
from pathlib import Path

from PIL import Image
from tqdm import tqdm

from training.data.sources import SourceSettings, default_sources, split
from training.paths import DATA, list_pictures

QUALITIES = (97, 95, 92, 90, 87, 84, 80, 75)
SAMPLES = 12


def encode(path: Path, quality: int) -> bytes:
    """JPEG without chroma subsampling; an original JPEG that is smaller is kept as it is."""
    file = io.BytesIO()
    with Image.open(path) as image:
        image.convert("RGB").save(file, "jpeg", quality=quality, subsampling=0)
    kept = path.suffix.lower() in (".jpg", ".jpeg") and path.stat().st_size <= file.tell()
    return path.read_bytes() if kept else file.getvalue()


def packed_paths(settings: SourceSettings, data: Path) -> dict[Path, Path]:
    """Where each file that training reads goes. Whole folders, so that the split stays the same; of clips that are not
    averaged only the stills, as train/stills."""
    train, _ = split(settings)
    folders = [*settings.pictures, *settings.averaged]
    whole = {p: p.relative_to(data).with_suffix(".jpg") for f in folders for p in list_pictures(Path(f))}
    stills = {p: Path("train/stills") / f"{p.parent.name}-{p.stem}.jpg" for p in train.pictures if p not in whole}
    return {**whole, **stills}


def encode_all(files: list[Path], limit: float) -> tuple[int, list[bytes]]:
    """The best quality at which all files fit into `limit` bytes, and their contents."""
    some = files[::max(1, len(files) // SAMPLES)]
    for quality in QUALITIES:
        if sum(len(encode(p, quality)) for p in some) / len(some) * len(files) > 1.2 * limit:
            continue
        contents = [encode(p, quality) for p in tqdm(files, desc=f"quality {quality}", disable=None)]
        if sum(map(len, contents)) <= limit:
            return quality, contents
    raise SystemExit(f"{len(files)} pictures do not fit into {limit / 1e6:g} MB; raise --megabytes")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--megabytes", type=float, default=34)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    paths = packed_paths(default_sources(data=options.data), options.data)
    if not paths:
        raise SystemExit(f"there is no training data in {options.data}; name its folder with --data")
    quality, contents = encode_all(list(paths), options.megabytes * 1e6)
    for path, content in zip(paths.values(), contents, strict=True):
        target = options.output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    total = sum(map(len, contents)) / 1e6
    print(f"{len(paths)} pictures, {total:.1f} MB at quality {quality}: use them with --data {options.output}")


if __name__ == "__main__":
    main()
