import type { JsonObject, JsonValue } from '../../model/index.ts';
import { type FieldTable, objectsIn, translateFields } from './field-names.ts';

const ruleFields: FieldTable = {
  source_labels: 'sourceLabels',
  separator: 'separator',
  target_label: 'targetLabel',
  regex: 'regex',
  modulus: 'modulus',
  replacement: 'replacement',
  action: 'action',
};

/** Relabelling in the words of the operator; it knows every field that Prometheus does. */
export function translateRelabelling(rules: JsonValue | undefined): readonly JsonObject[] {
  return objectsIn(rules).map((rule) => translateFields(rule, ruleFields).object);
}
