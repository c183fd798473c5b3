"""Quality against cost of everything that was evaluated: a table and a chart.

    python -m training.evaluate.compare results/*.json -o results/quality-cost

Files are results of python -m training.evaluate, or lists of such results, as the benchmark quality-cost writes.
"""
import argparse
import json
from pathlib import Path

from training.evaluate.chart import Axes, Series, chart


LEAST_SECONDS = 0.3  # where the blurred input is drawn


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
        gmac = "" if r["gmac"] is None else f"{r['gmac']:.2f}"
        lines.append(f"| {r['set']} | {r['model']} | {gmac} | {r['seconds_per_megapixel']:.2f} | {r['psnr']:.2f} "
                     f"| {r['psnr'] - r['psnr_before']:+.2f} | {r['ssim']:.4f} | {r['pictures']} |")
    return "\n".join(lines) + "\n"


def draw(found: list[dict]) -> str:
    """PSNR over processor time, where it was measured, else time, for each set."""
    sets = sorted({r["set"] for r in found})
    cost = lambda r: max(r.get("processor_seconds_per_megapixel", r["seconds_per_megapixel"]), LEAST_SECONDS)
    clock = "processor seconds" if all("processor_seconds_per_megapixel" in r for r in found) else "seconds"
    series = lambda s: [Series(r["model"], [(cost(r), r["psnr"])], line=False) for r in found if r["set"] == s]
    return chart([(Axes(s, f"{clock} per megapixel, at least {LEAST_SECONDS}", "PSNR in dB", log_x=True), series(s)) for s in sets])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("results", type=Path, nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True, help="without ending; .md and .svg are written")
    options = parser.parse_args(arguments)
    contents = [json.loads(p.read_text()) for p in options.results]
    found = rows([r for c in contents for r in (c if isinstance(c, list) else [c])])
    options.output.with_suffix(".md").write_text(table(found))
    options.output.with_suffix(".svg").write_text(draw(found))
    print(table(found))


if __name__ == "__main__":
    main()
