import { expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { lostCollection } from './lost-collection.ts';

const job = (name: string) => ({ job_name: name });
const notifying = (...targets: readonly string[]) => ({
  alerting: { alertmanagers: [{ static_configs: [{ targets }] }] },
});
const labelled = (labels: JsonObject) => ({ global: { external_labels: labels } });

it.each<{ name: string; before: JsonObject; after: JsonObject; lost: readonly string[] }>([
  { name: 'nothing where nothing changed', before: notifying('a:1'), after: notifying('a:1'), lost: [] },
  { name: 'nothing where something was added', before: {}, after: { scrape_configs: [job('a')] }, lost: [] },
  {
    name: 'that nobody is notified any more',
    before: notifying('a:1', 'b:1'),
    after: {},
    lost: ['no Alertmanager is notified: alerts are evaluated, and reach nobody'],
  },
  {
    name: 'that one of two is not notified',
    before: notifying('a:1', 'b:1'),
    after: notifying('b:1'),
    lost: ['the Alertmanager a:1 is not notified'],
  },
  {
    name: 'that one found by discovery is not notified, without what it says',
    before: {
      alerting: {
        alertmanagers: [{ consul_sd_configs: [{ token: 'sesame' }], static_configs: [{ targets: ['a:1'] }] }],
      },
    },
    after: notifying('a:1'),
    lost: ['the Alertmanager of consul_sd_configs is not notified'],
  },
  {
    name: 'that no rules are loaded',
    before: { rule_files: ['rules/*.yaml'] },
    after: { rule_files: [] },
    lost: ['no rule file is loaded: nothing is recorded, and no alert is evaluated'],
  },
  {
    name: 'nothing of a path that a program made absolute',
    before: { rule_files: ['rules/*.yaml'] },
    after: { rule_files: ['/etc/prometheus/rules/*.yaml'] },
    lost: [],
  },
  {
    name: 'that a rule file is not loaded',
    before: { rule_files: ['rules/*.yaml', 'more.yaml'] },
    after: { rule_files: ['rules/*.yaml'] },
    lost: ['the rule file more.yaml is not loaded: its alerts are not evaluated'],
  },
  {
    name: 'the jobs that are gone',
    before: { scrape_configs: [job('a'), job('b'), job('c')] },
    after: { scrape_configs: [job('c')] },
    lost: ['nothing of 2 scrape jobs (a, b) is measured'],
  },
  {
    name: 'many jobs with the count of what is not named',
    before: { scrape_configs: Array.from({ length: 13 }, (_, index) => job(`j${index}`)).concat(job('left')) },
    after: { scrape_configs: [job('left')] },
    lost: ['nothing of 13 scrape jobs (j0, j1, j2, j3, j4, j5, j6, j7, j8, j9, 3 more) is measured'],
  },
  {
    name: 'that all jobs are gone',
    before: { scrape_configs: [job('a')] },
    after: {},
    lost: ['no scrape job is left: nothing is measured'],
  },
  {
    name: 'where samples do not arrive, without an address that may hold a password',
    before: { remote_write: [{ url: 'http://a' }, { url: 'http://b' }] },
    after: { remote_write: [{ url: 'http://b' }] },
    lost: ['1 of 2 remote writes is missing: samples do not arrive there'],
  },
  {
    name: 'labels that differ',
    before: labelled({ stack: 'a', tier: 'L3' }),
    after: labelled({ stack: 'b', site: 'x' }),
    lost: [
      "external labels differ (site x instead of none, stack b instead of a, tier none instead of L3): alerts and series that leave here are taken for another's",
    ],
  },
])('tells $name', ({ before, after, lost }) => {
  expect(lostCollection(before, after)).toEqual(lost);
});
