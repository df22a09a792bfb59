import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { generateIds, readInventories } from '../../toolkit/compile/inventory/index.ts';
import { writeFileAtomically } from '../../toolkit/host/atomic-write.ts';
import { readContentFiles } from '../../toolkit/host/read-content.ts';
import { defineCommand } from '../arguments/command.ts';
import { flag } from '../arguments/option.ts';
import { exitOfDiagnostics } from '../exit-code.ts';
import { generateView } from '../views/generate-view.ts';
import { mustFindRepository } from './find-repository.ts';
import { generateDiagnostics } from './generate-diagnostics.ts';
import { blocked } from './open-content.ts';

const idsFile = 'cmdb/items.generated.ts';

export const command = defineCommand({
  description:
    `Reads the inventories in cmdb/items/ and writes the ids of their items to ${idsFile}, so that an editor completes ` +
    "`item('...')` and a wrong id does not compile. Runs no code of the repository.",
  positionals: {},
  options: { check: flag('--check', 'Write nothing; end with 3 when the file is not as it would be written.') },
  exits: ['findings'],
  examples: [
    { line: 'opsctl generate', text: 'After items were added to a YAML or CSV file.' },
    { line: 'opsctl generate --check', text: 'In a pull request: fails when somebody forgot.' },
  ],
  async run({ check }, session) {
    const root = await mustFindRepository(resolve(session.io.cwd, session.globals.directory ?? '.'));
    const read = await readContentFiles(root);
    const { items, diagnostics } = readInventories(read.files);
    const told = [...read.diagnostics, ...diagnostics];
    session.tell(told);
    if (exitOfDiagnostics(told, 'error') !== 'done') return blocked(told);
    const text = generateIds(items);
    const isCurrent = (await readFile(join(root, idsFile), 'utf8').catch(() => null)) === text;
    if (check && !isCurrent) {
      session.tell([generateDiagnostics.create('stale', {}, { position: { file: idsFile, line: 1, column: 1 } })]);
      return 'findings';
    }
    if (!isCurrent) await writeFileAtomically(join(root, idsFile), text);
    session.show(generateView, { file: idsFile, items: items.length, written: !isCurrent });
    return 'done';
  },
});
