"""Trains a network with one loss after another, all from the same weights and on the same pairs, and compares the scores.

    python -m training.train.ablation photo-fast -o runs/ablation --steps 1000 --start-from weights.npz [--teacher teacher.npz]

The score is the mean PSNR of held-out pairs, each counted up to 40 dB; sharp pictures are scored against themselves. With
--teacher, a quarter of each batch is learned from its tiles, with the first loss. Runs that are done are not repeated.
"""
import argparse
import json
from dataclasses import replace
from pathlib import Path

import torch

from training.convert.report import processor
from training.data.batches import CHOICE, BlurSettings, default_shares
from training.data.sources import default_sources
from training.losses.restoration import parse_losses
from training.models.catalogue import NETWORKS
from training.paths import DATA
from training.train.__main__ import ON_PROCESSOR
from training.train.log import read_log
from training.train.run import LOG, Run
from training.train.settings import TrainSettings

LOSSES = ("charbonnier=1", "charbonnier=1,frequency=0.5", "charbonnier=1,edge=0.5", "charbonnier=1,frequency=0.05,edge=0.05", "decibel=0.1")


def trained(settings: TrainSettings, folder: Path) -> dict[str, float]:
    """The scores at the end of the run."""
    try:
        run = Run(settings, folder, torch.device("cpu"))
    except (ValueError, FileNotFoundError) as error:
        raise SystemExit(str(error)) from None
    run.train()
    last = [row for row in read_log(folder / LOG) if row["score"]][-1]
    return {"before": float(last["score_before"]), "score": float(last["score"]), "sharp": float(last["score_sharp"])}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("network", choices=list(NETWORKS))
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the runs and of ablation.json")
    parser.add_argument("--losses", nargs="+", default=list(LOSSES))
    parser.add_argument("--teacher", help="tiles made by python -m training.train.teacher")
    parser.add_argument("--start-from", help="weights (.npz) to start from")
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=ON_PROCESSOR["batch"])
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--validation-pairs", type=int, default=96)
    parser.add_argument("--limit", type=int, help="at most so many pictures")
    parser.add_argument("--procedural", type=int, default=24, help="pictures drawn by programs")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    common = TrainSettings(
        network=options.network, sources=default_sources(options.limit, options.procedural, data=options.data),
        blur=BlurSettings(ON_PROCESSOR["patch"], ON_PROCESSOR["margin"], default_shares(), choice=CHOICE), steps=options.steps, batch=options.batch,
        learning_rate=options.learning_rate, validations=2, validation_pairs=options.validation_pairs, start_from=options.start_from)
    try:
        runs = {text: replace(common, losses=parse_losses(text)) for text in options.losses}
    except ValueError as error:
        parser.error(str(error))
    if options.teacher:
        runs[f"{options.losses[0]}, taught"] = replace(common, losses=parse_losses(options.losses[0]), teacher=options.teacher)
    found = {}
    for name, settings in runs.items():
        found[name] = trained(settings, options.output / name.replace("=", "-").replace(",", "_").replace(" ", ""))
        print(name, " ".join(f"{key} {value:.2f}" for key, value in found[name].items()), flush=True)
    described = {"network": options.network, "processor": processor(), "steps": options.steps, "batch": options.batch, "runs": found}
    (options.output / "ablation.json").write_text(json.dumps(described, indent=1) + "\n")


if __name__ == "__main__":
    main()
