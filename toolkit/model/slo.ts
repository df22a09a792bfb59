import type { SourceSpan } from '../diagnostics/index.ts';
import type { AlertCondition } from './alert-pack.ts';
import type { Attributes } from './attribute.ts';
import { callSite } from './call-site.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { ItemSelection } from './item-selection.ts';
import type { ObjectClass } from './object-class.ts';
import type { AlertSeverity } from './organisation.ts';
import { sloShape } from './slo-shapes.ts';
import type { BilingualText } from './text.ts';

/**
 * A service level objective: which share of what a service does must be good, over which time. Plain data, so that it
 * can be listed, exported and compared; a stack upholds it with `.uphold(...)`.
 */
export interface Slo {
  readonly kind: 'slo';
  /** Lower-case words with dashes, unique in the organisation; the label `slo` of everything that is derived. */
  readonly id: string;
  readonly title: BilingualText;
  /** Items that the service is made of. */
  readonly service: ItemSelection;
  /** Share that must be good, above 0 and below 1: `0.999`. */
  readonly objective: number;
  readonly window: SloWindow;
  readonly indicator: SloIndicator;
  /** What was promised to somebody; the objective is what we hold ourselves to, and is tighter. */
  readonly promised?: SlaPromise;
  /** Where little is asked, single failures burn much: no alert below this many events. */
  readonly lowTraffic?: LowTraffic;
  /** What happens in these times counts neither as good nor as bad. */
  readonly excludes?: readonly SloExclusion[];
  /** When somebody is told that the error budget burns; absent: `standardBurnAlerts`. */
  readonly alerting?: readonly BurnAlert[];
  /** Absent: the team of the stack. */
  readonly team?: string;
  /** Path under the organisation's runbook base; absent: `slo/error-budget`. */
  readonly runbook?: string;
  readonly clauses?: readonly string[];
  readonly source: SourceSpan;
}

/** The time over which an objective is held: the last 30 days at each moment, or the month or quarter that is running. */
export type SloWindow =
  | { readonly rolling: string }
  /** `zone`: IANA time zone in which the month begins. */
  | { readonly calendar: CalendarPeriod; readonly zone: string };

export type CalendarPeriod = 'month' | 'quarter';

/** What is counted. */
export type SloIndicator = GoodRatio | BadRatio | LatencyIndicator | TimeSliceIndicator | CompositeIndicator;

/** Good events among all. */
export interface GoodRatio {
  readonly kind: 'ratio';
  readonly good: CounterSelector;
  readonly total: CounterSelector;
  readonly bad?: never;
}

/** Bad events among all. */
export interface BadRatio {
  readonly kind: 'ratio';
  readonly bad: CounterSelector;
  readonly total: CounterSelector;
  readonly good?: never;
}

/** Events that took at most so long, from a classic histogram. */
export interface LatencyIndicator {
  readonly kind: 'latency';
  /** Name without `_bucket`, and labels: the bucket and the count are of the same series. */
  readonly histogram: CounterSelector;
  /** Seconds; an upper bound of a bucket. */
  readonly below: number;
}

/** Time in which a signal was good, slice by slice: for devices and whatever counts no events. */
export interface TimeSliceIndicator {
  readonly kind: 'timeSlice';
  /** Id of the class that has the signal. */
  readonly class: string;
  readonly signal: string;
  /** A slice is good when this held all through it. */
  readonly good: AlertCondition;
  readonly slice: string;
  /** With several items: all of them must be good, or any one is enough. Absent: all. */
  readonly across?: 'all' | 'any';
}

/** A service that needs other services: application, database, switch and power. */
export interface CompositeIndicator {
  readonly kind: 'composite';
  /** `all`: good in so far as all parts are (their shares are multiplied). `weighted`: the mean of the parts by weight. */
  readonly rule: 'all' | 'weighted';
  readonly of: readonly CompositePart[];
}

export interface CompositePart {
  /** Id of the SLO. */
  readonly slo: string;
  readonly weight: number;
}

/** A counter by its name and labels; restricted to the items of the service, unless it names `item` itself. */
export interface CounterSelector {
  readonly metric: string;
  readonly where?: Readonly<Record<string, LabelTest>>;
}

/** What a label has to be: a text, or a test with one of three. Patterns are RE2, of the whole value. */
export type LabelTest =
  | string
  | { readonly not: string }
  | { readonly matching: string }
  | { readonly notMatching: string };

/** A service level agreement: the share that was promised, and to whom. */
export interface SlaPromise {
  readonly objective: number;
  /** Id of a tenant, or of a team where one team promises another. */
  readonly to: string;
}

export interface LowTraffic {
  readonly minimumEvents: number;
  readonly in: string;
  /** How many events are usual in that time; lets it be checked whether the objective can be told from noise. */
  readonly usualEvents?: number;
}

/** Working times of a calendar in which maintenance is done, or a series that is above zero while it is. */
export type SloExclusion = { readonly calendar: string } | { readonly series: CounterSelector };

/** Tells when so much of the budget would be gone within the long window, and the short one shows that it still burns. */
export interface BurnAlert {
  readonly severity: Exclude<AlertSeverity, 'info'>;
  /** Share of the budget of the whole period: `0.02`. */
  readonly budget: number;
  /** The short window is a twelfth of it. */
  readonly long: string;
}

/** Two that wake somebody and two that are worked in hours. */
export const standardBurnAlerts: readonly BurnAlert[] = [
  { severity: 'critical', budget: 0.02, long: '1h' },
  { severity: 'critical', budget: 0.05, long: '6h' },
  { severity: 'warning', budget: 0.1, long: '1d' },
  { severity: 'warning', budget: 0.1, long: '3d' },
];

/** What is said of one objective in `defineSlo`: classes and other objectives are named by what declared them. */
export interface SloDeclaration<Declared extends Attributes, SignalName extends string>
  extends Omit<Slo, 'kind' | 'source' | 'indicator'> {
  readonly indicator:
    | GoodRatio
    | BadRatio
    | LatencyIndicator
    | (Omit<TimeSliceIndicator, 'class' | 'signal'> & {
        readonly of: ObjectClass<Declared, SignalName>;
        readonly signal: NoInfer<SignalName>;
      })
    | { readonly kind: 'composite'; readonly rule: 'all'; readonly of: readonly Slo[] }
    | {
        readonly kind: 'composite';
        readonly rule: 'weighted';
        readonly of: readonly { readonly slo: Slo; readonly weight: number }[];
      };
}

/**
 * Declares a service level objective; a stack upholds it: `.uphold(mesAnswers)`.
 *
 * ```ts
 * export const mesAnswers = defineSlo({
 *   id: 'mes-answers',
 *   title: { en: 'The MES answers', zh: 'MES 可用' },
 *   service: item('pe1-mes-web'),
 *   objective: 0.999,
 *   window: { rolling: '30d' },
 *   indicator: { kind: 'timeSlice', of: httpEndpoint, signal: 'up', good: { equals: 1 }, slice: '1m' },
 * });
 * ```
 */
export function defineSlo<Declared extends Attributes = Attributes, SignalName extends string = string>(
  declaration: SloDeclaration<Declared, SignalName>,
): Slo {
  const source = callSite(defineSlo);
  holdToShape(sloShape, declaration, 'defineSlo({...})', source);
  return { ...declaration, indicator: plainIndicator(declaration.indicator), kind: 'slo', source };
}

function plainIndicator<Declared extends Attributes, SignalName extends string>(
  indicator: SloDeclaration<Declared, SignalName>['indicator'],
): SloIndicator {
  if (indicator.kind === 'timeSlice') {
    const { of, ...rest } = indicator;
    return { ...rest, class: of.id };
  }
  if (indicator.kind !== 'composite') return indicator;
  // Content runs without its types, so either form may stand under either rule.
  const parts = indicator.of.map((part) =>
    'weight' in part ? { slo: part.slo.id, weight: part.weight } : { slo: part.id, weight: 1 },
  );
  return { kind: 'composite', rule: indicator.rule, of: parts };
}
