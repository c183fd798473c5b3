"""Evaluates a run or a model on pictures that were not trained on: the final test.

    python -m training.evaluate runs/photo-fast -o results [--sets gopro kodak-shake kodak-sharp] [--limit 4]
    python -m training.evaluate packages/models/files/maxim-s1.onnx -o results
"""
import argparse
import json
import time
from pathlib import Path

import torch
from tqdm import tqdm

from training.convert.report import processor
from training.evaluate.classifier import evaluate_classifier
from training.evaluate.contact_sheet import Entry, entry, write_sheet
from training.evaluate.metrics import psnr, ssim
from training.evaluate.restorers import Restorer, open_restorer
from training.evaluate.picture_sets import PictureSet, picture_sets
from training.evaluate.video import evaluate_video
from training.models.catalogue import create, task_of
from training.paths import DATA
from training.train.settings import TrainSettings


def evaluate_set(restorer: Restorer, chosen: PictureSet, limit: int | None) -> tuple[dict, list[Entry]]:
    """Figures of each picture and their means; results are rounded to 8 bits as `deblur` writes them."""
    pictures, entries = [], []
    for pair in tqdm(chosen.pairs(limit), total=len(chosen.paths[:limit]), desc=chosen.name, disable=None):
        started = time.perf_counter()
        restored = (restorer.restore(pair.blurred).clamp(0, 1) * 255).round() / 255
        seconds = time.perf_counter() - started
        given, result, sharp = (p[None] for p in (pair.blurred, restored, pair.sharp))
        row = {"name": pair.name, "psnr_before": float(psnr(given, sharp)), "psnr": float(psnr(result, sharp)),
               "ssim_before": float(ssim(given, sharp)), "ssim": float(ssim(result, sharp)),
               "seconds_per_megapixel": seconds / (pair.sharp[0].numel() / 1e6)}
        pictures.append(row)
        entries.append(entry(pair.name, row["psnr_before"], row["psnr"], (pair.blurred, restored, pair.sharp)))
    mean = {k: sum(p[k] for p in pictures) / len(pictures) for k in pictures[0] if k != "name"}
    return {"title": chosen.title, "pictures": pictures, "mean": mean}, entries


def manifest_metrics(results: dict, command: str) -> list[dict]:
    """What a model manifest quotes."""
    return [{"dataset": s["title"], "metric": m, "before": round(s["mean"][f"{m}_before"], digits), "after": round(s["mean"][m], digits),
             "command": command} for name, s in results.items() if name != "kodak-sharp" for m, digits in (("psnr", 2), ("ssim", 4))]


def evaluate_photo(target: Path, device: torch.device, threads: int, names: list[str], limit: int | None, output: Path, command: str,
                   data: Path) -> dict:
    restorer, available = open_restorer(target, device, threads), picture_sets(data)
    missing = [n for n in names if n not in available]
    if missing:
        raise SystemExit(f"no pictures for {', '.join(missing)} in {data}")
    results = {}
    for name in names:
        results[name], entries = evaluate_set(restorer, available[name], limit)
        write_sheet(output / f"{restorer.name}-{name}.png", entries)
        mean = results[name]["mean"]
        print(f"{restorer.name} {name}: {mean['psnr_before']:.2f} to {mean['psnr']:.2f} dB, {mean['seconds_per_megapixel']:.2f} s/MP")
    return {"name": restorer.name, "gmac_per_256x256": restorer.gmac, "sets": results, "metrics": manifest_metrics(results, command)}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("target", type=Path, help="folder of a run, or an ONNX file with a manifest")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the results")
    parser.add_argument("--sets", nargs="+", default=["gopro", "kodak-shake", "kodak-sharp"])
    parser.add_argument("--clips", action="store_true", help="run a photo network on the video clips, frame by frame")
    parser.add_argument("--limit", type=int, help="at most so many pictures of each set")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args(arguments)
    torch.set_num_threads(options.threads)
    device = torch.device(options.device)
    options.output.mkdir(parents=True, exist_ok=True)
    limited = f" --limit {options.limit}" if options.limit else ""
    chosen = " --clips" if options.clips else f" --sets {' '.join(options.sets)}"
    command = f"python -m training.evaluate {options.target.name}{chosen}{limited}"
    task = "photo"
    if options.target.is_dir():
        task = task_of(create(TrainSettings.from_json((options.target / "settings.json").read_text()).network))
    if task == "classify":
        found = evaluate_classifier(options.target, device, options.data, options.limit)
    elif task == "video" or options.clips:
        found = evaluate_video(options.target, device, options.data, options.limit)
    else:
        found = evaluate_photo(options.target, device, options.threads, options.sets, options.limit, options.output, command, options.data)
    head = {"command": command, "device": torch.cuda.get_device_name(device) if device.type == "cuda" else processor(),
            "threads": options.threads}
    path = options.output / f"{found['name']}{'-clips' if options.clips else ''}.json"
    path.write_text(json.dumps({**head, **found}, indent=1, ensure_ascii=False) + "\n")
    print(path)


if __name__ == "__main__":
    main()
