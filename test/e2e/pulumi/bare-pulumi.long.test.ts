import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../toolkit/host/run-program.ts';
import { makeWorkplace } from '../../support/opsctl.ts';

const pulumi = await findProgram('pulumi');
const why = pulumi === null ? ' (skipped: no pulumi on PATH)' : '';
const repository = join(import.meta.dirname, '..', '..', '..');
const { folder, opsctl, remove } = makeWorkplace();
const project = join(folder, 'stacks/pulumi');
const packages = join(folder, 'node_modules');
const fromSources = { NODE_OPTIONS: '--conditions=opsctl-source' };

/** Pulumi's own command line in the project of the repository; `node` is the one that PATH has first. */
function bare(words: string, env: Readonly<Record<string, string>> = fromSources, node = dirname(process.execPath)) {
  const { status, stdout, stderr } = spawnSync(
    pulumi ?? '',
    [...words.split(' '), '--non-interactive', '--color=never'],
    {
      cwd: project,
      env: {
        PATH: [node, dirname(pulumi ?? '/x/x'), '/usr/bin', '/bin'].join(delimiter),
        HOME: folder,
        PULUMI_BACKEND_URL: `file://${join(folder, '.backend')}`,
        PULUMI_CONFIG_PASSPHRASE: 'of the test',
        PULUMI_HOME: join(folder, '.pulumi-home'),
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        ...env,
      },
      encoding: 'utf8',
    },
  );
  return { status, text: `${stdout}${stderr}` };
}

beforeAll(() => {
  if (pulumi === null) return;
  expect(opsctl('init .').status).toBe(0);
  mkdirSync(join(folder, '.backend'));
  mkdirSync(packages);
  symlinkSync(repository, join(packages, 'opsctl'));
  symlinkSync(join(repository, 'node_modules/@pulumi'), join(packages, '@pulumi'));
  cpSync(join(repository, 'stacks/pulumi'), project, { recursive: true });
  expect(bare('stack init lab.plant-1').status).toBe(0);
});
afterAll(remove);

describe.skipIf(pulumi === null)(`a bare pulumi${why}`, { timeout: 120_000 }, () => {
  it('says that opsctl is not built, where it is not', () => {
    const unbuilt = join(folder, 'unbuilt');
    mkdirSync(unbuilt);
    cpSync(join(repository, 'package.json'), join(unbuilt, 'package.json'));
    rmSync(join(packages, 'opsctl'));
    symlinkSync(unbuilt, join(packages, 'opsctl'));
    const { status, text } = bare('preview --stack lab.plant-1', {});
    rmSync(join(packages, 'opsctl'));
    symlinkSync(repository, join(packages, 'opsctl'));
    expect(text).toContain("error: opsctl is not built: run 'npm run build' in its clone");
    expect([status === 0, text.includes('    at ')]).toEqual([false, false]);
  });

  it('says that opsctl is not installed, where it is not', () => {
    rmSync(join(packages, 'opsctl'));
    const { text } = bare('preview --stack lab.plant-1');
    symlinkSync(repository, join(packages, 'opsctl'));
    expect(text).toContain("error: opsctl is not installed here: run 'npm install' in the repository.");
  });

  it('says that the node of PATH is too old', () => {
    const bin = join(folder, 'old-node');
    mkdirSync(bin);
    writeFileSync(join(folder, 'older.cjs'), "Object.defineProperty(process.versions, 'node', { value: '20.1.0' });");
    writeFileSync(join(bin, 'node'), `#!/bin/sh\nexec ${process.execPath} --require ${folder}/older.cjs "$@"\n`, {
      mode: 0o755,
    });
    const { text } = bare('preview --stack lab.plant-1', fromSources, bin);
    expect(text).toContain('error: opsctl needs Node 26, and the node that Pulumi found on PATH is');
  });

  it('shows what is wrong with the content as a diagnostic, without a stack', () => {
    writeFileSync(join(folder, 'stacks/broken.ts'), 'export const nothing = 1;\n');
    const { text } = bare('preview --stack lab.plant-1');
    rmSync(join(folder, 'stacks/broken.ts'));
    expect(text).toContain('error: File declares nothing [content/nothing-declared]');
    expect(text).toContain('at stacks/broken.ts:1:1');
    expect(text).not.toContain('program.ts:');
  });

  it('runs the policies of the repository in a preview, each at its weight and its place', () => {
    writeFileSync(join(folder, 'policies/standard.ts'), "export { tried as default } from './parts/tried.ts';\n");
    mkdirSync(join(folder, 'policies/parts'));
    writeFileSync(join(folder, 'policies/parts/tried.ts'), triedPolicies);
    const stopped = bare('preview --stack lab.plant-1 --policy-pack policies');
    expect(stopped.status).not.toBe(0);
    const findings = stopped.text.split('\n        - ').slice(1);
    const about = (name: string) => findings.filter((text) => text.includes(`plant-1-mes-1 is ${name}`));
    const place = '(pulumi-nodejs:dynamic/opsctl:cmdb-record: plant-1/cmdb-record/plant-1-mes-1)';
    expect(about('stopped')).toEqual([expect.stringContaining(`[mandatory]  opsctl-blocking  ${place}`)]);
    expect(about('approved')).toEqual([expect.stringContaining(`[advisory]  opsctl-approval  ${place}`)]);
    expect(about('advised')).toEqual([expect.stringContaining(`[advisory]  opsctl-advice  ${place}`)]);
    expect(about('stopped')[0]).toContain('at cmdb/items/host.csv:3:1');
  });

  it('does not stop for what is waived', () => {
    const stack = join(folder, 'stacks/plant-1.ts');
    const waiver = "{ reason: 'Tried for a while.', approver: 'ops-lead', until: '2999-01-31' }";
    const text = readFileSync(stack, 'utf8')
      .replace('import { item }', "import { stopped } from '../policies/parts/tried.ts';\nimport { item }")
      .replace(/\}\);\s*$/, `}).waive(items.where({ site: 'plant-1' }), stopped, ${waiver});\n`);
    writeFileSync(stack, text);
    const { status, text: told } = bare('preview --stack lab.plant-1 --policy-pack policies');
    expect(told).not.toContain('[mandatory]');
    expect(told).toContain('plant-1-mes-1 is stopped. Waived by ops-lead until 2999-01-31: Tried for a while.');
    expect(status).toBe(0);
  });
});

const triedPolicies = `
import { definePolicy } from 'opsctl';

const make = (id, level, what) =>
  definePolicy({
    ...{ id, level, title: { en: id, zh: id }, rationale: 'Tried.', remedy: 'Do something.', clauses: [] },
    check: ({ items }) =>
      items
        .filter(({ id: item }) => item.startsWith('plant-1'))
        .map((item) => ({
          subject: 'plant-1/cmdb-record/' + item.id,
          item: item.id,
          message: item.id + ' is ' + what + '.',
          position: item.source,
        })),
  });
export const stopped = make('tried/stopped', 'mandatory', 'stopped');
export const tried = [
  make('tried/advised', 'advisory', 'advised'),
  make('tried/approved', 'approval-needed', 'approved'),
  stopped,
];
`;
