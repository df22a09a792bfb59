import { isJsonObject, type JsonObject, type JsonValue } from '../../toolkit/model/index.ts';

// What the Prometheus Operator (0.93) makes of its objects, read off its sources: configurations in the words of
// Prometheus and Alertmanager. Only the fields that our objects have; another one is an error here.

/** What a key of a Secret holds. */
export type SecretAt = (selector: JsonValue | undefined) => JsonValue;

/** The scrape job of a ScrapeConfig or a Probe. */
export function scrapeJobOf(object: JsonObject, secretAt: SecretAt): JsonObject {
  const { spec } = object as { readonly spec: JsonObject };
  if (object.kind === 'ScrapeConfig') return jobOfScrapeConfig(spec, secretAt);
  if (object.kind === 'Probe') return jobOfProbe(spec, object.metadata as JsonObject);
  throw new Error(`${String(object.kind)} is not read here.`);
}

function jobOfScrapeConfig(spec: JsonObject, secretAt: SecretAt): JsonObject {
  const { jobName = null, relabelings, staticConfigs = [], scheme, tlsConfig, ...rest } = spec;
  const { scrapeInterval, scrapeTimeout, metricsPath, honorLabels, params, metricRelabelings, ...more } = rest;
  const { authorization, basicAuth, ...unknown } = more;
  refuse(unknown);
  return compact({
    scrape_interval: scrapeInterval,
    scrape_timeout: scrapeTimeout,
    metrics_path: metricsPath,
    honor_labels: honorLabels,
    params,
    scheme: scheme === undefined ? undefined : String(scheme).toLowerCase(),
    tls_config: isJsonObject(tlsConfig) ? compact({ insecure_skip_verify: tlsConfig.insecureSkipVerify }) : undefined,
    authorization: isJsonObject(authorization)
      ? compact({ type: authorization.type, credentials: secretAt(authorization.credentials) })
      : undefined,
    basic_auth: isJsonObject(basicAuth)
      ? compact({ username: secretAt(basicAuth.username), password: secretAt(basicAuth.password) })
      : undefined,
    static_configs: staticConfigs,
    relabel_configs: [...setJob(jobName), ...relabellingOf(relabelings)],
    metric_relabel_configs: relabellingOf(metricRelabelings),
  });
}

function jobOfProbe(spec: JsonObject, { namespace = null }: JsonObject): JsonObject {
  const { jobName = null, interval, scrapeTimeout, module, params = [], prober, targets, metricRelabelings } = spec;
  const { url = '', path = '/probe' } = prober as JsonObject;
  const { static: addresses = [], labels, relabelingConfigs } = (targets as JsonObject).staticConfig as JsonObject;
  const more = (params as readonly JsonObject[]).map(({ name, values = [] }) => [String(name), values] as const);
  return compact({
    scrape_interval: interval,
    scrape_timeout: scrapeTimeout,
    metrics_path: path,
    params: { ...(module === undefined ? {} : { module: [module] }), ...Object.fromEntries(more) },
    static_configs: [{ targets: addresses, labels: { namespace, ...(labels as JsonObject) } }],
    relabel_configs: [
      ...setJob(jobName),
      { source_labels: ['__address__'], target_label: '__param_target' },
      { source_labels: ['__param_target'], target_label: 'instance' },
      { target_label: '__address__', replacement: url },
      ...relabellingOf(relabelingConfigs),
    ],
    metric_relabel_configs: relabellingOf(metricRelabelings),
  });
}

function setJob(name: JsonValue): readonly JsonObject[] {
  return name === null ? [] : [{ target_label: 'job', replacement: name }];
}

function relabellingOf(rules: JsonValue | undefined): readonly JsonObject[] {
  return ((rules ?? []) as readonly JsonObject[]).map(
    ({ sourceLabels, separator, targetLabel, regex, modulus, replacement, action, ...unknown }) => {
      refuse(unknown);
      return compact({
        source_labels: sourceLabels,
        separator,
        target_label: targetLabel,
        regex,
        modulus,
        replacement,
        action,
      });
    },
  );
}

export type Strategy = 'None' | 'OnNamespace';

/** The configuration of an Alertmanager that selects these objects, below a root that tells nobody. */
export function alertmanagerOf(objects: readonly JsonObject[], strategy: Strategy): JsonObject {
  const parts = objects.map((object) => branchOf(object, strategy));
  return {
    route: { receiver: 'null', routes: parts.map(({ route }) => route) },
    inhibit_rules: parts.flatMap(({ inhibition }) => inhibition),
    receivers: [{ name: 'null' }, ...parts.flatMap(({ receivers }) => receivers)],
    time_intervals: parts.flatMap(({ intervals }) => intervals),
  };
}

function branchOf(object: JsonObject, strategy: Strategy) {
  const { spec, metadata } = object as { readonly spec: JsonObject; readonly metadata: JsonObject };
  const prefix = `${String(metadata.namespace)}/${String(metadata.name)}/`;
  const own = strategy === 'None' ? [] : [`namespace="${String(metadata.namespace)}"`];
  const route = routeOf(spec.route as JsonObject, prefix);
  const rules = (spec.inhibitRules ?? []) as readonly JsonObject[];
  const intervals = (spec.muteTimeIntervals ?? []) as readonly JsonObject[];
  return {
    route: { ...route, continue: true, matchers: [...((route.matchers ?? []) as readonly string[]), ...own] },
    inhibition: rules.map(({ sourceMatch, targetMatch, equal }) =>
      compact({
        source_matchers: [...matchersOf(sourceMatch), ...own],
        target_matchers: [...matchersOf(targetMatch), ...own],
        equal,
      }),
    ),
    receivers: ((spec.receivers ?? []) as readonly JsonObject[]).map(({ name, ...lists }) => ({
      name: `${prefix}${String(name)}`,
      ...Object.fromEntries(Object.entries(lists).map(([list, entries]) => channelsOf(list, entries))),
    })),
    intervals: intervals.map(({ name, timeIntervals }) => ({
      name: `${prefix}${String(name)}`,
      time_intervals: ((timeIntervals ?? []) as readonly JsonObject[]).map(intervalOf),
    })),
  };
}

function routeOf(route: JsonObject, prefix: string): JsonObject {
  const { receiver, groupBy, groupWait, groupInterval, repeatInterval, matchers, routes, ...rest } = route;
  const { continue: goesOn, muteTimeIntervals, activeTimeIntervals, ...unknown } = rest;
  refuse(unknown);
  const prefixed = (names: JsonValue | undefined) =>
    names === undefined ? undefined : (names as readonly string[]).map((name) => `${prefix}${name}`);
  return compact({
    receiver: receiver === undefined ? undefined : `${prefix}${String(receiver)}`,
    group_by: groupBy,
    group_wait: groupWait,
    group_interval: groupInterval,
    repeat_interval: repeatInterval,
    matchers: matchers === undefined ? undefined : matchersOf(matchers),
    continue: goesOn,
    mute_time_intervals: prefixed(muteTimeIntervals),
    active_time_intervals: prefixed(activeTimeIntervals),
    routes: routes === undefined ? undefined : (routes as readonly JsonObject[]).map((child) => routeOf(child, prefix)),
  });
}

function matchersOf(matchers: JsonValue | undefined): readonly string[] {
  return ((matchers ?? []) as readonly JsonObject[]).map(({ name, matchType, value = '' }) => {
    const text = String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    return `${String(name)}${String(matchType)}"${text}"`;
  });
}

const channelFields: Readonly<Record<string, string>> = {
  sendResolved: 'send_resolved',
  urlSecret: 'url',
  authUsername: 'auth_username',
  authPassword: 'auth_password',
  requireTLS: 'require_tls',
  corpID: 'corp_id',
  agentID: 'agent_id',
  apiSecret: 'api_secret',
  apiURL: 'api_url',
  toParty: 'to_party',
  toUser: 'to_user',
};

function channelsOf(list: string, entries: JsonValue): readonly [string, JsonValue] {
  const kind = list.replace(/Configs$/, '_configs');
  return [
    kind,
    (entries as readonly JsonObject[]).map((entry) =>
      Object.fromEntries(
        Object.entries(entry).map(([field, value]) => [
          channelFields[field] ?? field,
          field === 'headers' ? headersOf(value) : value,
        ]),
      ),
    ),
  ];
}

function headersOf(headers: JsonValue): JsonObject {
  return Object.fromEntries((headers as readonly JsonObject[]).map(({ key, value = '' }) => [String(key), value]));
}

function intervalOf({ times, weekdays, daysOfMonth, months, years, ...unknown }: JsonObject): JsonObject {
  refuse(unknown);
  return compact({
    times: (times as readonly JsonObject[] | undefined)?.map(({ startTime = '', endTime = '' }) => ({
      start_time: startTime,
      end_time: endTime,
    })),
    weekdays,
    days_of_month: (daysOfMonth as readonly JsonObject[] | undefined)?.map(
      ({ start, end }) => `${String(start)}:${String(end)}`,
    ),
    months,
    years,
  });
}

function refuse(unknown: JsonObject): void {
  const names = Object.keys(unknown);
  if (names.length > 0) throw new Error(`The operator is not known to read ${names.join(', ')}.`);
}

function compact(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
