import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsOf, makeWorkplace } from '../support/opsctl.ts';

const { folder, opsctl, remove } = makeWorkplace();

const rules = `groups:
  - name: hosts
    rules:
      - alert: HostDown
        expr: up{job=~"node"} == 0
        for: 5m
        labels: {severity: critical}
        annotations: {summary: "{{ $labels.instance }} is down", runbook_url: "https://runbooks.example.com/HostDown"}
`;

beforeAll(() => {
  mkdirSync(join(folder, 'rules'));
  writeFileSync(join(folder, 'rules/hosts.yml'), rules);
  writeFileSync(join(folder, 'broken.yml'), rules.replace('== 0', '== 0)'));
});
afterAll(remove);

describe('linting files of others', () => {
  it.each([
    { words: 'lint rules', status: 0 },
    { words: 'lint rules --fail-on notice', status: 3 },
    { words: 'lint rules --fail-on notice --disable regex-unneeded', status: 0 },
    { words: 'lint rules --severity lint/regex-unneeded=error', status: 3 },
    { words: 'lint broken.yml', status: 3 },
    { words: 'lint nowhere', status: 64 },
    { words: 'lint rules --only no-such-check', status: 64 },
    { words: 'lint rules --severity for-missing=fatal', status: 64 },
    { words: 'lint rules --retention soon', status: 64 },
    { words: 'lint --fix', status: 64 },
  ])('`opsctl $words` ends with $status', ({ words, status }) => {
    expect(opsctl(words).status).toBe(status);
  });

  it('says where, and what was looked at', () => {
    expect(opsctl('lint rules').stdout).toBe(`notice: Regular expression where a plain text does [lint/regex-unneeded]
  at rules/hosts.yml:5:18
  job=~"node" names one value.
  about: HostDown
  Fix: Use = or !=. \`opsctl lint --fix\` does it.

1 notice.
1 finding in 1 rule, 0 Alertmanager configurations, 0 dashboards.
`);
  });

  it('writes events with --json', () => {
    expect(eventsOf(opsctl('lint rules --json')).map(({ event }) => event)).toEqual([
      'start',
      'diagnostic',
      'linted',
      'end',
    ]);
  });

  it('writes SARIF that names the file', () => {
    const [run] = (JSON.parse(opsctl('lint rules --format sarif').stdout) as { runs: { results: object[] }[] }).runs;
    expect(run?.results).toMatchObject([
      {
        ruleId: 'lint/regex-unneeded',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'rules/hosts.yml' }, region: { startLine: 5 } } }],
      },
    ]);
  });

  it('shows what it would mend, and then mends it', () => {
    const shown = opsctl('lint rules --dry-run').stdout;
    expect(shown).toContain('-        expr: up{job=~"node"} == 0\n+        expr: up{job="node"} == 0\n');
    expect(readFileSync(join(folder, 'rules/hosts.yml'), 'utf8')).toBe(rules);
    chmodSync(join(folder, 'rules/hosts.yml'), 0o640);
    expect(opsctl('lint rules --fix')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('1 place mended in 1 file.'),
    });
    expect(statSync(join(folder, 'rules/hosts.yml')).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(folder, 'rules/hosts.yml'), 'utf8')).toBe(rules.replace('=~"node"', '="node"'));
    expect(opsctl('lint rules --fail-on notice').status).toBe(0);
  });
});

describe('linting a new repository', () => {
  const place = makeWorkplace();
  beforeAll(() => expect(place.opsctl('init').status).toBe(0));
  afterAll(place.remove);

  it('tells nothing that only the makers of the catalogue can mend, unless it is asked for', () => {
    const about = (words: string) =>
      eventsOf(place.opsctl(words))
        .filter(({ event }) => event === 'diagnostic')
        .map(({ diagnostic }) => (diagnostic as { position: { file: string } }).position.file.split('/')[0]);
    expect(about('lint --json')).toEqual([]);
    expect(new Set(about('lint --catalogue --json'))).toEqual(new Set(['opsctl']));
    expect(place.opsctl('lint').stdout).toMatch(
      /^No findings in \d+ rules, .* dashboards\. \d+ notices about opsctl's own catalogue: --catalogue\.\n$/,
    );
  });
});
