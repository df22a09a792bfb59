import type { FieldChange } from '../model/index.ts';
import { diffFields } from './diff-fields.ts';
import type { PlannedChange } from './plan.ts';

/** The fields of the real object that a change alters; none for what is made or removed whole, or left as it is. */
export function fieldsOfChange({ change }: Pick<PlannedChange, 'change'>): readonly FieldChange[] {
  switch (change.action) {
    case 'update':
    case 'adopt':
      return change.fields;
    case 'replace':
      return diffFields(change.observed.spec, change.desired.spec);
    case 'create':
    case 'delete':
    case 'forget':
    case 'no-op':
      return [];
    default:
      return change satisfies never;
  }
}
