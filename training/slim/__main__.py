"""Trains the head that makes `maxim-s1-lite` of `maxim-s1`; the same command goes on with a run that was stopped or killed.

    python -m training.slim.features -o features
    python -m training.slim features --minutes 45 --out runs/maxim-s1-lite
"""
import argparse
from pathlib import Path

import torch

from training.data.batches import BlurSettings
from training.losses.restoration import parse_losses
from training.paths import DATA
from training.slim.features import sources_to_publish
from training.slim.head import DetailHead
from training.slim.run import HeadRun
from training.train.run import Pace
from training.train.settings import TrainSettings


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    add = parser.add_argument
    add("features", type=Path, help="folder made by python -m training.slim.features")
    add("--out", type=Path, required=True, help="folder of the run")
    add("--minutes", type=float, help="time budget of the whole run")
    add("--steps", type=int, help="budget in steps")
    add("--stop-after", type=float, metavar="MINUTES", help="end this call early; the same command goes on")
    add("--batch", type=int, default=8)
    add("--patch", type=int, default=160, help="side of a training picture, a multiple of 8")
    add("--learning-rate", type=float, default=1e-3)
    add("--losses", type=parse_losses, default={"decibel": 0.1}, help="such as charbonnier=1,frequency=0.05,edge=0.05")
    add("--validations", type=int, default=20)
    add("--start-from", help="weights (.npz) to start from")
    add("--data", type=Path, default=DATA)
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--threads", type=int, default=2)
    add("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    settings = TrainSettings(
        network="maxim-s1-lite", sources=sources_to_publish(None, options.data), blur=BlurSettings(options.patch, 32), minutes=options.minutes,
        steps=options.steps, batch=options.batch, learning_rate=options.learning_rate, losses=options.losses,
        validations=options.validations, seed=options.seed, start_from=options.start_from, features=str(options.features))
    try:
        run = HeadRun(settings, options.out, torch.device(options.device))
    except (ValueError, FileNotFoundError) as error:
        raise SystemExit(str(error)) from None
    trusting = DetailHead().to(run.device)
    torch.nn.init.constant_(trusting.gate.bias, 20.0)
    state = run.train(Pace(options.stop_after and 60 * options.stop_after))
    done = "done" if run.progress >= 1 else "stopped; the same command goes on"
    print(f"{done}: {state.step} steps, {state.seconds / 60:.1f} minutes, best score {state.best:.3f}; maxim-s1 at scale 0.5: "
          f"{run.validation(trusting, run.dtype).score:.3f}")


if __name__ == "__main__":
    main()
