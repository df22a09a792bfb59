import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findRepository } from '../../../toolkit/host/content-modules.ts';
import { defineCommand } from '../../arguments/command.ts';
import { optionalWord } from '../../arguments/positional.ts';
import { calledAs } from '../../called-as.ts';
import { initView } from '../../views/init-view.ts';
import { initDiagnostics } from './diagnostics.ts';
import { linkPackage } from './link-package.ts';
import { readTemplate } from './template.ts';
import { existingAmong, writeNewFiles } from './write-new-files.ts';

export const command = defineCommand({
  description:
    'The new repository imports the catalogue (classes, alerts, dashboards, policies) and holds only what is the ' +
    "organisation's own: here a headquarters and a plant, whose systems are directories below out/. Nothing that is " +
    'there already is overwritten.',
  positionals: {
    directory: optionalWord('directory', 'Where to make it; the current directory when not given.', 'directory'),
  },
  options: {},
  exits: ['refused'],
  examples: [
    {
      line: 'opsctl init operations',
      text: 'Makes operations/, where validate, plan and apply work at once, offline.',
    },
    { line: 'git init && opsctl init', text: 'Makes it in the current directory, if none of its files is there.' },
  ],
  async run({ directory }, session) {
    const root = resolve(session.io.cwd, directory ?? session.globals.directory ?? '.');
    const files = await readTemplate({ version: session.version });
    const around = await findRepository(dirname(root));
    if (around !== null) {
      session.tell([initDiagnostics.create('nested', { directory: root, around })]);
      return 'refused';
    }
    const existing = await existingAmong(root, [...files.keys()]);
    if (existing.length > 0) {
      session.tell([initDiagnostics.create('exists', { files: existing, directory: root })]);
      return 'refused';
    }
    await writeNewFiles(root, files);
    await linkPackage(root);
    const git = findGit(root);
    if (git !== null && git !== root)
      session.tell([initDiagnostics.create('inside-git', { directory: root, around: git })]);
    const program = calledAs(session.io, root);
    session.show(initView, { directory: root, given: directory, program, files: [...files.keys()] });
    return 'done';
  },
});

/** The top of the work tree around a directory; `.git` is a file where it is a worktree or a submodule. */
function findGit(directory: string): string | null {
  if (existsSync(join(directory, '.git'))) return directory;
  return dirname(directory) === directory ? null : findGit(dirname(directory));
}
