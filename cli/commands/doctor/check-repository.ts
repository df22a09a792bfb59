import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { listEnvironments, readableFolders } from '../../../toolkit/host/content-modules.ts';
import { contentFolders, findEscapingSymlink } from '../../../toolkit/host/sandbox/content-folders.ts';
import { packageLink } from '../init/link-package.ts';
import { type Check, ok } from './check.ts';

/** The folder itself: what is in it, what may not be in it, and what keeps state out of Git. */
export async function checkRepository(root: string): Promise<readonly Check[]> {
  const environments = await listEnvironments(root);
  return [
    ok('repository', root),
    environments.length > 0
      ? ok('environments', environments.join(', '))
      : {
          name: 'environments',
          status: 'warning',
          detail: 'none',
          remedy: 'Write stacks/bindings/<environment>.yaml to plan and apply.',
        },
    await checkSymlinks(root),
    await checkIgnored(root),
    checkEditor(root),
  ];
}

async function checkSymlinks(root: string): Promise<Check> {
  const real = await realpath(root);
  const denial = findEscapingSymlink(real, contentFolders(real, readableFolders));
  if (denial === undefined) return ok('symlinks', 'none leaves the content folders');
  return {
    name: 'symlinks',
    status: 'problem',
    detail: denial.message,
    remedy: 'Replace the link by what it points to.',
  };
}

async function checkIgnored(root: string): Promise<Check> {
  const text = await readFile(join(root, '.gitignore'), 'utf8').catch(() => '');
  if (/^\/?\.opsctl\/?\s*$/m.test(text)) return ok('.gitignore', 'keeps .opsctl/ out of Git');
  return {
    name: '.gitignore',
    status: 'warning',
    detail: 'does not name .opsctl/',
    remedy: 'Add the line `.opsctl/`: state and locks belong to a place.',
  };
}

function checkEditor(root: string): Check {
  const found = ['node_modules/opsctl', packageLink].find((path) => existsSync(join(root, path, 'package.json')));
  const isSource = existsSync(join(root, 'toolkit/authoring.ts'));
  if (found !== undefined || isSource) return ok('editor', `finds the types in ${found ?? 'this repository itself'}`);
  return {
    name: 'editor',
    status: 'warning',
    detail: 'does not find the types of opsctl',
    remedy: 'Run `npm install`, or `opsctl doctor --fix`.',
  };
}
