"""Draws the logs of runs: loss, validation score and learning rate over time.

    python -m training.train.plot runs/a runs/b -o curves.svg
"""
import argparse
from pathlib import Path

from training.evaluate.chart import Axes, Series, chart
from training.train.log import read_log
from training.train.run import LOG


def column(rows: list[dict[str, str]], name: str) -> list[tuple[float, float]]:
    """(minutes, value) where the column is filled."""
    return [(float(r["seconds"]) / 60, float(r[name])) for r in rows if r[name]]


def draw(logs: dict[str, list[dict[str, str]]]) -> str:
    """SVG of logs by the name of their run."""
    lines = lambda name: [Series(run, column(rows, name)) for run, rows in logs.items()]
    before = [Series(f"{run}, blurred", column(rows, "score_before")) for run, rows in logs.items()]
    return chart([
        (Axes("Loss of single batches", "minutes", "loss", log_y=True), lines("loss")),
        (Axes("Score on held-out data", "minutes", "PSNR in dB, or accuracy"), [*lines("score"), *before]),
        (Axes("Sharp pictures to themselves", "minutes", "PSNR in dB"), lines("score_sharp")),
        (Axes("Learning rate", "minutes", "rate"), lines("learning_rate")),
    ])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("runs", type=Path, nargs="+", help="folders of runs, or their CSV files")
    parser.add_argument("-o", "--output", type=Path, default=Path("curves.svg"))
    options = parser.parse_args(arguments)
    paths = [p / LOG if p.is_dir() else p for p in options.runs]
    names = [(p.parent.name if p.name == LOG else p.stem) for p in paths]
    options.output.write_text(draw({name: read_log(path) for name, path in zip(names, paths)}))
    print(options.output)


if __name__ == "__main__":
    main()
