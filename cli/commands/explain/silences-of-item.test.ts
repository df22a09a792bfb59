import { expect, it } from 'vitest';
import type { Address, JsonObject } from '../../../toolkit/model/index.ts';
import { plainResource } from '../../../toolkit/testing/arbitraries.ts';
import { sampleItem } from '../../../toolkit/testing/sample-group.ts';
import { silencesOfItem } from './silences-of-item.ts';

const item = sampleItem('pump-1', 'host', {}, { site: 'plant-1' });
const terms = { endsAt: '2027-01-16T02:00:00Z', owner: 'mes-ops', reason: 'Disks.', change: 'CHG-1' };
const told = { until: terms.endsAt, owner: 'mes-ops', reason: 'Disks.', change: 'CHG-1', from: null };
const is = (name: string, value: string, isRegex = false, isEqual = true) => ({ name, value, isRegex, isEqual });
const here = is('stack', 'plant-1');

it.each([
  { name: 'of the item', matchers: [here, is('item', 'pump-1|pump-2', true)], alerts: null },
  { name: 'of another item', matchers: [here, is('item', 'pump-2')], alerts: undefined },
  { name: 'of all but the item', matchers: [here, is('item', 'pump-1', false, false)], alerts: undefined },
  { name: 'of another control point', matchers: [is('stack', 'plant-2')], alerts: undefined },
  { name: 'of one alert of its class', matchers: [here, is('alertname', 'Down')], alerts: ['Down'] },
  { name: 'of alerts that it does not have', matchers: [here, is('alertname', 'Leak')], alerts: undefined },
  { name: 'of what only a series says', matchers: [here, is('device', 'sda')], alerts: null },
  { name: 'of its site', matchers: [here, is('site', 'plant-.', true)], alerts: null },
])('a silence $name', ({ matchers, alerts }) => {
  const address = 'hq/alertmanager-silence/plant-1-chg-1' as Address;
  const spec: JsonObject = { ...terms, id: address, matchers };
  const silences = silencesOfItem({ item, stacks: new Set(['plant-1']), alerts: ['Down', 'Slow'] }, [
    plainResource(address, { type: 'alertmanager-silence', spec }),
    plainResource('plant-1/prometheus-rules/host' as Address),
  ]);
  expect(silences).toEqual(alerts === undefined ? [] : [{ address, alerts, ...told }]);
});
