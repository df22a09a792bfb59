import { defineRouting, defineRules, rule } from 'opsctl';
import { hostAlerts } from 'opsctl/alerts';
import { describe, expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { clusterHomes } from '../../toolkit/compile/kubernetes/index.ts';
import { parseAlertmanager, routesTaken } from '../../toolkit/languages/alert-routing/index.ts';
import { parseMatchers } from '../../toolkit/languages/alert-routing/parse-matchers.ts';
import { relabel } from '../../toolkit/languages/relabelling/index.ts';
import {
  canonicalJson,
  isJsonObject,
  items,
  type JsonObject,
  type JsonValue,
  type KubernetesHomeDeclaration,
  kubernetes,
  type Resource,
  type Stack,
} from '../../toolkit/model/index.ts';
import { sampleGroup, sampleStacks } from '../../toolkit/testing/sample-group.ts';
import { alertmanagerOf, scrapeJobOf } from '../support/prometheus-operator.ts';
import { wholeCatalogue } from '../support/whole-catalogue.ts';

/** The same plant with files of its own and at home in a cluster, compared object by object. */
const services = {
  prometheus: 'prometheus.plant:1',
  alertmanager: 'alertmanager.plant:1',
  blackbox: 'blackbox.plant:1',
  grafana: 'grafana.plant:1',
} as const;
const outside = ['snmp', 'modbus', 'ipmi', 'json'] as const;
const group = plantGroup();
const files = compileGroup(group).resources.filter(isOfPlant);
const objects = compileAt({ namespace: 'monitoring', labels: { release: 'prometheus' }, services, outside });

describe('a plant that moves to a cluster', () => {
  it('keeps every alert and every recorded series, in groups of the same names', () => {
    const groups = ofKind('PrometheusRule').flatMap(({ spec }) => (spec as { groups: JsonObject[] }).groups);
    expect(groups.map(withoutOrigin).sort(byName)).toEqual(
      ofType('prometheus-rules')
        .map(({ spec }) => spec.group as JsonObject)
        .sort(byName),
    );
    expect(groups.length).toBeGreaterThan(20);
  });

  it('scrapes the same targets with the same labels, as often, over the same connection', () => {
    const moved = [...ofKind('ScrapeConfig'), ...ofKind('Probe')].map((object) => scrapeJobOf(object, secretAt));
    const before = jobsOfFiles();
    expect(moved.flatMap(scrapesOf).sort()).toEqual(before.flatMap(scrapesOf).sort());
    expect(moved.flatMap(scrapesOf).length).toBeGreaterThan(50);
  });

  it('tells the same receivers by the same routes, and holds back the same alerts', () => {
    const { route, inhibit_rules: inhibition } = alertmanagerOf(ofKind('AlertmanagerConfig'), 'None');
    const [branch] = (route as { readonly routes: readonly JsonObject[] }).routes;
    const { matchers, continue: goesOn, ...tree } = branch ?? {};
    expect({ matchers, goesOn }).toEqual({ matchers: ['stack="plant"'], goesOn: true });
    const config = configOf('alertmanager-config');
    expect(normalRoute(tree)).toEqual(normalRoute(config.route as JsonObject));
    expect((inhibition as readonly JsonObject[]).map(normalInhibition)).toEqual(
      (config.inhibit_rules as readonly JsonObject[]).map(normalInhibition),
    );
  });

  it('tells them by the same channels; a secret is a key of a Secret', () => {
    const moved = alertmanagerOf(ofKind('AlertmanagerConfig'), 'None').receivers as readonly JsonObject[];
    const config = configOf('alertmanager-config').receivers as readonly JsonObject[];
    expect(moved.slice(1).map(normalReceiver)).toEqual(config.map(normalReceiver));
    expect(ofKind('Secret').find(({ metadata }) => nameIn(metadata) === 'plant-receivers')?.stringData).toEqual({
      'env-OFFICE_WEBHOOK': { $secret: 'env:OFFICE_WEBHOOK' },
    });
  });

  it('shows the same dashboards in the same folders', () => {
    const shown = ofKind('ConfigMap').flatMap(({ data, metadata }) => {
      const { annotations = {} } = metadata as { readonly annotations?: JsonObject };
      return Object.entries(data as Record<string, string>).flatMap(([key, text]) =>
        key.endsWith('.json')
          ? [{ folder: annotations.grafana_folder, dashboard: JSON.parse(text) as JsonObject }]
          : [],
      );
    });
    const before = ofType('grafana-dashboard').map(({ spec }) => spec);
    expect(shown.sort(byUid)).toEqual([...before].sort(byUid as never));
    expect(shown.length).toBeGreaterThan(20);
  });

  it('leaves on their targets the records, and what is said to stay outside', () => {
    const types = (all: readonly Resource[]) => [...new Set(all.map(({ type }) => type))].sort();
    expect(types(objects.filter(({ target }) => target !== 'kubernetes'))).toEqual(
      types(files.filter(({ target }) => [...outside, 'cmdb', 'scripts'].includes(target))),
    );
  });

  it('keeps owner, reasons and parts of everything', () => {
    const moved = objects.find(({ address }) => address.endsWith('/prometheusrule.monitoring.plant-host'));
    const before = files.find(({ address }) => address === 'plant/prometheus-rules/host');
    expect(moved?.parts.map(({ name }) => name)).toEqual(before?.parts.map(({ name }) => name));
    expect(moved?.parts.every((part) => valueAt(moved.spec, part.pointer) !== undefined)).toBe(true);
    expect(moved?.derivation.slice(0, -1)).toEqual(before?.derivation);
  });
});

describe('who is told by an Alertmanager with the operator’s namespace matcher', () => {
  const alert = { stack: 'plant', tier: 'L3', team: 'plant-ops', severity: 'critical', alertname: 'HostDown' };
  const critical = ['monitoring/plant/plant-ops-critical'];
  it.each([
    { name: 'an alert of the plant is taken', routed: 'None', by: 'None', labels: {}, told: critical },
    { name: 'one of the cluster is not', routed: 'None', by: 'None', labels: { stack: '' }, told: ['null'] },
    {
      name: 'one that has the label is taken',
      routed: 'OnNamespace',
      by: 'OnNamespace',
      labels: { namespace: 'monitoring' },
      told: critical,
    },
    {
      name: 'where the home says otherwise than the object, everything is lost',
      routed: 'None',
      by: 'OnNamespace',
      labels: {},
      told: ['null'],
    },
  ] as const)('$name', ({ routed, by, labels, told }) => {
    const matcher = { as: 'alertmanager-config', matcherStrategy: routed } as const;
    const placed = compileAt({ namespace: 'monitoring', services, outside, routing: matcher });
    const configs = placed.filter(({ spec }) => spec.kind === 'AlertmanagerConfig').map(({ spec }) => spec);
    const { config } = parseAlertmanager(alertmanagerOf(configs, by), '0.34');
    expect(routesTaken(config.root, { ...alert, ...labels }).map(({ receiver }) => receiver)).toEqual(told);
  });
});

function plantGroup() {
  const power = defineRules({
    id: 'power',
    rules: [rule({ alert: 'FeedLost', expr: 'feed_up == 0', for: '5m', labels: { severity: 'critical' } })],
  });
  const office = defineRouting({
    id: 'office',
    route: { receiver: 'office', routes: [{ match: { severity: 'critical' } }, { matchers: ['site=~"plant|hq"'] }] },
    receivers: [{ name: 'office', webhook_configs: [{ url: { $secret: 'env:OFFICE_WEBHOOK' } }] }],
    inhibitRules: [{ source_match: { severity: 'critical' }, target_match_re: { severity: 'warning|info' } }],
  });
  const whole = wholeCatalogue();
  const stacks = sampleStacks((plant) =>
    plant
      .include([power, office])
      .tune(items.where({ id: 'host-1' }), hostAlerts.memoryShort, { threshold: 0.05, reason: 'A cache.' })
      .waive(items.where({ id: 'host-1' }), hostAlerts.diskBusy, {
        reason: 'An archive.',
        approver: 'lead',
        until: '2027-12-31',
      }),
  ).map((stack) => ({ ...stack, targets: targetsOf(whole.stacks, stack.name) }));
  return sampleGroup({ stacks: stacks as never, items: whole.items });
}

function targetsOf(stacks: readonly Stack[], name: string) {
  return stacks.find((stack) => stack.name === name)?.targets ?? [];
}

function compileAt(home: KubernetesHomeDeclaration): readonly Resource[] {
  const stacks = group.stacks.map((stack) => (stack.name === 'plant' ? { ...stack, home: kubernetes(home) } : stack));
  const { placed, diagnostics } = compileGroup({ ...group, stacks }, clusterHomes);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return placed.filter(isOfPlant);
}

function isOfPlant({ address }: Resource): boolean {
  return address.startsWith('plant/');
}

function ofType(type: string): readonly Resource[] {
  return files.filter((resource) => resource.type === type);
}

function ofKind(kind: string): readonly JsonObject[] {
  return objects.filter(({ spec }) => spec.kind === kind).map(({ spec }) => spec);
}

function configOf(type: string): JsonObject {
  return ofType(type)[0]?.spec.config as JsonObject;
}

function nameIn(metadata: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(metadata) ? metadata.name : undefined;
}

function byName(left: JsonObject, right: JsonObject): number {
  return String(left.name) < String(right.name) ? -1 : 1;
}

function byUid(left: { dashboard: JsonObject }, right: { dashboard: JsonObject }): number {
  return String(left.dashboard.uid) < String(right.dashboard.uid) ? -1 : 1;
}

/** An alert without the labels that a Prometheus of the plant's own would add as external ones. */
function withoutOrigin(one: JsonObject): JsonObject {
  const rules = (one.rules as readonly JsonObject[]).map((entry) => {
    if (entry.alert === undefined) return entry;
    const labels = Object.entries(entry.labels as JsonObject).filter(([name, value]) => {
      const expected = { stack: 'plant', tier: 'L3', site: 'plant' }[name];
      return value !== `{{ if $labels.${name} }}{{ $labels.${name} }}{{ else }}${expected}{{ end }}`;
    });
    return { ...entry, labels: Object.fromEntries(labels) };
  });
  return { ...one, rules };
}

function secretAt(selector: JsonValue | undefined): JsonValue {
  const { name, key } = selector as JsonObject;
  const secret = ofKind('Secret').find(({ metadata }) => nameIn(metadata) === name);
  return isJsonObject(secret?.stringData) ? (secret.stringData[String(key)] ?? null) : null;
}

/** The fields of a job that name files of secrets, with what these hold. */
function withSecrets({ authorization, basic_auth: person, ...job }: JsonObject): JsonObject {
  const files = new Map(ofType('prometheus-secret').map(({ spec }) => [`secrets/${String(spec.name)}`, spec.value]));
  const held = (fields: JsonValue | undefined, from: string, to: string) => {
    if (!isJsonObject(fields)) return undefined;
    const { [from]: file = '', ...rest } = fields;
    return { ...rest, [to]: files.get(String(file)) ?? null };
  };
  const asWhom = {
    authorization: held(authorization, 'credentials_file', 'credentials'),
    basic_auth: held(person, 'password_file', 'password'),
  };
  return {
    ...job,
    ...(Object.fromEntries(Object.entries(asWhom).filter(([, value]) => value !== undefined)) as JsonObject),
  };
}

function jobsOfFiles(): readonly JsonObject[] {
  const lists = new Map(ofType('prometheus-targets').map(({ spec }) => [`targets/${String(spec.name)}.json`, spec]));
  return (configOf('prometheus-config').scrape_configs as readonly JsonObject[]).map((job) => {
    const { file_sd_configs: lookups = [], static_configs: own = [], job_name: name = '', ...rest } = job;
    const listed: readonly (JsonObject | undefined)[] = (lookups as readonly { files: string[] }[]).map(
      ({ files: paths }) => lists.get(paths[0] ?? ''),
    );
    return {
      ...withSecrets(rest),
      relabel_configs: [
        { target_label: 'job', replacement: name },
        ...((job.relabel_configs ?? []) as readonly JsonObject[]),
      ],
      static_configs: [
        ...(own as readonly JsonObject[]),
        ...listed.flatMap((list) => (list?.groups ?? []) as readonly JsonObject[]),
      ],
    };
  });
}

/** Each target of a job as it is scraped in the end, and what is done with what it says. */
function scrapesOf(job: JsonObject): readonly string[] {
  const { static_configs: lists, relabel_configs: rules, metric_relabel_configs: after = [], ...rest } = job;
  const { params = {}, scheme = 'http', metrics_path: path = '/metrics', ...times } = rest;
  const query = Object.entries(params as Record<string, string[]>).map(([name, [value]]) => [`__param_${name}`, value]);
  return (lists as readonly { targets: string[]; labels?: JsonObject }[]).flatMap(({ targets, labels = {} }) =>
    targets.map((address) => {
      const first = { __name__: 'x', __address__: address, __scheme__: scheme, __metrics_path__: path };
      const found = relabel({ ...first, ...Object.fromEntries(query), ...labels } as never, rules as never);
      const sorted = Object.entries(found ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
      const more = Object.entries(params as JsonObject).filter(([, values]) => (values as string[]).length > 1);
      return canonicalJson({ labels: sorted as never, more: more as never, times, after });
    }),
  );
}

function normalRoute(route: JsonObject): JsonObject {
  const { matchers = [], match = {}, match_re: pattern = {}, routes = [], receiver, ...rest } = route;
  return {
    ...rest,
    ...(receiver === undefined ? {} : { receiver: withoutPrefix(receiver) }),
    ...intervalNames(rest),
    matchers: normalMatchers(matchers, match, pattern),
    routes: (routes as readonly JsonObject[]).map(normalRoute),
  };
}

function intervalNames({ active_time_intervals: names }: JsonObject): JsonObject {
  return names === undefined ? {} : { active_time_intervals: (names as readonly JsonValue[]).map(withoutPrefix) };
}

function normalInhibition(one: JsonObject): JsonObject {
  return {
    source: normalMatchers(one.source_matchers ?? [], one.source_match ?? {}, one.source_match_re ?? {}),
    target: normalMatchers(one.target_matchers ?? [], one.target_match ?? {}, one.target_match_re ?? {}),
    equal: one.equal ?? [],
  };
}

function normalMatchers(texts: JsonValue, equal: JsonValue, pattern: JsonValue): JsonValue {
  const read = (texts as readonly string[]).flatMap((text) => {
    const parsed = parseMatchers(text, '0.34');
    if (parsed.kind === 'invalid') throw new Error(parsed.reason);
    return parsed.matchers.map(({ label, operator, value }) => `${label}${operator}${value}`);
  });
  const old = (fields: JsonValue, operator: string) =>
    Object.entries(fields as JsonObject).map(([name, value]) => `${name}${operator}${String(value)}`);
  return [...read, ...old(equal, '='), ...old(pattern, '=~')].sort();
}

/** Texts without the templates that they bring along, and references to secrets without their place. */
function normalReceiver({ name, ...lists }: JsonObject): JsonObject {
  return { ...(normalChannel(lists) as JsonObject), name: withoutPrefix(name ?? '') };
}

function normalChannel(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.slice(Math.max(0, value.lastIndexOf('{{ template "opsctl.')));
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(normalChannel);
  if (!isJsonObject(value)) return value;
  if (value.key !== undefined) return { $secret: String(value.key).replace('-', ':') };
  return Object.fromEntries(Object.entries(value).map(([field, child]) => [field, normalChannel(child)]));
}

function withoutPrefix(name: JsonValue): JsonValue {
  return String(name).replace(/^monitoring\/plant\//, '');
}

function valueAt(value: JsonValue, pointer: string): JsonValue | undefined {
  return pointer
    .split('/')
    .slice(1)
    .reduce<JsonValue | undefined>((at, step) => (at as Record<string, JsonValue> | undefined)?.[step], value);
}
