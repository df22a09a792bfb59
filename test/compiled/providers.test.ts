import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { addressFields, type JsonObject, type Provider, type Resource } from '../../toolkit/model/index.ts';
import { alertmanagerProvider } from '../../toolkit/providers/alertmanager/index.ts';
import { blackboxProvider } from '../../toolkit/providers/blackbox/index.ts';
import { filesProvider } from '../../toolkit/providers/files/index.ts';
import { grafanaProvider } from '../../toolkit/providers/grafana/index.ts';
import { prometheusProvider } from '../../toolkit/providers/prometheus/index.ts';
import { plainContext } from '../../toolkit/testing/index.ts';
import { sampleGroup } from '../../toolkit/testing/sample-group.ts';
import { realPrograms } from '../support/programs.ts';

const providers = [filesProvider, prometheusProvider, alertmanagerProvider, blackboxProvider, grafanaProvider];
const { resources } = compileGroup(sampleGroup());

describe('what is compiled is what its provider takes', () => {
  it.each(resources.map((resource) => ({ resource, address: resource.address })))('$address', ({ resource }) => {
    const provider = providerOf(resource);
    expect(provider.validate(resource)).toEqual([]);
    const once = canonical(provider, resource);
    expect(canonical(provider, { ...resource, spec: once })).toEqual(once);
  });
});

const programs = realPrograms(['promtool', 'amtool', 'prometheus-blackbox-exporter']);
const checkers: Readonly<Record<string, () => string>> = {
  prometheus: () => programs.path('promtool'),
  alertmanager: () => programs.path('amtool'),
  blackbox: () => programs.path('prometheus-blackbox-exporter'),
};
const targets = [...Map.groupBy(resources, ({ address, target }) => `${addressFields(address).stack}/${target}`)];

describe.skipIf(!programs.available)(
  programs.title('what is compiled is written, checked by the real programs and read back'),
  () => {
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'opsctl-compiled-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it.each(targets)('%s', async (key, ofTarget) => {
      const [first] = ofTarget;
      if (first === undefined) return;
      const provider = providerOf(first);
      const checker = checkers[provider.name];
      const settings = { directory: path.join(folder, key), ...(checker && { check: checker() }) };
      const session = provider.open(
        { stack: 'any', target: first.target, provider: provider.name, settings },
        plainContext(),
      );
      for (const { address, type, spec } of ofTarget) await session.stage({ kind: 'write', address, type, spec });
      expect(await session.commit()).toEqual({
        accepted: true,
        note: expect.stringMatching(checker ? /checked by \S+, not reloaded/ : /^\d+ written, 0 removed$/),
      });
      const seen = await session.readMany(ofTarget);
      for (const resource of ofTarget) {
        expect(seen.get(resource.address)).toEqual({ state: 'present', spec: canonical(provider, resource) });
      }
      expect(await session.discover(ofTarget)).toEqual([]);
    });
  },
);

function providerOf({ type }: Resource): Provider {
  const provider = providers.find(({ resourceTypes }) => resourceTypes.some((known) => known.type === type));
  if (provider === undefined) throw new Error(`No provider has the type ${type}.`);
  return provider;
}

function canonical(provider: Provider, { type, spec }: Resource): JsonObject {
  return provider.resourceTypes.find((known) => known.type === type)?.canonical(spec) ?? spec;
}
