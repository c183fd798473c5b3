"""The log of a run: one CSV row now and then, cut back to the checkpoint when a run is resumed."""
import csv
from pathlib import Path

COLUMNS = ("step", "seconds", "progress", "learning_rate", "loss", "gradient_norm", "samples_per_second", "score", "score_before",
           "score_sharp")


class Log:
    """`score` is the validation PSNR in dB (accuracy for the classifier), `score_before` that of the blurred pictures."""

    def __init__(self, path: Path, resumed_step: int = 0):
        self.path = path
        rows = [r for r in read_log(path) if int(r["step"]) <= resumed_step] if path.exists() else []
        with open(path, "w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(rows)

    def add(self, **values) -> None:
        row = {k: f"{v:.6g}" if isinstance(v, float) else v for k, v in values.items()}
        with open(self.path, "a", newline="") as file:
            csv.DictWriter(file, COLUMNS).writerow(row)


def read_log(path: Path) -> list[dict[str, str]]:
    """The rows; a last row that a kill cut short is left out."""
    with open(path, newline="") as file:
        return [r for r in csv.DictReader(file) if r["score_sharp"] is not None]
