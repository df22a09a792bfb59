import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/index.ts';
import { fileFailure, isErrorCode } from '../host/file-failure.ts';
import { readRules, readUserTests, type UserTests } from '../rule-tests/index.ts';
import type { Content, Repository } from './contract.ts';

export interface FoundUserTests {
  readonly tests: readonly UserTests[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Where people write tests of rules. */
export const testFolder = 'alerts/tests';

interface Selection {
  readonly stacks: readonly string[];
  readonly alerts: readonly string[];
}

/** With a selection of alerts or stacks, only the generated tests are run. */
export async function readTestFiles(
  { root }: Repository,
  content: Content,
  { stacks, alerts }: Selection,
): Promise<FoundUserTests> {
  if (stacks.length > 0 || alerts.length > 0) return { tests: [], diagnostics: [] };
  const rules = readRules(content.resources);
  const read = await Promise.all(
    (await namesIn(join(root, testFolder))).map(async (name) => {
      const file = `${testFolder}/${name}`;
      const isBeside = (entry: string) => !entry.includes('*') && existsSync(resolve(root, testFolder, entry));
      return readUserTests(await readFile(join(root, file), 'utf8'), file, rules, isBeside);
    }),
  );
  return {
    tests: read.flatMap(({ tests }) => (tests === null ? [] : [tests])),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /\.test\.ya?ml$/.test(name)).sort();
  } catch (cause) {
    if (isErrorCode(cause, 'ENOENT')) return [];
    throw fileFailure('list', folder, cause);
  }
}
