import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../toolkit/diagnostics/index.ts';
import { type Address, type JsonObject, printAlertOverride } from '../../../toolkit/model/index.ts';
import { isDrifted, makeDriftReport } from '../../../toolkit/operate/index.ts';
import { type Drift, diffFields, type PlannedChange } from '../../../toolkit/plan/index.ts';
import { plainResource } from '../../../toolkit/testing/arbitraries.ts';
import { aChange, aPlan } from '../../../toolkit/testing/policy-input.ts';
import type { Terminal } from '../../output/view.ts';
import { type AuditInput, auditView } from './audit-view.ts';
import { htmlReport } from './html-report.ts';
import { markdownReport } from './markdown-report.ts';

const terminal: Terminal = { paint: (_style, text) => text, width: 100, isVerbose: false };
const secret = { $secret: 'env:TOKEN' };
const tuned = (threshold: number) =>
  printAlertOverride({ alert: 'HostMemoryShort', item: 'mes-1', variant: 'tuned-1', threshold });
const busy = (limit: number) => ({
  alert: 'HostCpuBusy',
  expr: `1 - avg by (item) (rate(node_cpu_seconds_total{class="host",mode=~"idle|iowait|steal"}[5m])) > ${limit}`,
});

const sides: Readonly<Record<string, readonly [applied: JsonObject, found: JsonObject]>> = {
  'plant-1/prometheus-rules/host': [
    { group: { rules: [tuned(0.05), busy(0.9)] } },
    { group: { rules: [tuned(0.07), busy(0.99), { alert: 'ByHand', expr: 'up == 1' }] } },
  ],
  'plant-1/alertmanager-config/main': [
    { config: { receivers: [{ name: 'ops', webhook_configs: [{ url: secret }] }] } },
    { config: { receivers: [{ name: 'ops', webhook_configs: [{ url: { $secret: 'unmatched:' } }] }] } },
  ],
  'plant-1/texts/motd': [{ text: 'one\ntwo\n' }, { text: 'one\n2 <b>|\n' }],
};

const changes = Object.entries(sides).map(([address, [applied, found]]): PlannedChange => {
  const change = aChange('update', plainResource(address as Address, { spec: applied }));
  return change.change.action === 'update'
    ? { ...change, change: { ...change.change, observed: { ...change.change.observed, spec: found } } }
    : change;
});

const drift: readonly Drift[] = [
  ...Object.entries(sides).map(([address, [applied, found]]) => ({
    address: address as Address,
    kind: 'changed' as const,
    fields: diffFields(applied, found),
    detail: 'Something other than opsctl changed it.',
  })),
  { address: 'plant-1/texts/gone' as Address, kind: 'vanished', fields: [], detail: 'It is gone from disk.' },
];

function audit(drifts: readonly Drift[]): AuditInput {
  const plan = aPlan(changes, {
    drift: drifts,
    stacks: [{ stack: 'plant-1', lineage: 'x', serial: 1, stateDigest: `sha256:${'1'.repeat(64)}` as never }],
  });
  const report = makeDriftReport(plan, null, '2026-11-21T15:00:00Z');
  return { report: { ...report, digest: `sha256:${'2'.repeat(64)}` as never }, organisation: 'Example', ignored: [] };
}

const finding: Diagnostic = {
  code: 'policy/alerts/silence-by-hand',
  severity: 'warning',
  summary: 'Silences',
  detail: 'It lasts 365 days.',
  hint: 'End it.',
  subject: 'plant-1/alertmanager-silence/f00',
};

function withSilence(fields: Partial<Diagnostic> = {}): AuditInput {
  const location = 'a silence of all until 2036, by x';
  const found = { stack: 'plant-1', target: 'alertmanager', type: 'alertmanager-silence', name: 'f00', location };
  const plan = aPlan([], {
    unmanaged: [{ ...found, concern: 'nobody hears of any alert' }],
    findings: [{ ...finding, ...fields }],
  });
  return { report: makeDriftReport(plan, null, '2026-11-21T15:00:00Z'), organisation: 'Example', ignored: [] };
}

describe('the audit', () => {
  it.each([
    { name: 'for a terminal', file: 'audit.txt', text: auditView.human(audit(drift), terminal) },
    { name: 'as Markdown', file: 'audit.md', text: markdownReport(audit(drift)) },
    { name: 'as HTML', file: 'audit.html', text: htmlReport(audit(drift)) },
  ])('$name says what differs in the words of a plan', async ({ file, text }) => {
    await expect(text).toMatchFileSnapshot(`../golden/${file}`);
  });

  it('shows no mark that stands for a secret', () => {
    const texts = [auditView.human(audit(drift), terminal), markdownReport(audit(drift)), htmlReport(audit(drift))];
    expect(texts.filter((text) => text.includes('unmatched'))).toEqual([]);
  });

  it('counts one as one', () => {
    const text = auditView.human(audit(drift.slice(3)), terminal);
    expect(text).toContain('3 objects compared on 0 targets of 1 stack.');
    expect(markdownReport(audit(drift.slice(3)))).toContain('Not as it was applied: 1 object drifted.');
  });

  it('is not clear where a policy objects to what nobody declared, and says what that keeps from whom', () => {
    const input = withSilence();
    const text = auditView.human(input, { ...terminal, width: 300 });
    const texts = [text, markdownReport(input), htmlReport(input)];
    for (const said of ['a silence of all until 2036, by x', '! nobody hears of any alert.', 'It lasts 365 days.'])
      expect(texts.map((one) => one.includes(said))).toEqual([true, true, true]);
    expect(text).toContain('\n1 finding of policies in what nobody declared, 0 muted');
    expect(isDrifted(input.report)).toBe(true);
    expect(auditView.events(input)).toContainEqual({ event: 'finding', ...finding });
  });

  it('is clear where somebody allowed it, and where the finding is of something declared', () => {
    const waiver = { reason: 'works', approver: 'lin', until: '2027-01-01' };
    expect(isDrifted(withSilence({ waiver }).report)).toBe(false);
    expect(isDrifted(withSilence({ subject: 'plant-1' }).report)).toBe(false);
  });

  it('gives the same words in its events', () => {
    const [first] = auditView.events(audit(drift));
    expect(first).toMatchObject({
      event: 'drift',
      address: 'plant-1/prometheus-rules/host',
      overrides: [{ alert: 'HostMemoryShort', item: 'mes-1', text: 'threshold 0.05 -> 0.07' }],
      differences: [{ label: 'group.rules[HostCpuBusy].expr' }, { label: 'group.rules[ByHand]' }],
    });
  });
});
