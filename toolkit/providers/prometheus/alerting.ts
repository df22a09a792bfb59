import path from 'node:path';
import { nameOfFile } from '../../host/file-set/index.ts';
import type { HttpClient } from '../../host/http/index.ts';
import { type ActiveAlert, type Alerting, isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import { dataOf, objectsIn } from './api.ts';

/** What fires now, and what an expression gives now, as the API says it. */
export function alertingOf(client: HttpClient): Alerting {
  return {
    async active() {
      const { groups } = await dataOf(client, '/api/v1/rules?type=alert');
      return objectsIn(groups).flatMap(alertsOfGroup);
    },
    async holds(expression) {
      const { result } = await dataOf(client, '/api/v1/query', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ query: expression }).toString(),
      });
      return objectsIn(result).map(({ metric }) => textsIn(metric));
    },
  };
}

function alertsOfGroup(group: JsonObject): readonly ActiveAlert[] {
  const seen = new Map<string, number>();
  return objectsIn(group.rules).flatMap((rule) => {
    const labels = textsIn(rule.labels);
    const key = JSON.stringify([rule.name, Object.entries(labels).sort()]);
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    const place = {
      file: nameOfFile(path.posix.basename(String(group.file)).replace(/\.ya?ml$/, '')) ?? '',
      group: String(group.name),
      rule: { labels, occurrence, expression: String(rule.query) },
    };
    return objectsIn(rule.alerts).flatMap((alert) => activeAlert(alert, place));
  });
}

function activeAlert(alert: JsonObject, place: Pick<ActiveAlert, 'file' | 'group' | 'rule'>): readonly ActiveAlert[] {
  const { state } = alert;
  if (state !== 'pending' && state !== 'firing') return [];
  return [{ ...place, labels: textsIn(alert.labels), state, activeAtMs: Date.parse(String(alert.activeAt)) }];
}

function textsIn(value: JsonValue | undefined): Readonly<Record<string, string>> {
  if (value === undefined || !isJsonObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}
