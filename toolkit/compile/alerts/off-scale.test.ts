import { expect, it } from 'vitest';
import { type Alert, patch } from '../../model/index.ts';
import { hostAlerts, items, sampleGroup, sampleStacks } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

const { organisation } = sampleGroup();

it.each([
  { name: 'a share that is tuned in percent', group: tuned(hostAlerts.cpuBusy, 95), hint: 'For 95 % write 0.95.' },
  { name: 'a share below nothing', group: tuned(hostAlerts.memoryShort, -1), hint: 'Write a number from 0 to 1.' },
  { name: 'a share that is patched in percent', group: patched(0.5 * 5), hint: 'For 2.5 % write 0.025.' },
])('$name is warned of', ({ group, hint }) => {
  expect(compileGroup(group).diagnostics.map((found) => [found.code, found.severity, found.hint])).toEqual([
    ['compile/threshold-off-scale', 'warning', hint],
  ]);
});

it.each([
  { name: 'all of a share', group: tuned(hostAlerts.cpuBusy, 1) },
  { name: 'what is no share', group: tuned(hostAlerts.overloaded, 30) },
])('$name may be a threshold', ({ group }) => {
  expect(compileGroup(group).diagnostics).toEqual([]);
});

type Group = ReturnType<typeof sampleGroup>;

function tuned(alert: Alert, threshold: number): Group {
  const change = { threshold, reason: 'Because.' };
  return sampleGroup({ stacks: sampleStacks((plant) => plant.tune(items.where({ class: 'host' }), alert, change)) });
}

function patched(threshold: number): Group {
  const patches = [patch(hostAlerts.cpuBusy, { threshold, reason: 'Because.' })];
  return sampleGroup({ organisation: { ...organisation, catalogue: { ...organisation.catalogue, patches } } });
}
