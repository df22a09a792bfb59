import { printSpan } from '../diagnostics/index.ts';
import type { Action, Address } from '../model/index.ts';
import { describeFields, fieldsToShow } from './describe-fields.ts';
import { overridesOfChange } from './describe-overrides.ts';
import { fieldsFingerprint } from './diff-fields.ts';
import { effectOf } from './effect.ts';
import { explainCreate } from './explanations.ts';
import type { PlannedChange } from './plan.ts';
import type { ChangeDescription, ChangeSymbol, DescribeOptions } from './plan-description.ts';

/** In order of address. Alike means: the same words and the same fields with the same values. */
export function describeChanges(
  changes: readonly PlannedChange[],
  options: DescribeOptions,
): readonly ChangeDescription[] {
  const sorted = [...changes].sort((left, right) => (left.address < right.address ? -1 : 1));
  if (options.verbose) return sorted.map((change) => describeChange(change, [], options));
  const folded = Map.groupBy(sorted, likenessOf);
  return [...folded.values()].flatMap(([first, ...alike]) =>
    first === undefined
      ? []
      : [
          describeChange(
            first,
            alike.map(({ address }) => address),
            options,
          ),
        ],
  );
}

function likenessOf(planned: PlannedChange): string {
  const { address, change, explanation } = planned;
  const isListedAlone = change.action === 'replace' || change.action === 'create';
  return isListedAlone
    ? address
    : `${change.action} ${explanation} ${fieldsFingerprint(fieldsToShow(planned, { verbose: false }))}`;
}

function describeChange(
  planned: PlannedChange,
  alike: readonly Address[],
  options: DescribeOptions,
): ChangeDescription {
  const { address, change, applied } = planned;
  const desired = 'desired' in change ? change.desired : null;
  const overrides = overridesOfChange(planned);
  return {
    address,
    formerAddress: planned.formerAddress ?? null,
    symbol: symbolOf(planned),
    action: change.action,
    effect: effectOf(planned),
    title: titleOf(planned),
    explanation: planned.explanation,
    isPlainlyNew: change.action === 'create' && planned.explanation === explainCreate(change.desired.target),
    reverse: planned.reverse?.text ?? null,
    fields: describeFields(planned, overrides, options),
    overrides,
    parts: change.action === 'create' ? partNames(change.desired.parts) : [],
    source: desired === null ? null : printSpan(desired.source),
    owner: desired?.owner ?? applied?.owner ?? '',
    criticality: desired?.criticality ?? null,
    alike,
  };
}

/** Tunings, waivers and patches are parts too, told in sentences of their own; that an item is expected is told by its target. */
function partNames(parts: readonly { readonly name: string }[]): readonly string[] {
  return parts.map(({ name }) => name).filter((name) => !/^(override|disabled|expected):/.test(name));
}

const symbols: Readonly<Record<Action, ChangeSymbol>> = {
  create: '+',
  update: '~',
  replace: '-/+',
  delete: '-',
  adopt: '=',
  forget: '=',
  'no-op': '=',
};

/** `=` is what leaves the real object as it is; an adoption that writes is an update for whoever looks at the object. */
function symbolOf(planned: PlannedChange): ChangeSymbol {
  return planned.change.action === 'adopt' && effectOf(planned) === 'write' ? '~' : symbols[planned.change.action];
}

function titleOf(planned: PlannedChange): string {
  const { change, cause } = planned;
  switch (change.action) {
    case 'adopt':
      return effectOf(planned) === 'write' ? 'adopt and update' : 'adopt as it is';
    case 'forget':
      return 'forget';
    case 'no-op':
      return cause.kind === 'renamed' ? 'rename' : 'record only';
    default:
      return change.action;
  }
}
