import type { SourceSpan } from '../../../toolkit/diagnostics/index.ts';
import type {
  ConfigurationItem,
  DerivationStep,
  FieldChange,
  JsonObject,
  JsonValue,
  Resource,
} from '../../../toolkit/model/index.ts';
import { valueAt } from '../../../toolkit/plan/json-pointer.ts';
import type { Drift } from '../../../toolkit/plan/plan.ts';

/** One value of a source file, as it stands and as it would have to stand for the drift to be intended. */
export interface SourceEdit {
  readonly at: SourceSpan;
  readonly before: string | number | boolean;
  readonly after: string | number | boolean;
  /** Where the drift was seen. */
  readonly address: string;
  readonly pointer: string;
}

/** Drift that no value of the source answers for, with the reason in half a sentence. */
export interface UnplacedDrift {
  readonly address: string;
  readonly pointer: string;
  readonly reason: string;
}

export interface ProposedEdits {
  readonly edits: readonly SourceEdit[];
  readonly unplaced: readonly UnplacedDrift[];
}

export interface SourceContent {
  readonly items: readonly ConfigurationItem[];
  readonly resources: readonly Resource[];
}

/** Reads the number after `threshold:` of the `.tune(...)` at a place; null when there is none. */
export type ReadThreshold = (tuning: SourceSpan) => ThresholdRead | null;

export interface ThresholdRead {
  readonly value: number;
  readonly at: SourceSpan;
  /** What stands there, where it is more than the number. */
  readonly text?: string;
}

/**
 * Finds the source value behind each drifted field. A value is taken for the source when it is, or lies inside, what was
 * applied, and what surrounds it there is still around it in what was observed:
 *
 *     applied   10.0.0.7:9100     item field /attributes/address: 10.0.0.7
 *     observed  10.0.0.8:9100     proposed                        10.0.0.8
 *
 * Two places that would answer equally well answer for nothing: a wrong edit costs more than none.
 */
export function proposeEdits(
  drifts: readonly Drift[],
  content: SourceContent,
  readThreshold: ReadThreshold,
): ProposedEdits {
  const edits: SourceEdit[] = [];
  const unplaced: UnplacedDrift[] = [];
  for (const { address, kind, fields } of drifts) {
    if (kind !== 'changed') unplaced.push({ address, pointer: '', reason: `the object is ${kind}` });
    const resource = content.resources.find((candidate) => candidate.address === address);
    for (const field of kind === 'changed' ? fields : []) {
      const found =
        resource === undefined ? 'it is no longer declared' : place(field, resource, content.items, readThreshold);
      if (typeof found === 'string') unplaced.push({ address, pointer: field.pointer, reason: found });
      else edits.push({ ...found, address, pointer: field.pointer });
    }
  }
  return { edits: withoutConflicts(edits, unplaced), unplaced };
}

type Candidate = Pick<SourceEdit, 'at' | 'before' | 'after'>;
type Scalar = string | number | boolean;

/** The one best candidate, or why there is none. */
function place(
  field: FieldChange,
  resource: Resource,
  items: readonly ConfigurationItem[],
  readThreshold: ReadThreshold,
): Candidate | string {
  const { before, after } = field;
  if (!isScalar(before) || !isScalar(after)) return 'it is not one value that became another';
  const steps = stepsBehind(field.pointer, resource);
  const named = items.filter(({ id }) => steps.some(({ subject }) => subject === id));
  const fromItems = named.flatMap((item) => candidatesOf(item, before, after));
  const fromTunings = steps.flatMap((step) => tunedCandidate(step, before, after, readThreshold) ?? []);
  const candidates = distinct([...fromItems, ...fromTunings]);
  const [best, second] = candidates.sort((left, right) => lengthOf(right) - lengthOf(left));
  if (best === undefined) return 'no value in an inventory or a tuning stands behind it';
  if (second !== undefined && lengthOf(second) === lengthOf(best)) return 'more than one value could stand behind it';
  return best;
}

/** Reasons of the parts that hold the field, else those of the whole resource. */
function stepsBehind(pointer: string, { parts, derivation }: Resource): readonly DerivationStep[] {
  const holding = parts.filter((part) => pointer === part.pointer || pointer.startsWith(`${part.pointer}/`));
  return holding.length === 0 ? derivation : holding.flatMap((part) => part.derivation);
}

function candidatesOf(item: ConfigurationItem, before: Scalar, after: Scalar): readonly Candidate[] {
  return Object.entries(item.fieldSources ?? {}).flatMap(([pointer, at]) => {
    const value = valueAt(item as unknown as JsonObject, pointer);
    if (!isScalar(value)) return [];
    const changed = carryOver(value, before, after);
    return changed === null ? [] : [{ at, before: value, after: changed }];
  });
}

function tunedCandidate(
  step: DerivationStep,
  before: Scalar,
  after: Scalar,
  readThreshold: ReadThreshold,
): Candidate | null {
  if (step.kind !== 'tuning' || step.source === undefined) return null;
  const numbers = changedNumber(String(before), String(after));
  const threshold = readThreshold(step.source);
  if (numbers === null || threshold?.value !== numbers.before) return null;
  return { at: threshold.at, before: threshold.text ?? threshold.value, after: numbers.after };
}

/** What the source value would have to be; null when it does not stand behind the change. */
function carryOver(value: Scalar, before: Scalar, after: Scalar): Scalar | null {
  if (value === before) return after;
  const [source, applied, observed] = [String(value), String(before), String(after)];
  if (source.length < shortestInside) return null; // A short text lies inside many others by chance.
  const start = applied.indexOf(source);
  if (start < 0) return null;
  const prefix = applied.slice(0, start);
  const suffix = applied.slice(start + source.length);
  if (!observed.startsWith(prefix) || !observed.endsWith(suffix) || observed.length < prefix.length + suffix.length)
    return null;
  const changed = observed.slice(prefix.length, observed.length - suffix.length);
  if (changed === '' || changed === source) return null;
  if (typeof value !== 'number') return changed;
  return Number.isFinite(Number(changed)) ? Number(changed) : null;
}

const shortestInside = 3;

/** The one number in which two texts differ: `vector(0.05)` and `vector(0.07)`. */
function changedNumber(before: string, after: string): { readonly before: number; readonly after: number } | null {
  const pattern = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/g;
  if (before.replaceAll(pattern, '0') !== after.replaceAll(pattern, '0')) return null;
  const former = before.match(pattern) ?? [];
  const latter = after.match(pattern) ?? [];
  const changed = former.flatMap((text, index) =>
    text === latter[index] ? [] : [{ before: Number(text), after: Number(latter[index]) }],
  );
  return changed.length === 1 ? (changed[0] ?? null) : null;
}

function distinct(candidates: readonly Candidate[]): Candidate[] {
  return [...new Map(candidates.map((candidate) => [keyOf(candidate.at), candidate])).values()];
}

/** Two drifts may ask different things of one value; then neither is proposed. */
function withoutConflicts(edits: readonly SourceEdit[], unplaced: UnplacedDrift[]): readonly SourceEdit[] {
  const byPlace = [...Map.groupBy(edits, ({ at }) => keyOf(at)).values()];
  return byPlace.flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    if (others.every(({ after }) => after === first.after)) return [first];
    const reason = 'several drifts would change its source value differently';
    unplaced.push(...[first, ...others].map(({ address, pointer }) => ({ address, pointer, reason })));
    return [];
  });
}

function keyOf({ file, line, column }: SourceSpan): string {
  return `${file}:${line}:${column}`;
}

function lengthOf({ before }: Candidate): number {
  return String(before).length;
}

function isScalar(value: JsonValue | undefined): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
