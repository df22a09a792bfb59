import type { SourceSpan } from '../diagnostics/index.ts';
import type { AlertSamples } from './alert-pack.ts';
import { callSite } from './call-site.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { AlertSeverity } from './organisation.ts';
import { pipelineShape } from './pipeline-shapes.ts';
import type { FieldUnit, PipelineStep } from './pipeline-step.ts';
import type { SecretReference } from './secret.ts';
import type { LabelTest } from './slo.ts';
import type { BilingualText } from './text.ts';

/**
 * What happens to data on its way: lines of logs become records, metrics and alerts, or metrics of an exporter are
 * cleaned. One declaration, carried out by the program that `with` names. A stack collects with `.collect(...)`.
 */
export interface Pipeline {
  readonly kind: 'pipeline';
  /** Lower-case words with dashes, unique in the organisation. */
  readonly id: string;
  readonly title: BilingualText;
  readonly with: PipelineBackend;
  readonly from: PipelineSource;
  /**
   * Field that says which item a record is of, by the item's id, address or short host name. Absent: the pipeline is
   * collected for one item, and everything is of that one.
   */
  readonly sender?: string;
  /** What is known of fields by their names; those without an entry are texts of which nobody knows how many there are. */
  readonly schema?: Readonly<Record<string, FieldFacts>>;
  readonly steps: readonly PipelineStep[];
  readonly sinks?: Readonly<Record<string, Sink>>;
  readonly alerts?: readonly PipelineAlert[];
  readonly tests?: readonly PipelineTest[];
  readonly clauses?: readonly string[];
  readonly source: SourceSpan;
}

/** `prometheus`: relabelling of a scrape job (`metric_relabel_configs`). */
export type PipelineBackend = 'prometheus' | 'mtail' | 'vector' | 'otelcol';

export const pipelineBackends: readonly PipelineBackend[] = ['prometheus', 'mtail', 'vector', 'otelcol'];

export type PipelineSource =
  /**
   * Lines of files. A name in braces stands for one part of the path and becomes a field:
   * `/var/log/remote/{sender}/auth.log`; a star for any text of one part.
   */
  | { readonly kind: 'files'; readonly path: string }
  /** Records of another pipeline of the same stack, as they are at its end. */
  | { readonly kind: 'pipeline'; readonly id: string }
  /** Metrics of a scrape job, such as `host-node`: a class and one of its sources. Fields are labels, and `metric` the name. */
  | { readonly kind: 'metrics'; readonly job: string };

/** What is known of one field. */
export interface FieldFacts {
  /** `text` when not given. */
  readonly type?: 'text' | 'number';
  readonly unit?: FieldUnit;
  /** All values that it has. */
  readonly values?: readonly string[];
  /** How many different values there can be, where they are not known one by one; `because` says why that holds. */
  readonly atMost?: number;
  readonly because?: string;
}

/** Where records go. Secrets are references. */
export type Sink =
  | {
      readonly kind: 'loki';
      readonly url: string;
      readonly labels: readonly string[];
      readonly token?: SecretReference;
    }
  | {
      readonly kind: 'elasticsearch';
      readonly url: string;
      readonly index: string;
      readonly user?: string;
      readonly password?: SecretReference;
    }
  | { readonly kind: 'file'; readonly path: string };

/** An alert on what a pipeline counts. Its labels are those of every alert, from the item that a record is of. */
export interface PipelineAlert {
  /** As operators see it, unique in the organisation: `SshLoginAttack`. */
  readonly name: string;
  readonly when: PipelineCondition;
  /** How long the condition must hold, such as `5m`. */
  readonly for: string;
  readonly severity: AlertSeverity;
  /** One line each; `{item}`, `{site}`, `{value}` and the labels of `by` are filled in. */
  readonly summary: BilingualText;
  readonly runbook: string;
  /** Series with which it fires, and with which it does not, for the tests of its rule; a share needs them. */
  readonly samples?: AlertSamples;
  readonly rationale: string;
  readonly clauses: readonly string[];
}

export type PipelineCondition =
  /** How much was counted in a time. A series that has just begun counts from its first value. */
  | (CountedSeries & { readonly in: string; readonly above: number })
  /** Which share of the whole, where there is at least so much of it. */
  | {
      readonly share: CountedSeries;
      readonly of: CountedSeries;
      readonly in: string;
      readonly above: number;
      readonly atLeast: number;
    }
  | { readonly quantile: number; readonly of: CountedSeries; readonly in: string; readonly above: number }
  /** Nothing was counted for so long, though there was something before. */
  | { readonly silent: CountedSeries; readonly in: string };

export interface CountedSeries {
  readonly count: string;
  readonly where?: Readonly<Record<string, LabelTest>>;
  /** Labels, besides the item's own, by which alerts are told apart. */
  readonly by?: readonly string[];
}

/** Lines in; metrics and records out. Run by `opsctl test`. */
export interface PipelineTest {
  /** A sentence. */
  readonly name: string;
  /** Lines of one file, one after the other. For a pipeline of metrics: series as an exporter prints them, `up{a="b"} 1`. */
  readonly lines: readonly string[];
  /** Path of the file, where the source has names in braces. */
  readonly path?: string;
  /** All series of these names, and nothing else of them: `{ 'nginx_requests_total{status="5xx"}': 2 }`. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Records that arrive, by sink, with the fields that are looked at; or those of metrics, under `series`. */
  readonly records?: Readonly<Record<string, readonly Readonly<Record<string, string | number>>[]>>;
}

/** What is said of one pipeline in `definePipeline`. */
export type PipelineDeclaration = Omit<Pipeline, 'kind' | 'source'>;

/**
 * Declares a pipeline; a stack collects with it: `.collect(authFailures, items.where({ class: 'host' }))`.
 *
 * ```ts
 * export const authFailures = definePipeline({
 *   id: 'auth-failures',
 *   title: { en: 'Failed logins', zh: '登录失败' },
 *   with: 'mtail',
 *   from: { kind: 'files', path: '/var/log/remote/{host}/auth.log' },
 *   sender: 'host',
 *   steps: [
 *     steps.parse({ as: 'regex', pattern: 'sshd\\[\\d+\\]: Failed (?P<method>password|publickey) for ' }),
 *     steps.count({ metric: 'ssh_auth_failures_total', help: 'Failed logins.', labels: ['method'] }),
 *   ],
 * });
 * ```
 */
export function definePipeline(declaration: PipelineDeclaration): Pipeline {
  const source = callSite(definePipeline);
  holdToShape(pipelineShape, declaration, 'definePipeline({...})', source);
  return deepFreeze({ ...declaration, kind: 'pipeline', source });
}
