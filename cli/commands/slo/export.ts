import { exportSlo } from '../../../toolkit/compile/slos/open-slo/index.ts';
import { printOpenSlo } from '../../../toolkit/languages/openslo/index.ts';
import { defineCommand } from '../../arguments/command.ts';
import { budgetDiagnostics } from './diagnostics.ts';
import { objectiveOptions, withObjectives } from './with-objectives.ts';

export const command = defineCommand({
  description:
    'Writes service level objectives as OpenSLO v1 documents, for other tools to read. What OpenSLO has no words for is ' +
    'told beside.',
  positionals: {},
  options: objectiveOptions,
  exits: ['findings'],
  examples: [
    { line: 'opsctl slo export > slos.yaml', text: 'Every objective, in one file.' },
    { line: 'opsctl slo export --slo mes-answers', text: 'One of them.' },
  ],
  run: (choice, session) =>
    withObjectives(session, choice, async (objectives) => {
      const exported = objectives.map(({ slo, items, source }) => ({ slo, source, ...exportSlo(slo, items) }));
      session.tell(
        exported.flatMap(({ slo, source, lost }) => {
          if (lost.length === 0) return [];
          const facts = { slo: slo.id, lost, to: 'the document' };
          return [budgetDiagnostics.create('not-carried', facts, { position: source, subject: slo.id })];
        }),
      );
      const documents = exported.flatMap(({ document }) => document ?? []);
      if (session.globals.json) session.emit({ event: 'open-slo', documents });
      else session.print(printOpenSlo(documents));
      return 'done';
    }),
});
