import type { View } from '../output/view.ts';

export interface Repetition {
  readonly file: string;
  readonly plan: string;
  readonly at: string;
  readonly user: string;
  readonly host: string;
  readonly approvedBy: string | null;
}

/** Of a plan that was applied before: a result of its own, for the notice that says more can be switched off. */
export const repetitionView: View<Repetition> = {
  human: ({ file }) => `Nothing to do: ${file} was applied already.\n`,
  events: ({ file: _, ...facts }) => [{ event: 'already-applied', ...facts }],
};
