import { defineCommand } from '../../arguments/command.ts';
import { word } from '../../arguments/positional.ts';
import { exitOfDiagnostics } from '../../exit-code.ts';
import { nearest } from '../../nearest.ts';
import { explainView } from '../../views/explain-view.ts';
import { withContent } from '../open-content.ts';
import { explainDiagnostics } from './diagnostics.ts';
import { explain, explainableNames } from './explain.ts';

export const command = defineCommand({
  description:
    'Says why an object is there and looks as it does: which declaration, class rule, relation and tuning made it, which ' +
    'clauses it serves, and where that is written. For an item: everything that is derived from it.',
  positionals: {
    subject: word('address-or-item', 'An address, a part of one (`address#part`), or the id of an item.', 'address'),
  },
  options: {},
  exits: ['findings'],
  examples: [
    {
      line: 'opsctl explain plant-1/prometheus-rules/host#HostMemoryShort',
      text: 'Why this alert is there, and why its threshold is what it is.',
    },
    { line: 'opsctl explain plant-1-mes-1', text: 'All that follows from declaring one host.' },
  ],
  run: ({ subject }, session) =>
    withContent(session, async ({ content }) => {
      const explanation = explain(subject, content);
      if (explanation !== null) {
        session.show(explainView, explanation);
        return 'done';
      }
      const alike = nearest(subject, explainableNames(content));
      const missing = [explainDiagnostics.create('not-found', { subject, alike }, { found: subject })];
      session.tell(missing);
      return exitOfDiagnostics(missing, 'error');
    }),
});
