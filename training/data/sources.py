"""Which pictures are trained on and which are held out for validation."""
from dataclasses import dataclass, field
from pathlib import Path

import torch

from training.data.frames import FEWEST, FrameBank
from training.data.picture_bank import PictureBank
from training.data.procedural import procedural_pictures
from training.paths import DATA, list_pictures

HELD_OUT_EVERY, STILLS_EVERY = 10, 6
HELD_OUT_FRAMES, GAP = 24, 4


@dataclass(frozen=True)
class SourceSettings:
    """Folders of sharp pictures and of consecutive frames (each folder one clip; only `averaged` ones are averaged)."""

    pictures: tuple[str, ...] = ()
    clips: tuple[str, ...] = ()
    averaged: tuple[str, ...] = ()
    procedural: int = 24
    limit: int | None = None
    seed: int = 0


@dataclass(frozen=True)
class Sources:
    """Banks on the training device; `frames` is None where no clip is averaged."""

    pictures: PictureBank
    frames: FrameBank | None


@dataclass(frozen=True)
class Split:
    """File lists of one half of the data."""

    pictures: list[Path] = field(default_factory=list)
    frames: list[Path] = field(default_factory=list)


def default_sources(limit: int | None = None, procedural: int = 24, seed: int = 0, data: Path = DATA) -> SourceSettings:
    """The folders of the shared data that may be trained on; none of them where they are absent."""
    existing = lambda *names: tuple(str(data / n) for n in names if (data / n).is_dir())
    clips = existing(*(f"video/{n}" for n in ("gopr0477", "hypersmooth", "motorbike", "rafting", "snowboard")))
    return SourceSettings(existing("train/unsplash", "train/gb82", "train/stills"), clips, existing("video/gopr0477"), procedural, limit, seed)


def split(settings: SourceSettings) -> tuple[Split, Split]:
    """Training and validation: every tenth picture and the last frames of each clip are held out."""
    train, held_out = Split(), Split()
    for folder in settings.pictures:
        for i, path in enumerate(list_pictures(Path(folder))):
            (held_out if i % HELD_OUT_EVERY == HELD_OUT_EVERY - 1 else train).pictures.append(path)
    for folder in settings.clips:
        frames = list_pictures(Path(folder))
        held = min(HELD_OUT_FRAMES, len(frames) // 5)
        train.pictures.extend(frames[:-held - GAP:STILLS_EVERY])
    for folder in settings.averaged:
        frames = list_pictures(Path(folder))
        train.frames.extend(frames[:-HELD_OUT_FRAMES - GAP])
        held_out.frames.extend(frames[-HELD_OUT_FRAMES:])
    if settings.limit is not None:
        for half in (train, held_out):
            del half.pictures[settings.limit:]
            del half.frames[max(2 * FEWEST, 2 * settings.limit):]
    return train, held_out


def read_sources(settings: SourceSettings, device: torch.device, *, held_out: bool) -> Sources:
    """Reads one half of the split to the device, with procedural pictures of its own seed."""
    half = split(settings)[int(held_out)]
    drawn = procedural_pictures(max(4, settings.procedural // 8) if held_out else settings.procedural, 2 * settings.seed + held_out) \
        if settings.procedural or not half.pictures else []
    read = PictureBank.read(half.pictures, device).pictures if half.pictures else []
    pictures = PictureBank([*read, *(p.to(device) for p in drawn)])
    frames = FrameBank.read(half.frames, device) if len(half.frames) >= FEWEST else None
    return Sources(pictures, frames)
