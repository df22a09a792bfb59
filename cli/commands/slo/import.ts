import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { importSlos, printSloFile } from '../../../toolkit/compile/slos/open-slo/index.ts';
import { fileFailure } from '../../../toolkit/host/file-failure.ts';
import { parseOpenSlo } from '../../../toolkit/languages/openslo/index.ts';
import { defineCommand } from '../../arguments/command.ts';
import { words } from '../../arguments/positional.ts';
import { exitOfDiagnostics } from '../../exit-code.ts';
import { budgetDiagnostics } from './diagnostics.ts';

export const command = defineCommand({
  description:
    'Writes the objectives of OpenSLO v1 documents as content, to be looked at and put into `alerts/slo/`. What ' +
    'cannot be carried over, and what somebody has to look at, is told beside, objective by objective; where one cannot be ' +
    'carried over at all, it ends with 3.',
  positionals: { files: words('file', 'OpenSLO documents; an SLI may be in another file than its SLO.', 'file') },
  options: {},
  exits: ['findings'],
  examples: [
    { line: 'opsctl slo import checkout.yaml > alerts/slo/checkout.ts', text: 'One file as content.' },
    { line: 'opsctl slo import slos/*.yaml --json', text: 'Many, as events with what was lost.' },
  ],
  run: async ({ files }, session) => {
    const read = await Promise.all(
      files.map(async (name) => {
        const file = resolve(session.io.cwd, name);
        const text = await readFile(file, 'utf8').catch((error: unknown) => {
          throw fileFailure('read', file, error);
        });
        return parseOpenSlo(text, name);
      }),
    );
    const broken = read.flatMap(({ diagnostics }) => diagnostics);
    session.tell(broken);
    const imported = importSlos(read.flatMap(({ documents }) => documents));
    session.tell(
      imported
        .filter(({ lost }) => lost.length > 0)
        .map(({ id, lost }) =>
          budgetDiagnostics.create('not-carried', { slo: id, lost, to: 'the content' }, { subject: id }),
        ),
    );
    if (session.globals.json) for (const slo of imported) session.emit({ event: 'imported-slo', ...slo });
    else if (imported.some(({ source }) => source !== null))
      session.print(printSloFile(imported.flatMap(({ source }) => source ?? [])));
    const exit = exitOfDiagnostics(broken, session.globals.failOn);
    return exit === 'done' && imported.some(({ source }) => source === null) ? 'findings' : exit;
  },
});
