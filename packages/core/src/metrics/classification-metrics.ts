import { InvalidArgumentError } from '../errors/index.ts';

/** How well one label was found. 0 stands for a quotient without a denominator, as in scikit-learn. */
export interface LabelMetrics<Label extends string = string> {
  readonly label: Label;
  /** Share of what was given this label that has it. */
  readonly precision: number;
  /** Share of what has this label that was given it. */
  readonly recall: number;
  /** Harmonic mean of precision and recall. */
  readonly f1: number;
  /** How many have this label in truth. */
  readonly support: number;
}

/** Result of `classificationMetrics`. */
export interface ClassificationMetrics<Label extends string = string> {
  /** Order of `perLabel` and of the rows and columns of `confusion`. */
  readonly labels: readonly Label[];
  /** Share that was labelled right. */
  readonly accuracy: number;
  readonly perLabel: readonly LabelMetrics<Label>[];
  /** Unweighted means over the labels. */
  readonly macro: { readonly precision: number; readonly recall: number; readonly f1: number };
  /** Counts: row = true label, column = predicted label. */
  readonly confusion: readonly (readonly number[])[];
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Accuracy, precision, recall, F1 and the confusion matrix of predicted labels. Equals scikit-learn's `accuracy_score`,
 * `precision_recall_fscore_support` (with `zero_division=0`) and `confusion_matrix`.
 *
 * @param truth the true label of each item
 * @param predicted the label given to each item, in the same order
 * @param labels labels to report, in this order; default: all that occur, sorted. All that occur must be among them.
 * @throws InvalidArgumentError if there are no items, the lengths differ, a label occurs twice in `labels` or is missing there
 */
export function classificationMetrics<Label extends string>(
  truth: readonly Label[],
  predicted: readonly Label[],
  labels: readonly Label[] = [...new Set([...truth, ...predicted])].sort(),
): ClassificationMetrics<Label> {
  if (truth.length !== predicted.length || truth.length === 0) {
    throw new InvalidArgumentError(`There are ${truth.length} true and ${predicted.length} predicted labels; give as many of both, at least one.`);
  }
  if (new Set(labels).size !== labels.length) throw new InvalidArgumentError('A label occurs twice in labels.');
  const places = new Map<string, number>(labels.map((label, index) => [label, index]));
  const place = (label: Label): number => {
    const index = places.get(label);
    if (index === undefined) throw new InvalidArgumentError(`The label "${String(label)}" is not among labels (${labels.join(', ')}).`);
    return index;
  };
  const confusion = labels.map(() => labels.map(() => 0));
  truth.forEach((label, i) => {
    const row = confusion[place(label)]!;
    row[place(predicted[i]!)]! += 1;
  });
  const perLabel = labels.map((label, index) => {
    const hits = confusion[index]![index]!;
    const support = sum(confusion[index]!);
    const claimed = sum(confusion.map((row) => row[index]!));
    return { label, precision: ratio(hits, claimed), recall: ratio(hits, support), f1: ratio(2 * hits, claimed + support), support };
  });
  const mean = (key: 'precision' | 'recall' | 'f1'): number => sum(perLabel.map((entry) => entry[key])) / labels.length;
  return {
    labels,
    accuracy: sum(confusion.map((row, index) => row[index]!)) / truth.length,
    perLabel,
    macro: { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') },
    confusion,
  };
}
