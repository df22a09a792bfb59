import { expect, it } from 'vitest';
import type { HttpClient } from '../../host/http/index.ts';
import type { Address, HealthReference } from '../../model/index.ts';
import { waitForHealth } from './health.ts';

/** A Prometheus whose one target list has these targets, by their state. */
function clientWith(targets: Readonly<Record<string, string>>): HttpClient {
  const activeTargets = Object.entries(targets).map(([address, health]) => ({
    discoveredLabels: { __address__: address, __meta_filepath: '/etc/p/targets/host.json', item: address },
    health,
    lastError: '',
  }));
  return { json: async () => ({ data: { activeTargets, droppedTargets: [] } }) } as unknown as HttpClient;
}

const address = 'plant/prometheus-targets/host' as Address;
const spec = { name: 'host', groups: [{ targets: ['old', 'new'] }] };

async function healthOf(
  targets: Readonly<Record<string, string>>,
  reference: Partial<HealthReference> = {},
  downBefore: readonly string[] = [],
) {
  const asked = { address, type: 'prometheus-targets', spec, ...reference };
  const options = { timeoutMs: 0, signal: new AbortController().signal, report: () => {} };
  const [report] = await waitForHealth('/etc/p', clientWith(targets), [asked], new Set(downBefore), options);
  return { healthy: report?.healthy, excused: report?.excused };
}

it('what was down before the change is excused, and said in a form that can be given back', async () => {
  const seen = await healthOf({ old: 'down', new: 'down' }, {}, ['host.json old']);
  expect(seen).toEqual({ healthy: false, excused: ['host.json old'] });
});

it.each([
  { name: 'only what was excused is down', targets: { old: 'down', new: 'up' }, healthy: true },
  { name: 'what was to come up is still down', targets: { old: 'down', new: 'down' }, healthy: false },
  { name: 'what was excused has come up', targets: { old: 'up', new: 'down' }, healthy: false },
])('a list that was not seen to work before is healthy: $healthy, where $name', async ({ targets, healthy }) => {
  // The run that looks again sees both of them down before it begins: that excuses nothing.
  const seen = await healthOf(targets, { excused: ['host.json old'] }, ['host.json old', 'host.json new']);
  expect(seen.healthy).toBe(healthy);
});
