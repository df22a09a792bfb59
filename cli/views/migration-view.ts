import { counted } from '../../toolkit/diagnostics/index.ts';
import type { EngineName } from '../../toolkit/engine/engine.ts';
import type { View } from '../output/view.ts';

export interface MigratedStack {
  readonly stack: string;
  readonly environment: string;
  readonly from: EngineName;
  readonly to: EngineName;
  /** How many records were moved. */
  readonly objects: number;
}

export const migrationView: View<MigratedStack> = {
  human: ({ stack, environment, from, to, objects }) =>
    `${stack} of ${environment}: ${counted(objects, 'record')} moved from ${from} to ${to}; no object was touched.\n` +
    `Work on it with --engine ${to} from now on.\n`,
  events: (migrated) => [{ event: 'state-migrated', ...migrated }],
};
