import {
  type CanonicalForm,
  canonicalFields,
  duration,
  eachValue,
  fields,
  inAnyOrder,
  inOrder,
  type JsonObject,
  texts,
  unless,
} from '../../model/index.ts';

/** The comparable form of a blackbox.yml: without defaults, durations in one spelling, order only where it counts. */
export function canonicalConfig(spec: JsonObject): JsonObject {
  return { modules: {}, ...canonicalFields(spec, { modules: eachValue(fields(moduleForms)) }) };
}

const addressing = {
  preferred_ip_protocol: unless('ip6'),
  ip_protocol_fallback: unless(true),
  source_ip_address: unless(''),
};

const tlsConfig = fields({ insecure_skip_verify: unless(false), server_name: unless('') });

const moduleForms: Readonly<Record<string, CanonicalForm>> = {
  // Without a timeout the exporter takes the one that Prometheus sends along.
  timeout: duration('0s'),
  http: fields({
    ...addressing,
    method: unless('GET'),
    valid_status_codes: inAnyOrder(),
    valid_http_versions: inAnyOrder(),
    headers: texts,
    body: unless(''),
    fail_if_ssl: unless(false),
    fail_if_not_ssl: unless(false),
    fail_if_body_matches_regexp: inAnyOrder(),
    fail_if_body_not_matches_regexp: inAnyOrder(),
    follow_redirects: unless(true),
    no_follow_redirects: unless(false),
    enable_http2: unless(true),
    tls_config: tlsConfig,
  }),
  tcp: fields({ ...addressing, tls: unless(false), tls_config: tlsConfig, query_response: inOrder() }),
  icmp: fields({ ...addressing, payload_size: unless(0), dont_fragment: unless(false), ttl: unless(64) }),
  dns: fields({
    ...addressing,
    transport_protocol: unless('udp'),
    query_class: unless('IN'),
    query_type: unless('ANY'),
    recursion_desired: unless(true),
    dns_over_tls: unless(false),
    valid_rcodes: inAnyOrder(),
    tls_config: tlsConfig,
  }),
};
