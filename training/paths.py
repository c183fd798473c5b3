"""Where things are. Data lies beside the repository unless DEBLUR_DATA names another folder."""
import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("DEBLUR_DATA") or REPOSITORY.parent / "shared" / "data")
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff")


def list_pictures(folder: Path) -> list[Path]:
    """Picture files under a folder, sorted by path. Raises FileNotFoundError when the folder is absent."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} is no folder; name one that holds pictures")
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in PICTURES)
