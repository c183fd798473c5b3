"""Trains a network; the same command goes on with a run that was stopped or killed.

    python -m training.train photo-fast --minutes 20 --out runs/photo-fast
"""
import argparse
from dataclasses import replace
from pathlib import Path

import torch

from training.data.batches import CHOICE, BlurSettings, class_shares, default_shares
from training.data.sources import default_sources
from training.losses.restoration import DEFAULT, parse_losses
from training.models.catalogue import NETWORKS, create, task_of
from training.paths import DATA
from training.train.run import Pace, Run
from training.train.settings import TrainSettings

ON_CUDA = {"batch": 64, "patch": 192, "margin": 32}
ON_PROCESSOR = {"batch": 8, "patch": 128, "margin": 16}


def parse_shares(text: str) -> dict[str, float]:
    """Shares of the kinds of blur, such as shake=1,frames=2; kinds not named get none."""
    return {k: float(v) for k, v in (p.split("=") for p in text.split(","))}


def usual_shares(network: str) -> dict[str, float]:
    """Classifiers see each class as often as the others."""
    return class_shares() if task_of(create(network)) == "classify" else default_shares()


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(description=__doc__.split("\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    add = result.add_argument
    add("network", choices=list(NETWORKS))
    add("--out", type=Path, required=True, help="folder of the run")
    add("--minutes", type=float, help="time budget of the whole run")
    add("--steps", type=int, help="budget in steps")
    add("--stop-after", type=float, metavar="MINUTES", help="end this call early; the same command goes on")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--threads", type=int, help="processor threads")
    add("--precision", choices=["auto", "float32", "bfloat16"], default="auto")
    add("--seed", type=int, default=0)
    add("--data", type=Path, default=DATA, help="folder laid out like the shared data")
    add("--pictures", type=Path, nargs="*", help="folders of sharp pictures, instead of those of --data")
    add("--frames", type=Path, nargs="*", help="folders of consecutive frames to be averaged, instead of those of --data")
    add("--limit", type=int, help="at most so many pictures")
    add("--procedural", type=int, default=24, help="pictures drawn by programs")
    add("--batch", type=int, help=f"default {ON_CUDA['batch']} on CUDA, {ON_PROCESSOR['batch']} else")
    add("--patch", type=int, help="side of a training picture, a multiple of 16")
    add("--margin", type=int, help="farthest reach of blur in pixels")
    add("--shares", help="kinds of blur and how often, such as shake=1,frames=2")
    add("--clean", type=float, default=0.0, help="share of pictures without noise and JPEG: blur alone is learned faster")
    add("--choice", type=int, default=CHOICE, help="each crop is the most detailed of so many")
    add("--learning-rate", type=float, default=1e-3)
    add("--losses", type=parse_losses, default=dict(DEFAULT), help="such as charbonnier=1,frequency=0.05,edge=0.05")
    add("--clip-frames", type=int, default=6, help="frames of a clip (video)")
    add("--validations", type=int, default=20)
    add("--validation-pairs", type=int, default=32)
    add("--start-from", help="weights (.npz) to start from")
    add("--teacher", help="tiles made by python -m training.train.teacher")
    add("--teacher-share", type=float, default=0.25, help="share of the batch that is taught")
    add("--checkpoint-seconds", type=float, default=60)
    return result


def settings_from(options: argparse.Namespace) -> TrainSettings:
    usual = ON_CUDA if options.device.startswith("cuda") else ON_PROCESSOR
    sources = default_sources(options.limit, options.procedural, options.seed, options.data)
    if options.pictures is not None:
        sources = replace(sources, pictures=tuple(map(str, options.pictures)), clips=())
    if options.frames is not None:
        sources = replace(sources, averaged=tuple(map(str, options.frames)))
    shares = parse_shares(options.shares) if options.shares else usual_shares(options.network)
    blur = BlurSettings(options.patch or usual["patch"], options.margin or usual["margin"], shares, clean=options.clean, choice=options.choice)
    if blur.patch % 16:
        raise SystemExit(f"--patch must be a multiple of 16, not {blur.patch}")
    return TrainSettings(
        network=options.network, sources=sources, blur=blur, minutes=options.minutes, steps=options.steps,
        batch=options.batch or usual["batch"], learning_rate=options.learning_rate, losses=options.losses,
        clip_frames=options.clip_frames, validations=options.validations, validation_pairs=options.validation_pairs,
        seed=options.seed, precision=options.precision, start_from=options.start_from, teacher=options.teacher,
        teacher_share=options.teacher_share)


def main(arguments: list[str] | None = None) -> None:
    options = parser().parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.backends.cudnn.benchmark = True
    try:
        run = Run(settings_from(options), options.out, torch.device(options.device))
    except (ValueError, FileNotFoundError) as error:
        raise SystemExit(str(error)) from None
    state = run.train(Pace(options.stop_after and 60 * options.stop_after, options.checkpoint_seconds))
    done = "done" if run.progress >= 1 else "stopped; the same command goes on"
    print(f"{done}: {state.step} steps, {state.seconds / 60:.1f} minutes, best score {state.best:.3f}; weights in {options.out / 'weights.npz'}")


if __name__ == "__main__":
    main()
