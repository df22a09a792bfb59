import type { JsonObject, Resource } from '../../model/index.ts';
import { labelAmong } from '../label-among.ts';
import { makeResource, operatedStep } from '../make-resource.ts';
import { type OperatedStack, paced, runbookUrl } from '../operated-stack.ts';
import { hostsOf } from './hosts.ts';

interface ScriptAlert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly en: string;
  readonly zh: string;
}

/** Page of the catalogue that says what to do. */
export const scriptRunbook = 'collector/script';

const named = 'script {{ $labels.script }} of {{ $labels.item }}';
const namedZh = '{{ $labels.item }} 的采集脚本 {{ $labels.script }}';

/** A script that measures nothing any more leaves its last values in place, and whoever reads those sees nothing wrong. */
export function compileScriptRules(operated: OperatedStack): readonly Resource[] {
  const { scripts } = operated.stack;
  if (scripts.length === 0) return [];
  const alerts = [...common, ...scripts.map((scheduled) => missing(scheduled.script.id, hostsOf(operated, scheduled)))];
  const rules = alerts.map((alert) => ruleOf(operated, alert));
  const items = [...new Set(scripts.flatMap((scheduled) => hostsOf(operated, scheduled)))];
  return [
    makeResource(operated, {
      type: 'prometheus-rules',
      name: 'collection-scripts',
      target: 'prometheus',
      spec: { group: { name: 'collection-scripts', interval: paced(operated, '30s'), rules } },
      items,
      clauses: ['S0:7.1.1.1.a'],
      derivation: [operatedStep(operated, `${scripts.length} collection scripts`)],
      parts: alerts.map(({ alert }, index) => ({
        name: index < common.length ? alert : `${alert}:${scripts[index - common.length]?.script.id}`,
        pointer: `/group/rules/${index}`,
        derivation: [operatedStep(operated, 'hosts that run collection scripts')],
      })),
    }),
  ];
}

const common: readonly ScriptAlert[] = [
  {
    alert: 'CollectionScriptFailing',
    expr: 'collection_script_success == 0',
    for: '15m',
    en: `The ${named} fails; what it measured last is shown on`,
    zh: `${namedZh} 执行失败，仍显示上次结果`,
  },
  {
    alert: 'CollectionScriptNotRun',
    expr: 'time() - collection_script_run_timestamp_seconds > 3 * collection_script_interval_seconds',
    for: '5m',
    en: `The ${named} has left out three runs`,
    zh: `${namedZh} 已连续三次未运行`,
  },
];

/** Never brought to a host, or removed from it: then nothing is there that could say that it fails. */
function missing(script: string, hosts: readonly { readonly id: string }[]): ScriptAlert {
  const among = labelAmong(
    'item',
    hosts.map(({ id }) => id),
  );
  return {
    alert: 'CollectionScriptMissing',
    expr: `label_replace(up{${among}} == 1, "script", "${script}", "item", ".*") unless on (item, script) collection_script_success`,
    for: '1h',
    en: `The ${named} is not there: it has never run`,
    zh: `${namedZh} 不存在，从未运行`,
  };
}

function ruleOf(operated: OperatedStack, { alert, expr, for: wait, en, zh }: ScriptAlert): JsonObject {
  return {
    alert,
    expr,
    for: paced(operated, wait),
    labels: { severity: 'warning' },
    annotations: { summary_en: en, summary_zh: zh, runbook_url: runbookUrl(operated, scriptRunbook) },
  };
}
