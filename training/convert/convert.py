"""`python -m training.convert <what>`: gets the published weights, converts them, writes the files of the packages."""
import argparse
from pathlib import Path

from training.convert import ffdnet, golden, maxim
from training.convert.sources import sha256

ROOT = Path(__file__).parents[2]
SUMS = Path(__file__).parent / "SHA256SUMS"
FOLDERS = {
    maxim.S1.id: "packages/models/files",
    maxim.S2.id: "packages/model-maxim/files",
    ffdnet.ID: "packages/models/files",
}


def folder_of(id: str, root: Path = ROOT) -> Path:
    return root / FOLDERS[id]


def convert(ids: list[str], root: Path = ROOT) -> None:
    """Writes `<id>.onnx` of each id under `root`."""
    stages = [s for s in (maxim.S1, maxim.S2) if s.id in ids]
    source = maxim.load_source() if stages else None
    for id in ids:
        folder_of(id, root).mkdir(parents=True, exist_ok=True)
    for stage in stages:
        maxim.write(source, stage, folder_of(stage.id, root) / f"{stage.id}.onnx")
    if ffdnet.ID in ids:
        ffdnet.write(ffdnet.load_source(), folder_of(ffdnet.ID, root) / f"{ffdnet.ID}.onnx")


def product_files(id: str) -> list[str]:
    """Paths of a model's files, relative to the repository root."""
    return [f"{FOLDERS[id]}/{id}{suffix}" for suffix in (".onnx", ".golden-input.u8", ".golden-output.f32")]


def write_sums(root: Path = ROOT) -> None:
    """The list that `sha256sum -c` reads."""
    paths = [p for id in FOLDERS for p in product_files(id)]
    SUMS.write_text("".join(f"{sha256(root / p)}  {p}\n" for p in paths))


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.convert", description=__doc__)
    parser.add_argument("what", choices=["all", *FOLDERS], help="`all`, or one model")
    what = parser.parse_args(arguments).what
    ids = list(FOLDERS) if what == "all" else [what]
    convert(ids)
    for id in ids:
        golden.write(id, folder_of(id))
        for path in product_files(id):
            print(f"{sha256(ROOT / path)}  {(ROOT / path).stat().st_size:>9}  {path}")
    if what == "all":
        write_sums()
    return 0
