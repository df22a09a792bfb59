import {
  type CanonicalForm,
  canonicalFields,
  duration,
  fields,
  inAnyOrder,
  inAnyOrderByName,
  inOrder,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  texts,
  unless,
} from '../../model/index.ts';
import { canonicalMatcher } from './matcher.ts';

/** The comparable form of an alertmanager.yml: without defaults, durations in one spelling, order only where it counts. */
export function canonicalConfig(spec: JsonObject): JsonObject {
  const config = spec.config;
  return isJsonObject(config) ? { ...spec, config: canonicalFields(config, configForms) } : spec;
}

// Alertmanager sorts the matchers of a route itself: all of them must match.
const matchers = inAnyOrder(canonicalMatcher);
const httpConfig = fields({ follow_redirects: unless(true), enable_http2: unless(true), proxy_url: unless('') });

const routeForms: Record<string, CanonicalForm> = {
  group_by: inAnyOrder(),
  matchers,
  match: texts,
  match_re: texts,
  continue: unless(false),
  mute_time_intervals: inAnyOrder(),
  active_time_intervals: inAnyOrder(),
  group_wait: duration(),
  group_interval: duration(),
  repeat_interval: duration(),
};
// The first route that matches wins, so routes keep their order. A route below inherits, so it has no defaults.
routeForms.routes = inOrder((route) => fields(routeForms)(route));

const rootRoute = fields({
  ...routeForms,
  group_wait: duration('30s'),
  group_interval: duration('5m'),
  repeat_interval: duration('4h'),
});

/** Whether a kind of receiver tells that an alert is over when nothing is said about it. */
const sendResolvedByDefault: Readonly<Record<string, boolean>> = {
  discord_configs: true,
  email_configs: false,
  msteams_configs: true,
  opsgenie_configs: true,
  pagerduty_configs: true,
  pushover_configs: true,
  slack_configs: false,
  sns_configs: true,
  telegram_configs: true,
  victorops_configs: true,
  webex_configs: true,
  webhook_configs: true,
  wechat_configs: false,
};

/** What Alertmanager fills in for the kinds of receiver that the toolkit compiles. */
const receiverForms: Readonly<Record<string, Readonly<Record<string, CanonicalForm>>>> = {
  webhook_configs: { max_alerts: unless(0) },
  email_configs: { html: unless('{{ template "email.default.html" . }}'), headers: fields({}), tls_config: fields({}) },
  wechat_configs: {
    message: unless('{{ template "wechat.default.message" . }}'),
    to_user: unless('{{ template "wechat.default.to_user" . }}'),
    to_party: numberAsText(unless('{{ template "wechat.default.to_party" . }}')),
    to_tag: unless('{{ template "wechat.default.to_tag" . }}'),
    agent_id: numberAsText(unless('{{ template "wechat.default.agent_id" . }}')),
    message_type: unless('text'),
  },
};

const receiver = fields(
  Object.fromEntries(
    Object.entries(sendResolvedByDefault).map(([kind, sendResolved]) => [
      kind,
      inOrder(fields({ ...receiverForms[kind], send_resolved: unless(sendResolved), http_config: httpConfig })),
    ]),
  ),
);

const interval = fields({ time_intervals: inOrder(fields({ location: unless('UTC') })) });

const configForms: Readonly<Record<string, CanonicalForm>> = {
  global: fields({
    resolve_timeout: duration('5m'),
    http_config: httpConfig,
    smtp_hello: unless('localhost'),
    smtp_require_tls: unless(true),
    pagerduty_url: unless('https://events.pagerduty.com/v2/enqueue'),
    opsgenie_api_url: unless('https://api.opsgenie.com/'),
    wechat_api_url: unless('https://qyapi.weixin.qq.com/cgi-bin/'),
    victorops_api_url: unless('https://alert.victorops.com/integrations/generic/20131114/alert/'),
    telegram_api_url: unless('https://api.telegram.org'),
    webex_api_url: unless('https://webexapis.com/v1/messages'),
  }),
  route: rootRoute,
  receivers: inAnyOrderByName('name', receiver),
  inhibit_rules: inAnyOrder(
    fields({
      source_matchers: matchers,
      target_matchers: matchers,
      source_match: texts,
      target_match: texts,
      equal: inAnyOrder(),
    }),
  ),
  templates: inAnyOrder(),
  time_intervals: inAnyOrderByName('name', interval),
  mute_time_intervals: inAnyOrderByName('name', interval),
};

/** Ids that are made of digits read as numbers when somebody writes them without quotes. */
function numberAsText(form: CanonicalForm): CanonicalForm {
  return (value: JsonValue) => form(typeof value === 'number' ? String(value) : value);
}
