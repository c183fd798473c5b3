"""Video networks on clips that were not trained on: PSNR and flicker against the blurred clip."""
from pathlib import Path

import torch
from tqdm import tqdm

from training.data.batches import BlurBatches, BlurSettings
from training.data.clips import ClipBatches
from training.data.picture_bank import PictureBank
from training.data.sources import read_sources
from training.evaluate.metrics import flicker, psnr
from training.train.load_run import load_run
from training.models.catalogue import task_of
from training.models.macs import count_macs
from training.models.video_network import restore_clip
from training.paths import DATA, list_pictures

CLIPS, FRAMES = 16, 6


def clip_sets(settings, data: Path) -> dict[str, BlurBatches]:
    """Kodak pictures and objects that move, and held-out real frames where there are enough of them."""
    device, blur = torch.device("cpu"), BlurSettings(patch=192, margin=32)
    sets = {}
    if (data / "kodak24").is_dir():
        sets["kodak-moving"] = BlurBatches(PictureBank.read(list_pictures(data / "kodak24"), device), None, blur, 1, device)
    held_out = read_sources(settings.sources, device, held_out=True)
    sets["held-out"] = BlurBatches(held_out.pictures, held_out.frames, blur, 2, device)
    return sets


@torch.no_grad()
def evaluate_video(folder: Path, device: torch.device, data: Path = DATA, limit: int | None = None) -> dict:
    """A photo network is run frame by frame, so that both kinds compare on the same clips."""
    network, settings = load_run(folder)
    gmac = count_macs(network) / 1e9
    network = network.to(device)
    run = restore_clip if task_of(network) == "video" else lambda net, clip: torch.stack([net(f) for f in clip.unbind(1)], 1)
    results = {}
    for name, batches in clip_sets(settings, data).items():
        maker, rows = ClipBatches(batches, FRAMES), []
        for i in tqdm(range(min(limit or CLIPS, CLIPS)), desc=name, disable=None):
            clip = maker.batch(i, 1)
            restored = run(network, clip.blurred.to(device)).cpu().clamp(0, 1)
            rows.append({"psnr_before": float(psnr(clip.blurred[0], clip.sharp[0]).mean()), "psnr": float(psnr(restored[0], clip.sharp[0]).mean()),
                         "flicker_before": float(flicker(clip.blurred, clip.sharp)), "flicker": float(flicker(restored, clip.sharp))})
        mean = {k: sum(r[k] for r in rows) / len(rows) for k in rows[0]}
        results[name] = {"title": f"{len(rows)} clips of {FRAMES} frames, {name}", "clips": rows, "mean": mean}
        print(f"{settings.network} {name}: {mean['psnr_before']:.2f} to {mean['psnr']:.2f} dB, "
              f"flicker {mean['flicker_before']:.2f} to {mean['flicker']:.2f}")
    return {"name": settings.network, "gmac_per_256x256": gmac, "sets": results, "metrics": []}
