import type { Run } from '../run/run.ts';
import type { EffectChange } from './describe-change.ts';

/** An apply whose changes are staged here, wave by wave. */
export interface EmbeddedRun extends Run {
  /** Changes whose staging failed: what became of them is looked at in the end. */
  readonly unstaged: { readonly change: EffectChange; readonly reason: string }[];
}
