import type { AppliedResource } from '../../toolkit/model/index.ts';
import type { View } from '../output/view.ts';
import { harmless } from './harmless.ts';

export const stateShowView: View<AppliedResource> = {
  human(applied, { paint }) {
    const { address, type, target, owner, lifecycle, dependsOn, spec } = harmless(applied);
    const marks = [
      ...(lifecycle.protect ? ['protected'] : []),
      ...(lifecycle.retainOnDelete ? ['retained on delete'] : []),
    ];
    return [
      paint('bold', address),
      `  type ${type}, target ${target}, owner ${owner}${marks.length === 0 ? '' : `, ${marks.join(', ')}`}`,
      ...(dependsOn.length === 0 ? [] : [`  waits for ${dependsOn.join(', ')}`]),
      '',
      JSON.stringify(spec, null, 2),
      '',
    ].join('\n');
  },
  // Digests of secrets stay where they are: with them, a value could be guessed.
  events: ({ secrets, ...applied }) => [{ event: 'applied-resource', ...applied, secrets: Object.keys(secrets) }],
};
