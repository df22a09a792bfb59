import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CollectionScript, defineCollectionScript, type ScriptTest } from '../../model/index.ts';
import { findConfinement } from './confine.ts';
import { testScripts } from './test-scripts.ts';

const raid = `awk '/^md/ { name = $1 } /\\[[U_]+\\]/ { print name, gsub(/_/, "", $NF) }' "$OPSCTL_ROOT/proc/mdstat" >"$TMPDIR/found" || exit 1
echo '# HELP raid_missing_disks Disks that an array lacks.'
echo '# TYPE raid_missing_disks gauge'
while read -r name missing; do echo "raid_missing_disks{device=\\"$name\\"} $missing"; done <"$TMPDIR/found"
`;
const mdstat = 'md0 : active raid1 sdb1[1] sda1[0](F)\n      976630464 blocks super 1.2 [2/1] [U_]\n';

function aScript(changes: Partial<CollectionScript> = {}): CollectionScript {
  return defineCollectionScript({
    id: 'raid-state',
    title: { en: 'State of software RAID', zh: '软 RAID 状态' },
    interpreter: 'sh',
    script: raid,
    interval: '5m',
    timeout: '10s',
    outputs: [
      { name: 'raid_missing_disks', type: 'gauge', unit: null, help: 'Disks that an array lacks.', labels: ['device'] },
    ],
    tests: [
      {
        name: 'a disk is missing',
        files: { 'proc/mdstat': mdstat },
        expect: { 'raid_missing_disks{device="md0"}': 1 },
      },
    ],
    ...changes,
  });
}

const run = (script: CollectionScript, unconfined = false, wanted: readonly string[] = []) =>
  testScripts({ scripts: [script], wanted, unconfined, onProgress: () => {}, signal: new AbortController().signal });
const problemsOf = async (changes: Partial<CollectionScript>, test: Partial<ScriptTest> = {}) => {
  const script = aScript(changes);
  const tests = script.tests.map((own) => ({ ...own, ...test }));
  const { findings } = await run({ ...script, tests });
  return findings.map(({ detail }) => detail.replace('raid-state, test "a disk is missing": ', ''));
};

const { confinement, reason } = await findConfinement(new AbortController().signal);

describe.skipIf(confinement === null)(
  `tests of scripts behind walls${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    it('pass where a script prints what it declares and what is expected', async () => {
      expect(await run(aScript())).toEqual({
        scripts: 1,
        tests: 1,
        failed: 0,
        confinement: 'namespaces',
        findings: [],
      });
    });

    const line = (text: string) => ({
      script: `printf '%s\\n' '# HELP raid_missing_disks x' '# TYPE raid_missing_disks gauge' '${text}'`,
    });

    it.each([
      {
        name: 'another value',
        changes: line('raid_missing_disks{device="md0"} 2'),
        problem: 'raid_missing_disks{device="md0"} is 2, and was to be 1.',
      },
      {
        name: 'another label',
        changes: line('raid_missing_disks{disk="md0"} 1'),
        problem: /line 3: raid_missing_disks has the labels disk, and is declared with device/,
      },
      {
        name: 'a metric that is not declared',
        changes: line('raid_disks{device="md0"} 1'),
        problem: /line 3: raid_disks is not declared/,
      },
      {
        name: 'another type',
        changes: { script: 'echo "# TYPE raid_missing_disks counter"; echo "raid_missing_disks{device=\\"md0\\"} 1"' },
        problem: /declared as gauge, and its TYPE is counter; raid_missing_disks has no HELP/,
      },
      { name: 'no exposition', changes: line('raid=1'), problem: /line 3: "raid=1" is no sample/ },
      {
        name: 'a failure',
        changes: { script: 'echo no mdstat >&2; exit 3' },
        problem: 'it ends with 3 and says "no mdstat".',
      },
      {
        name: 'no end',
        changes: { script: 'while :; do :; done', timeout: '1s' },
        problem: 'it did not end within its timeout.',
      },
    ])('fail at $name', async ({ changes, problem }) => {
      const [told] = await problemsOf(changes);
      expect(told).toMatch(problem);
    });

    it('pass where it was to fail and does', async () => {
      expect(await problemsOf({}, { files: {}, expect: 'failure' })).toEqual([]);
    });

    it('find programs that are made up before those of the machine', async () => {
      const changes = {
        script: 'echo "# HELP raid_missing_disks x"; echo "# TYPE raid_missing_disks gauge"; mdadm --detail',
      };
      const programs = { mdadm: { prints: 'raid_missing_disks{device="md0"} 1\n' } };
      expect(await problemsOf(changes, { programs })).toEqual([]);
    });
  },
);

/** What a script may not reach, as a script tells that tries to. */
describe.skipIf(confinement === null)('the walls around a script', () => {
  const secret = mkdtempSync(join(tmpdir(), 'opsctl-secret-'));
  let server: Server;
  let port = 0;
  let asked = 0;
  beforeAll(async () => {
    writeFileSync(join(secret, 'token'), 'hunter2');
    process.env.OPSCTL_TEST_TOKEN = 'hunter2';
    server = createServer((_, response) => {
      asked += 1;
      response.end('hunter2');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    delete process.env.OPSCTL_TEST_TOKEN;
    rmSync(secret, { recursive: true });
    await new Promise((resolve) => server.close(resolve));
  });

  /** Says 1 where the attempt reached what it should not. */
  const attempt = async (commands: string, interpreter: CollectionScript['interpreter'] = 'sh', unconfined = false) => {
    const script = aScript({
      interpreter,
      script: commands,
      outputs: [{ name: 'reached', type: 'gauge', unit: null, help: 'x', labels: [] }],
      tests: [{ name: 'tries', expect: { reached: 0 } }],
    });
    return (await run(script, unconfined)).findings.map(({ detail }) => detail);
  };
  const says = (test: string) =>
    `echo '# HELP reached x'; echo '# TYPE reached gauge'; if ${test}; then echo reached 1; else echo reached 0; fi`;

  it.each([
    { name: 'the environment', test: () => '[ -n "$OPSCTL_TEST_TOKEN" ]' },
    { name: 'files of this machine', test: () => `cat ${secret}/token 2>/dev/null` },
    { name: 'the repository', test: () => `[ -e ${import.meta.filename} ]` },
    { name: 'a home', test: () => '[ -e /root ] || [ -e /home ]' },
    {
      name: 'what is outside, through processes',
      test: () => `cat /proc/1/root${secret}/token /proc/*/cwd${secret}/token 2>/dev/null`,
    },
    { name: 'other mounts', test: () => '[ "$(id -u)" = 0 ] && mount -t tmpfs none /trial 2>/dev/null' },
    { name: 'a new user namespace', test: () => 'unshare --user true 2>/dev/null' },
    { name: 'settings of the kernel', test: () => 'echo x 2>/dev/null >/proc/sys/kernel/hostname' },
    { name: 'programs of the machine, to change them', test: () => 'touch /usr/bin/opsctl-was-here 2>/dev/null' },
  ])('keep it from $name', async ({ test }) => {
    expect(await attempt(says(test()))).toEqual([]);
  });

  it('are what keeps it: without them the same attempt succeeds', async () => {
    const [told] = await attempt(says(`cat ${secret}/token 2>/dev/null`), 'sh', true);
    expect(told).toContain('hunter2reached is printed (1), and was not expected');
  });

  it('keep it from the network', async () => {
    const perl = `use IO::Socket::INET; my $s = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => ${port}, Timeout => 2);
print "# HELP reached x\\n# TYPE reached gauge\\nreached ", ($s ? 1 : 0), "\\n";`;
    expect(await attempt(perl, 'perl')).toEqual([]);
    expect(asked).toBe(0);
  });

  it('end with it, and what it has started', async () => {
    const mark = join(secret, 'later');
    await attempt(`(sleep 1; touch ${mark}) & ${says('false')}`);
    expect(existsSync(mark)).toBe(false);
  });
});

it('a script that no stack schedules is told', async () => {
  expect((await run(aScript(), false, ['raid-stat'])).findings.map(({ code }) => code)).toEqual([
    'script-tests/no-such-script',
  ]);
});

it('without walls it is run only where that was asked for, with an empty environment, and told', async () => {
  process.env.OPSCTL_TEST_OPEN = '1';
  const script = aScript({ script: `[ -z "$OPSCTL_TEST_OPEN" ] || exit 9\n${raid}` });
  const { findings, confinement: kind } = await run(script, true);
  delete process.env.OPSCTL_TEST_OPEN;
  expect([kind, findings.map(({ code }) => code)]).toEqual(['none', ['script-tests/unconfined']]);
});
