import { describe, expect, it } from 'vitest';
import { type JsonObject, makeAddress, type Resource } from '../../model/index.ts';
import { prometheusProvider } from './provider.ts';

describe('validate', () => {
  it.each<{ name: string; type: string; spec: JsonObject; found: readonly [string, string] }>([
    {
      name: 'two jobs of one name',
      type: 'prometheus-config',
      spec: { config: { scrape_configs: [{ job_name: 'a' }, { job_name: 'a' }] } },
      found: ['prometheus/duplicate-job', 'The name "a" is used by more than one scrape job.'],
    },
    {
      name: 'a job without a name',
      type: 'prometheus-config',
      spec: { config: { scrape_configs: [{}] } },
      found: ['prometheus/bad-spec', '/config/scrape_configs/0/job_name must be a text.'],
    },
    {
      name: 'an interval that is none',
      type: 'prometheus-config',
      spec: { config: { global: { scrape_interval: '1 minute' } } },
      found: ['prometheus/bad-duration', '"1 minute" at /config/global/scrape_interval.'],
    },
    {
      name: 'targets that are no list',
      type: 'prometheus-targets',
      spec: { name: 'a', groups: [{ targets: 'x' }] },
      found: ['prometheus/bad-spec', '/groups/0/targets must be a list of texts.'],
    },
    {
      name: 'a label that is no text',
      type: 'prometheus-targets',
      spec: { name: 'a', groups: [{ targets: [], labels: { tier: 3 } }] },
      found: ['prometheus/bad-spec', '/groups/0/labels/tier must be a text.'],
    },
    {
      name: 'a label name with a dash',
      type: 'prometheus-rules',
      spec: { group: { name: 'a', rules: [{ alert: 'A', expr: '1', labels: { 'a-b': '' } }] } },
      found: ['prometheus/bad-label', '"a-b" at /group/rules/0/labels.'],
    },
    {
      name: 'a rule that is both kinds',
      type: 'prometheus-rules',
      spec: { group: { name: 'a', rules: [{ alert: 'A', record: 'a:b', expr: '1' }] } },
      found: ['prometheus/bad-spec', '/group/rules/0 must be a rule with either "alert" or "record".'],
    },
    {
      name: 'a rule without an expression',
      type: 'prometheus-rules',
      spec: { group: { name: 'a', rules: [{ alert: 'A', expr: ' ' }] } },
      found: ['prometheus/bad-spec', '/group/rules/0/expr must be a text.'],
    },
  ])('refuses $name', ({ type, spec, found }) => {
    const diagnostics = prometheusProvider.validate({ ...resource, type, spec });
    expect(diagnostics.map(({ code, detail, position }) => [code, detail, position])).toEqual([
      [...found, resource.source],
    ]);
  });
});

const resource: Resource = {
  address: makeAddress({ stack: 'plant', type: 'prometheus-config', name: 'main' }),
  aliases: [],
  type: 'prometheus-config',
  target: 'prometheus',
  spec: {},
  dependsOn: [],
  owner: 'team',
  tenant: null,
  tier: 'L3',
  criticality: 'low',
  clauses: [],
  lifecycle: { protect: false, ignore: [], retainOnDelete: false },
  source: { file: 'stacks/plant.ts', line: 3, column: 7 },
  derivation: [],
  parts: [],
};
