import { resolve } from 'node:path';
import { defineCommand } from '../../arguments/command.ts';
import { wholeNumber } from '../../arguments/option.ts';
import { word } from '../../arguments/positional.ts';
import { calledAs } from '../../called-as.ts';
import { syntheticView } from '../../views/synthetic-view.ts';
import { initDiagnostics } from '../init/diagnostics.ts';
import { existingAmong, writeNewFiles } from '../init/write-new-files.ts';
import { syntheticOrganisation } from './synthetic-organisation.ts';

export const command = defineCommand({
  description:
    'Writes a made-up organisation of any size, whose systems are directories below its own out/: for benchmarks and ' +
    'tests. The same numbers give the same bytes.',
  positionals: { directory: word('directory', 'A folder that is new or empty.', 'directory') },
  options: {
    resources: wholeNumber('--resources <n>', 'How many resources its content compiles to.', {
      minimum: 1,
      maximum: 1_000_000,
      fallback: 1000,
    }),
    seed: wholeNumber('--seed <n>', 'Another number gives another organisation of the same size.', {
      minimum: 0,
      maximum: 999_999_999,
      fallback: 1,
    }),
  },
  exits: ['refused'],
  examples: [
    {
      line: 'opsctl dev generate /tmp/big --resources 10000 --seed 7',
      text: 'Ten thousand resources, ready for plan and apply.',
    },
    { line: 'opsctl plan --directory /tmp/big', text: 'Plans it, offline, with nothing installed there.' },
  ],
  async run({ directory, resources, seed }, session) {
    const root = resolve(session.io.cwd, directory);
    const files = syntheticOrganisation({ resources, seed });
    const existing = await existingAmong(root, [...files.keys()]);
    if (existing.length > 0) {
      session.tell([initDiagnostics.create('exists', { files: existing, directory: root })]);
      return 'refused';
    }
    await writeNewFiles(root, files);
    const program = calledAs(session.io, session.io.cwd);
    session.show(syntheticView, { directory, files: files.size, resources, seed, program });
    return 'done';
  },
});
