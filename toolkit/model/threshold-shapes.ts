import { dayOfCalendar, duration, source } from './declared-words.ts';
import { classlessCriteria } from './selection-shapes.ts';
import type { BranchShape } from './shape.ts';
import { fieldsOf, finiteNumber, made, maybe, maybeDefined, oneOf, someText, value } from './shape.ts';
import type { AttributeThreshold, Baseline, BaselineFacts, ThresholdCase, ThresholdCriteria } from './threshold.ts';

const isQuantile = (given: unknown) => typeof given === 'number' && given >= 0 && given <= 1;
const baselineFields = {
  value: finiteNumber,
  quantile: value('a share from 0 to 1, such as 0.99', isQuantile),
  window: duration,
  until: dayOfCalendar,
  headroom: maybe(finiteNumber),
};

const baselineValue = made<Baseline>(
  { ...baselineFields, kind: oneOf(['baseline']), source },
  'a number, or baseline({...}) where history gave it',
);

export const threshold: BranchShape = {
  kind: 'branch',
  choose: (given) => (typeof given === 'object' && given !== null ? baselineValue : finiteNumber),
};

const attributeThreshold = fieldsOf<AttributeThreshold>({ attribute: someText, times: maybe(finiteNumber) });
export const thresholdCase = fieldsOf<ThresholdCase>({
  where: maybeDefined(fieldsOf<ThresholdCriteria>(classlessCriteria, 'criteria such as { criticality: "critical" }')),
  threshold: {
    kind: 'branch',
    choose: (given) =>
      typeof given === 'object' && given !== null && 'attribute' in given ? attributeThreshold : threshold,
  },
  reason: someText,
});

export const thresholdShapes = { facts: fieldsOf<BaselineFacts>(baselineFields) };
