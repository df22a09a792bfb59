import type { Address } from '../../model/index.ts';
import type { StackKey } from '../state/state-backend.ts';
import type { JournalEntry } from './journal-entry.ts';

/**
 * Whose journal it is, when it is not that of the stack: somebody copied or swapped state folders. Told by its
 * checkpoints; before format 2, which names no stack, by the addresses of its entries.
 */
export function strangerIn(entries: readonly JournalEntry[], key: StackKey): string | null {
  for (const entry of entries) {
    const stranger = strangerOf(entry, key);
    if (stranger !== null) return stranger;
  }
  return null;
}

function strangerOf(entry: JournalEntry, { stack, environment }: StackKey): string | null {
  if (entry.kind === 'checkpoint') {
    if (entry.format === 1 || (entry.stack === stack && entry.environment === environment)) return null;
    return `stack ${entry.stack} in ${entry.environment}`;
  }
  const foreign = addressesOf(entry).find((address) => !address.startsWith(`${stack}/`));
  return foreign === undefined ? null : `stack ${foreign.slice(0, foreign.indexOf('/'))}`;
}

function addressesOf(entry: JournalEntry): readonly Address[] {
  switch (entry.kind) {
    case 'intents':
      return entry.intents.map(({ address }) => address);
    case 'recorded':
    case 'resolved':
      return [entry.address];
    default:
      return [];
  }
}
