import type { Diagnostic } from '../../../toolkit/diagnostics/index.ts';
import { parseHistory } from '../../../toolkit/engine/history/history-entry.ts';
import { findUnrecordedRuns } from '../../../toolkit/engine/history/unrecorded-runs.ts';
import { readJournal } from '../../../toolkit/engine/journal/read-journal.ts';
import type { StackStore } from '../../../toolkit/engine/state/state-backend.ts';
import { defineCommand } from '../../arguments/command.ts';
import { several } from '../../arguments/option.ts';
import { type StackHistory, stateHistoryView } from '../../views/state-history-view.ts';
import { withRepository } from '../open-content.ts';
import { stateCommandDiagnostics } from './diagnostics.ts';
import { openStores } from './recorded-stacks.ts';

export const command = defineCommand({
  description:
    'Shows every run that changed a stack: when, by whom, on which machine, the digest of its plan, who approved it, and ' +
    'how it ended. The oldest stands first. Nothing is ever taken out of the history.',
  positionals: {},
  options: { stack: several('--stack <name>', 'Only these stacks.', { completion: 'stack' }) },
  exits: [],
  examples: [
    { line: 'opsctl state history --stack plant-1', text: 'Who did what to one plant.' },
    { line: 'opsctl state history --json', text: 'Every run of the environment as an event.' },
  ],
  run: ({ stack }, session) =>
    withRepository(session, async (repository) => {
      const stores = await openStores(repository, stack);
      const histories = await Promise.all(stores.map(readHistory));
      session.show(stateHistoryView, { environment: repository.environment, histories });
      session.tell(histories.flatMap(unreadableIn));
      return 'done';
    }),
});

async function readHistory(store: StackStore): Promise<StackHistory> {
  const { entries, unreadable } = parseHistory(await store.readHistory());
  const open = await findUnrecordedRuns(store, readJournal(await store.readJournal('latest')).entries);
  return { stack: store.key.stack, entries, unreadable, open };
}

function unreadableIn({ stack, unreadable: lines }: StackHistory): readonly Diagnostic[] {
  if (lines === 0) return [];
  return [stateCommandDiagnostics.create('history-unreadable', { stack, lines }, { subject: stack })];
}
