import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../../toolkit/host/run-program.ts';
import { type Ended, eventsOf, makeWorkplace } from '../../support/opsctl.ts';

const pulumi = await findProgram('pulumi');
const why = pulumi === null ? ' (skipped: no pulumi on PATH)' : '';
const repository = join(import.meta.dirname, '..', '..', '..');
const { folder, opsctl, remove } = makeWorkplace();
const backend = join(folder, '.backend');
const env = {
  PATH: ['/usr/bin', '/bin', dirname(pulumi ?? '/usr/bin/x')].join(delimiter),
  PULUMI_BACKEND_URL: `file://${backend}`,
  PULUMI_CONFIG_PASSPHRASE: 'of the test',
  PULUMI_HOME: join(folder, '.pulumi-home'),
};
const run = (words: string, more: Readonly<Record<string, string>> = {}) => opsctl(words, { ...env, ...more });
const rules = join(folder, 'out/plant-1/prometheus/rules/host.yaml');
const all = 'apply --engine pulumi --yes --json';

beforeAll(() => {
  if (pulumi === null) return;
  mkdirSync(backend);
  expect(opsctl('init .').status).toBe(0);
});
afterAll(remove);

/** Pulumi's own command line, on the project of the repository. */
function bare(...words: readonly string[]): string {
  return execFileSync(pulumi ?? '', [...words, '--non-interactive', '--color', 'never'], {
    cwd: join(folder, 'stacks/pulumi'),
    env: {
      ...process.env,
      ...env,
      PATH: [dirname(process.execPath), env.PATH].join(delimiter),
      NODE_OPTIONS: '--conditions=opsctl-source',
    },
    encoding: 'utf8',
  });
}

function outcome(ended: Ended) {
  const end = eventsOf(ended).find(({ event }) => event === 'end');
  const codes = eventsOf(ended).flatMap(({ diagnostic }) => {
    const { severity, code } = (diagnostic ?? {}) as { readonly severity?: string; readonly code?: string };
    return severity === 'error' && code !== undefined ? [code] : [];
  });
  return { status: ended.status, outcome: end?.['outcome'], errors: [...new Set(codes)] };
}

function counts(ended: Ended): Readonly<Record<string, number>> {
  const done = eventsOf(ended).filter(({ event }) => event === 'change-done');
  const statuses = done.map((entry) => (entry['outcome'] as { readonly status: string }).status);
  return Object.fromEntries(
    [...new Set(statuses)].sort().map((status) => [status, statuses.filter((one) => one === status).length]),
  );
}

/** Every file of the real systems with its bytes and the time it was written. */
function realObjects(): readonly string[] {
  const files = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' }).sort();
  return files
    .map((file) => join(folder, 'out', file))
    .filter((file) => statSync(file).isFile())
    .map((file) => `${file} ${statSync(file).mtimeMs} ${readFileSync(file, 'utf8')}`);
}

const lockFolder = () => join(backend, '.pulumi/locks/organization/opsctl/lab.plant-1');

function editDeployment(edit: (deployment: { resources: Record<string, unknown>[] }) => object): void {
  const file = join(backend, '.pulumi/stacks/opsctl/lab.plant-1.json');
  const state = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(
    file,
    JSON.stringify({
      ...state,
      checkpoint: { ...state.checkpoint, latest: { ...state.checkpoint.latest, ...edit(state.checkpoint.latest) } },
    }),
  );
}

function renameInState(from: string, to: string): void {
  editDeployment((deployment) => JSON.parse(JSON.stringify(deployment).replaceAll(from, to)));
}

describe.skipIf(pulumi === null)(`the life of an organisation under a real Pulumi${why}`, { timeout: 300_000 }, () => {
  it('a saved plan is carried out, once, and then there is nothing to do', () => {
    expect(run('plan --engine pulumi --out first.plan').status).toBe(0);
    const applied = run('apply first.plan --json');
    expect([outcome(applied), counts(applied)]).toEqual([{ status: 0, outcome: 'done', errors: [] }, { done: 32 }]);
    expect(existsSync(rules)).toBe(true);
    expect(run('plan --engine pulumi --detailed-exitcode').status).toBe(0);
    expect(run('apply first.plan').status).toBe(0);
    expect(run('state list --engine pulumi --stack plant-1').stdout.split('\n')).toContain(
      'plant-1/prometheus-rules/host',
    );
    expect(run('state history --stack plant-1').stdout).toContain('opsctl apply by');
  });

  it('what Pulumi wrote is what the embedded engine would have written: it would take over all as it is', () => {
    const [state, aside] = [join(folder, '.opsctl'), join(folder, '.opsctl-aside')];
    renameSync(state, aside);
    try {
      const { status, stdout } = run('plan --adopt *');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^32 to adopt; 0 unchanged\.$/m);
      expect(stdout).not.toMatch(/adopt with changes|^ +~ /m);
    } finally {
      rmSync(state, { recursive: true, force: true });
      renameSync(aside, state);
    }
  });

  it('drift is seen, and put right by an apply; what is gone is made again', () => {
    writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('for: 5m', 'for: 6m'));
    rmSync(join(folder, 'out/plant-1/cmdb/plant-1-mes-1.json'));
    expect(run('drift --engine pulumi --detailed-exitcode').status).toBe(2);
    const applied = run(all);
    expect([outcome(applied), counts(applied)]).toEqual([{ status: 0, outcome: 'done', errors: [] }, { done: 2 }]);
    expect(readFileSync(rules, 'utf8')).not.toContain('for: 6m');
    expect(run('drift --engine pulumi --detailed-exitcode').status).toBe(0);
  });

  it('a plan is refused when the world has moved since it was made', () => {
    writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('for: 5m', 'for: 6m'));
    expect(run('plan --engine pulumi --out stale.plan').status).toBe(0);
    writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('for: 6m', 'for: 7m'));
    expect(outcome(run('apply stale.plan --json'))).toEqual({
      status: 5,
      outcome: 'stale',
      errors: ['engine/stale-plan'],
    });
    expect(readFileSync(rules, 'utf8')).toContain('for: 7m');
    expect(run(all).status).toBe(0);
  });

  it('what fails is told, what waits for it is skipped, and the rest goes on', () => {
    const folderOfRecords = join(folder, 'out/plant-1/cmdb');
    writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('for: 5m', 'for: 6m'));
    rmSync(join(folderOfRecords, 'plant-1-mes-1.json'));
    // A user that may do everything is kept out by a folder where a file is to be.
    const inTheWay = join(folder, 'out/plant-1/cmdb/.opsctl-staged');
    rmSync(inTheWay, { recursive: true, force: true });
    writeFileSync(inTheWay, 'not a folder');
    const applied = run(all);
    expect([applied.status, counts(applied)]).toEqual([7, { done: 1, failed: 1 }]);
    expect(readFileSync(rules, 'utf8')).not.toContain('for: 6m');
    rmSync(inTheWay);
    expect([run(all).status, run('plan --engine pulumi --detailed-exitcode').status]).toEqual([0, 0]);
  });

  it('the project of the repository does the same under a bare `pulumi`', () => {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(repository, join(folder, 'node_modules/opsctl'));
    symlinkSync(join(repository, 'node_modules/@pulumi'), join(folder, 'node_modules/@pulumi'));
    mkdirSync(join(folder, 'stacks/pulumi'));
    for (const file of ['Pulumi.yaml', 'index.js'])
      writeFileSync(join(folder, 'stacks/pulumi', file), readFileSync(join(repository, 'stacks/pulumi', file)));
    const keys = readdirSync(join(folder, '.opsctl/pulumi')).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
    for (const file of keys)
      writeFileSync(join(folder, 'stacks/pulumi', file), readFileSync(join(folder, '.opsctl/pulumi', file)));
    expect(bare('preview', '--stack', 'lab.plant-1', '--expect-no-changes')).toContain('unchanged');
    writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('for: 5m', 'for: 6m'));
    expect(bare('refresh', '--stack', 'lab.plant-1', '--yes')).toMatch(/~ 1 updated/);
    expect(bare('up', '--stack', 'lab.plant-1', '--yes', '--skip-preview')).toMatch(/~ 1 updated/);
    expect(readFileSync(rules, 'utf8')).not.toContain('for: 6m');
    expect(run('plan --engine pulumi --detailed-exitcode').status).toBe(0);
  });

  it('a stack is moved there and back without touching one real object', () => {
    const before = realObjects();
    expect(run('state migrate --from pulumi --to embedded').status).toBe(0);
    expect([run('plan --detailed-exitcode').status, outcome(run('plan --engine pulumi --json'))]).toEqual([
      0,
      { status: 4, outcome: 'refused', errors: ['operate/other-engine'] },
    ]);
    expect(run('state migrate --from embedded --to pulumi').status).toBe(0);
    expect(run('plan --engine pulumi --detailed-exitcode').status).toBe(0);
    expect(outcome(run('plan --json')).errors).toEqual(['operate/other-engine']);
    expect(realObjects()).toEqual(before);
  });

  it.each([
    {
      name: 'somebody else works on the stack',
      spoil() {
        mkdirSync(lockFolder(), { recursive: true });
        const lock = { pid: 1, username: 'ann', hostname: 'ops-1', timestamp: '2026-11-21T20:00:00Z' };
        writeFileSync(join(lockFolder(), 'a.json'), JSON.stringify(lock));
      },
      restore: () => rmSync(lockFolder(), { recursive: true }),
      words: all,
      more: {},
      expected: { status: 6, outcome: 'locked', errors: ['pulumi/state-locked'] },
    },
    {
      name: 'the passphrase is another',
      spoil: () => {},
      restore: () => {},
      words: all,
      more: { PULUMI_CONFIG_PASSPHRASE: 'another' },
      expected: { status: 1, outcome: 'failure', errors: ['pulumi/wrong-passphrase'] },
    },
    {
      name: 'a run was cut off',
      spoil: () =>
        editDeployment(({ resources }) => ({ pending_operations: [{ type: 'creating', resource: resources.at(-1) }] })),
      restore: () => editDeployment(() => ({ pending_operations: [] })),
      words: all,
      more: {},
      expected: { status: 4, outcome: 'refused', errors: ['pulumi/pending-operations'] },
    },
    {
      name: 'a run was cut off, and its stack is to move',
      spoil: () =>
        editDeployment(({ resources }) => ({ pending_operations: [{ type: 'creating', resource: resources.at(-1) }] })),
      restore: () => editDeployment(() => ({ pending_operations: [] })),
      words: 'state migrate --from pulumi --to embedded --stack plant-1 --json',
      more: {},
      expected: { status: 4, outcome: 'refused', errors: ['pulumi/pending-operations'] },
    },
    {
      name: 'the state is of another project',
      spoil: () => renameInState('::opsctl::', '::other::'),
      restore: () => renameInState('::other::', '::opsctl::'),
      words: all,
      more: {},
      expected: { status: 4, outcome: 'refused', errors: ['pulumi/other-project'] },
    },
    {
      name: 'the state is of another stack',
      spoil: () => renameInState('plant-1/', 'plant-9/'),
      restore: () => renameInState('plant-9/', 'plant-1/'),
      words: all,
      more: {},
      expected: { status: 4, outcome: 'refused', errors: ['pulumi/other-stack'] },
    },
    {
      name: 'pulumi is not there',
      spoil: () => {},
      restore: () => {},
      words: 'plan --engine pulumi --json',
      more: { PATH: '/usr/bin:/bin' },
      expected: { status: 1, outcome: 'failure', errors: ['pulumi/no-program'] },
    },
    {
      name: 'no backend is named',
      spoil: () => {},
      restore: () => {},
      words: 'plan --engine pulumi --json',
      more: { PULUMI_BACKEND_URL: '' },
      expected: { status: 1, outcome: 'failure', errors: ['pulumi/no-backend'] },
    },
  ])('when $name, it is one diagnostic and nothing is done', ({ spoil, restore, words, more, expected }) => {
    writeFileSync(rules, readFileSync(rules, 'utf8').replaceAll('for: 5m', 'for: 6m'));
    spoil();
    const before = realObjects();
    try {
      expect(outcome(run(words, more))).toEqual(expected);
      expect(realObjects()).toEqual(before);
    } finally {
      restore();
    }
  });

  it('everything is removed again', () => {
    expect(run(all).status).toBe(0);
    const removed = run('destroy --engine pulumi --yes --allow-deletes 40 --approved-by ops-lead --json');
    expect([removed.status, counts(removed)]).toEqual([0, { done: 32 }]);
    expect(realObjects()).toEqual([]);
    expect(run('state list --engine pulumi').stdout).not.toContain('plant-1/');
  });
});
