import { expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../model/index.ts';
import { sampleGroup, sampleItem } from '../../testing/sample-group.ts';
import { compileGroup } from '../compile-group.ts';

// A receiver brings its secrets along: one that no route names is a password of headquarters on a server of a plant.
it.each([
  { name: 'of a team beside it, is told here', owner: 'mes-team', receivers: ['mes-team', 'plant-ops'] },
  { name: 'of the team at headquarters, which hears of it anyway, is not', owner: 'hq-ops', receivers: ['plant-ops'] },
])('a tenant $name', ({ owner, receivers }) => {
  const { organisation, ...group } = sampleGroup({
    items: [sampleItem('host-9', 'host', { address: 'h' }, { tenant: 'mes' })],
  });
  const tenants = organisation.tenants.map((tenant) => (tenant.id === 'mes' ? { ...tenant, owner } : tenant));
  const { resources } = compileGroup({ ...group, organisation: { ...organisation, tenants } });
  const config = resources.find(({ address }) => address === 'plant/alertmanager-config/main')?.spec.config;
  if (!isJsonObject(config)) throw new Error('No configuration was made.');
  const named = (config.receivers as readonly JsonObject[]).map(({ name }) => String(name));
  expect([...new Set(named.flatMap((name) => /^(.*)-(?:critical|warning)$/.exec(name)?.[1] ?? []))]).toEqual(receivers);
});
