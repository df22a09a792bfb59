import { expect } from 'vitest';
import {
  type LabelSet,
  parseAlertmanager,
  parseSilence,
  type Silence,
  simulate,
  toApiSilence,
} from '../../toolkit/languages/alert-routing/index.ts';
import { type LiveAlertmanager, withMarkerRule } from './live-alertmanager.ts';
import type { RandomConfig } from './random-routing.ts';

/** Holds what a live Alertmanager makes of alerts that fire together against our simulation of it. */
export async function compareWithLive(
  server: LiveAlertmanager,
  random: RandomConfig,
  firing: readonly LabelSet[],
  silenced: readonly (readonly string[])[],
): Promise<void> {
  const document = { ...random, inhibit_rules: withMarkerRule(random.inhibit_rules) };
  const { config, findings } = parseAlertmanager(document);
  const refused = findings.filter(({ weight }) => weight === 'refused');
  const refusal = await server.load(document);
  expect({ refusal, refused }).toEqual(
    refusal === null ? { refusal, refused: [] } : { refusal, refused: expect.arrayContaining([expect.anything()]) },
  );
  await server.forgetSilences();
  const silences = await addSilences(server, silenced);
  const observed = await server.judge(firing);
  const simulation = simulate(config, { firing, atMs: Date.now(), silences });
  const expected = simulation.alerts.map(({ routed, inhibition, silencedBy }, position) => ({
    receivers: routed.map(({ route }) => route.receiver),
    inhibitedBy: oneOf(
      (inhibition?.by ?? []).map((by) => firing[by]),
      observed.alerts[position]?.inhibitedBy,
    ),
    silencedBy: silencedBy.map(({ id }) => id).sort(),
  }));
  expect(observed.alerts).toEqual(expected);
  const groups = simulation.groups.map(({ route, labels, alerts }) => ({
    receiver: route.receiver,
    labels,
    alerts: alerts.map((alert) => firing[alert]),
  }));
  expect(inAnyOrder(observed.groups)).toEqual(inAnyOrder(groups));
}

async function addSilences(
  server: LiveAlertmanager,
  silenced: readonly (readonly string[])[],
): Promise<readonly Silence[]> {
  const silences: Silence[] = [];
  for (const matchers of silenced) {
    const [startsAt, endsAt] = [new Date(Date.now() + 50), new Date(Date.now() + 3_600_000)].map((at) =>
      at.toISOString(),
    );
    const { silence, findings } = parseSilence({ matchers, owner: 'o', reason: 'r', changeId: 'c', startsAt, endsAt });
    const id = await server.silence({ ...toApiSilence(silence), startsAt: new Date().toISOString() });
    expect({ id, refused: findings.some(({ weight }) => weight === 'refused') }).toEqual({
      id: id === null ? null : expect.any(String),
      refused: id === null,
    });
    if (id !== null) silences.push({ ...silence, id, startsAtMs: 0 });
  }
  return silences;
}

/** Alertmanager names one of those that hold an alert back, and not always the same. */
function oneOf(
  possible: readonly (LabelSet | undefined)[],
  named: readonly LabelSet[] | undefined,
): readonly (LabelSet | undefined)[] {
  const found = possible.find((labels) => printed(labels) === printed(named?.[0]));
  return (found === undefined ? possible : [found]).slice(0, 1);
}

function inAnyOrder(groups: readonly { readonly alerts: readonly (LabelSet | undefined)[] }[]): readonly string[] {
  return groups.map((group) => JSON.stringify({ ...group, ...sortedGroup(group) })).sort();
}

function sortedGroup({ alerts, ...rest }: { readonly alerts: readonly (LabelSet | undefined)[] }): object {
  const labels = printed((rest as { readonly labels?: LabelSet }).labels);
  return { labels, alerts: alerts.map(printed).sort() };
}

function printed(labels: LabelSet | undefined): string {
  return JSON.stringify(Object.entries(labels ?? {}).sort(([left], [right]) => (left < right ? -1 : 1)));
}
