"""Quality against cost of everything that was evaluated: a table and a chart.

    python -m training.evaluate.compare results/*.json -o results/quality-cost
"""
import argparse
import json
from pathlib import Path

from training.evaluate.chart import Axes, Series, chart


def rows(results: list[dict]) -> list[dict]:
    """One a model and set; the blurred input is a row of its own."""
    found = []
    for result in results:
        for name, s in result.get("sets", {}).items():
            if "seconds_per_megapixel" in s["mean"]:
                found.append({"model": result["name"], "set": name, "gmac": result["gmac_per_256x256"],
                              "pictures": len(s["pictures"]), **s["mean"]})
    return found


def table(found: list[dict]) -> str:
    """Markdown."""
    lines = ["| Set | Model | GMAC/256² | s/MP | PSNR | gain | SSIM | pictures |", "|---|---|---|---|---|---|---|---|"]
    for r in sorted(found, key=lambda r: (r["set"], r["gmac"] or 0)):
        lines.append(f"| {r['set']} | {r['model']} | {r['gmac']:.2f} | {r['seconds_per_megapixel']:.2f} | {r['psnr']:.2f} "
                     f"| {r['psnr'] - r['psnr_before']:+.2f} | {r['ssim']:.4f} | {r['pictures']} |")
    return "\n".join(lines) + "\n"


def draw(found: list[dict]) -> str:
    """PSNR over time for each set."""
    sets = sorted({r["set"] for r in found})
    series = lambda s: [Series(r["model"], [(r["seconds_per_megapixel"], r["psnr"])], line=False) for r in found if r["set"] == s]
    return chart([(Axes(s, "seconds per megapixel", "PSNR in dB", log_x=True), series(s)) for s in sets])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True, help="without ending; .md and .svg are written")
    options = parser.parse_args(arguments)
    found = rows([json.loads(p.read_text()) for p in options.results])
    options.output.with_suffix(".md").write_text(table(found))
    options.output.with_suffix(".svg").write_text(draw(found))
    print(table(found))


if __name__ == "__main__":
    main()
