import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/index.ts';
import { canonicalConfig } from './canonical-config.ts';

const http = (fields: JsonObject): JsonObject => ({ modules: { a: { prober: 'http', http: fields } } });
const tcp = (fields: JsonObject): JsonObject => ({ modules: { a: { prober: 'tcp', tcp: fields } } });
const icmp = (fields: JsonObject): JsonObject => ({ modules: { a: { prober: 'icmp', icmp: fields } } });
const dns = (fields: JsonObject): JsonObject => ({
  modules: { a: { prober: 'dns', dns: { query_name: 'a', ...fields } } },
});
const timeout = (text: string): JsonObject => ({ modules: { a: { prober: 'http', timeout: text } } });

describe('canonicalConfig', () => {
  it.each<{ name: string; one: JsonObject; other: JsonObject }>([
    { name: 'a prober needs no section', one: http({}), other: { modules: { a: { prober: 'http' } } } },
    { name: 'no modules are no modules', one: { modules: {} }, other: {} },
    { name: 'a timeout has many spellings', one: timeout('90s'), other: timeout('1m30s') },
    { name: 'a timeout of 0s is none', one: timeout('0s'), other: http({}) },
    { name: 'the method is GET', one: http({ method: 'GET' }), other: http({}) },
    { name: 'redirects are followed', one: http({ follow_redirects: true }), other: http({}) },
    { name: 'IPv6 is preferred', one: http({ preferred_ip_protocol: 'ip6' }), other: http({}) },
    { name: 'the other protocol is tried', one: tcp({ ip_protocol_fallback: true }), other: tcp({}) },
    { name: 'fail_if_not_ssl is false', one: http({ fail_if_not_ssl: false }), other: http({}) },
    {
      name: 'status codes have no order',
      one: http({ valid_status_codes: [204, 200] }),
      other: http({ valid_status_codes: [200, 204] }),
    },
    { name: 'a header is a text', one: http({ headers: { depth: 1 } }), other: http({ headers: { depth: '1' } }) },
    { name: 'a certificate is checked', one: http({ tls_config: { insecure_skip_verify: false } }), other: http({}) },
    { name: 'tcp is plain', one: tcp({ tls: false }), other: tcp({}) },
    { name: 'an echo lives 64 hops', one: icmp({ ttl: 64 }), other: icmp({}) },
    { name: 'a query goes by udp', one: dns({ transport_protocol: 'udp' }), other: dns({}) },
    { name: 'a query asks for recursion', one: dns({ recursion_desired: true }), other: dns({}) },
  ])('$name', ({ one, other }) => {
    expect(canonicalConfig(one)).toEqual(canonicalConfig(other));
  });

  it('keeps the order of a conversation', () => {
    const talk = (...steps: readonly JsonObject[]) => canonicalConfig(tcp({ query_response: steps }));
    expect(talk({ expect: 'a' }, { send: 'b' })).not.toEqual(talk({ send: 'b' }, { expect: 'a' }));
  });
});
