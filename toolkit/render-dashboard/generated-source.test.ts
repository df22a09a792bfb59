import { describe, expect, it } from 'vitest';
import { generatedSource } from './generated-source.ts';
import type { GeneratedWorld } from './generated-world.ts';
import type { AnswerHint, Sample } from './metrics-source.ts';
import { timeRange } from './panel-data.ts';

const range = timeRange(Date.UTC(2026, 0, 15, 6), 6 * 3_600_000);
const itemOf = (item: string, classId: string, site: string) => ({ item, class: classId, site, team: `${site}-ops` });
const pump = itemOf('pump-1', 'water-pump', 'east');
const gate = itemOf('gate-1', 'gate', 'east');
const far = itemOf('pump-2', 'water-pump', 'west');
const world: GeneratedWorld = {
  seed: 1,
  labels: { site: ['east', 'west'], window: ['1h', '6h'] },
  items: [pump, gate, far],
  alarms: [
    { labels: { ...pump, alertname: 'PumpDry', severity: 'critical' }, severity: 'critical', forMs: 3_600_000 },
    { labels: { ...far, alertname: 'PumpHot', severity: 'warning' }, severity: 'warning', forMs: 12 * 3_600_000 },
  ],
};

describe('series that are made up', () => {
  it.each([
    {
      name: 'a signal is of the items of its class',
      expr: 'topk(6, signal:water_pump_flow)',
      items: ['pump-1', 'pump-2'],
    },
    { name: 'a matcher leaves items out', expr: 'signal:water_pump_flow{item=~"pump-2"}', items: ['pump-2'] },
    { name: 'several values leave in what they name', expr: 'x{item=~"gate-1|pump-2"}', items: ['gate-1', 'pump-2'] },
    { name: 'a site leaves items out', expr: 'signal:water_pump_flow{site="east"}', items: ['pump-1'] },
    { name: 'a pattern leaves nothing out', expr: 'signal:gate_up{item=~".*"}', items: ['gate-1'] },
    { name: 'a class that is not here has no series', expr: 'signal:water_pump_flow{class="gate"}', items: [] },
  ])('$name', async ({ expr, items }) => {
    expect((await asked(expr, ['item'])).map(({ labels }) => labels.item).toSorted()).toEqual(items);
  });

  it('the same series has the same values in two panels', async () => {
    const [bars, lines] = await Promise.all([
      asked('topk(3, signal:gate_load)', ['item']),
      asked('signal:gate_load{site=~"east"}', ['item']),
    ]);
    expect(bars.map(lastOf)).toEqual(lines.map(lastOf));
  });
});

describe('alarms that are made up', () => {
  it.each([
    { name: 'all items are counted', expr: 'count(signal:item_state)', value: 3 },
    { name: 'those that are critical are counted', expr: 'count(signal:item_state == 2) or vector(0)', value: 1 },
    { name: 'warnings are counted', expr: 'sum(signal:alerts_firing{severity="warning"}) or vector(0)', value: 1 },
    { name: 'nothing is a zero', expr: 'sum(signal:alerts_firing{item="gate-1"}) or vector(0)', value: 0 },
  ])('$name', async ({ expr, value }) => {
    expect((await asked(expr, [])).map(lastOf)).toEqual([value]);
  });

  it('the map of items shows the state that the counts count, the worst first', async () => {
    const map = await asked('sort_desc(max by (item) (signal:item_state))', ['item'], true);
    expect(map.map((sample) => [sample.labels.item, lastOf(sample)])).toEqual([
      ['pump-1', 2],
      ['pump-2', 1],
      ['gate-1', 0],
    ]);
  });

  it('a site is as bad as the worst of its items', async () => {
    const map = await asked('max by (site) (signal:item_state)', ['site'], true);
    expect(map.map((sample) => [sample.labels.site, lastOf(sample)])).toEqual([
      ['east', 2],
      ['west', 1],
    ]);
  });

  it('an alert is there since it began', async () => {
    const [critical] = await asked('sum by (severity) (signal:alerts_firing{severity="critical"})', ['severity']);
    expect(critical?.labels).toEqual({ severity: 'critical' });
    expect(critical?.points.filter(([, value]) => value === 0).length).toBe(150);
    expect(critical?.points.filter(([, value]) => value === 1).length).toBe(31);
  });

  it('a list of alerts names the same ones', async () => {
    const listed = await generatedSource(world).alerts();
    expect(listed.ok && listed.value.map(({ name, severity, labels }) => [name, severity, labels.item])).toEqual([
      ['PumpDry', 'critical', 'pump-1'],
      ['PumpHot', 'warning', 'pump-2'],
    ]);
  });
});

async function asked(expression: string, labels: readonly string[], isState = false): Promise<readonly Sample[]> {
  const hint: AnswerHint = { unit: 'short', min: null, max: null, steps: [], isState, labels };
  const answer = await generatedSource(world).queryRange(expression, range, hint);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

function lastOf({ points }: Sample): number | undefined {
  return points.at(-1)?.[1];
}
