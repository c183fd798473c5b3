"""References for classificationMetrics, computed by scikit-learn 1.9.1.

    python packages/core/reference/classification.py        # writes src/metrics/fixtures/classification.json
"""
import json
import pathlib

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, precision_recall_fscore_support

random = np.random.default_rng(7)
NAMES = ["sharp", "motion", "defocus", "other"]


def case(truth, predicted, labels):
    per = precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=0)
    macro = precision_recall_fscore_support(truth, predicted, labels=labels, average="macro", zero_division=0)
    return {
        "truth": truth, "predicted": predicted, "labels": labels, "accuracy": accuracy_score(truth, predicted),
        "precision": per[0].tolist(), "recall": per[1].tolist(), "f1": per[2].tolist(), "support": per[3].tolist(),
        "macro": [float(x) for x in macro[:3]], "confusion": confusion_matrix(truth, predicted, labels=labels).tolist(),
    }


truth = [NAMES[i] for i in random.choice(3, 60, p=[0.5, 0.3, 0.2])]
predicted = [t if random.random() < 0.7 else NAMES[random.integers(3)] for t in truth]
cases = [
    case(truth, predicted, ["sharp", "motion", "defocus"]),
    case(truth, ["motion" if p == "defocus" else p for p in predicted], ["defocus", "motion", "other", "sharp"]),
    case(["sharp"] * 3, ["motion"] * 3, ["motion", "sharp"]),
]
out = pathlib.Path(__file__).resolve().parent.parent / "src" / "metrics" / "fixtures" / "classification.json"
out.write_text(json.dumps(cases) + "\n")
print([{k: v for k, v in c.items() if k not in ("truth", "predicted")} for c in cases])
