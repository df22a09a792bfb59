import { signalSeries } from '../compile/signal-series.ts';
import { type Diagnostic, nearestName } from '../diagnostics/index.ts';
import type { Direction } from '../history/index.ts';
import type { Calendar } from '../model/index.ts';
import { backtestDiagnostics } from './backtest-diagnostics.ts';
import { baselineDiagnostics } from './baseline-diagnostics.ts';
import type { BaselineRequest } from './baseline-report.ts';
import type { Content } from './contract.ts';
import type { DeclaredAlert } from './session-messages.ts';

/** What was asked for, by the name of an alert or of a signal. */
export function nameSubject({ alerts, stacks, organisation }: Content, request: BaselineRequest): Named {
  const { subject, without } = request;
  const alert = alerts.find(({ name }) => name === subject) ?? null;
  const [classId = '', key = ''] = alert === null ? subject.split('.') : [alert.class, alert.signal ?? ''];
  const isSignal = /^[^.]+\.[^.]+$/.test(subject);
  // Of a signal on its own, the alerts on it know which way is trouble.
  const speaking =
    alert ?? alerts.find((one) => one.class === classId && one.signal === key && !('equals' in one.when));
  const calendar = organisation.calendars.find(({ id }) => id === without) ?? null;
  const unknown = (kind: string, name: string, known: readonly string[]) =>
    backtestDiagnostics.create('unknown-name', {
      kind,
      name,
      known: kind === 'alert' ? [] : known,
      nearest: nearestName(name, known),
    });
  const names = stacks.map(({ name }) => name);
  return {
    alert,
    direction: speaking !== undefined && 'below' in speaking.when ? 'below' : 'above',
    series: signalSeries(classId, key),
    calendar,
    diagnostics: [
      ...request.stacks.filter((name) => !names.includes(name)).map((name) => unknown('stack', name, names)),
      ...(alert === null && !isSignal
        ? [
            unknown(
              'alert',
              subject,
              alerts.map(({ name }) => name),
            ),
          ]
        : []),
      ...(without !== null && calendar === null
        ? [
            unknown(
              'calendar',
              without,
              organisation.calendars.map(({ id }) => id),
            ),
          ]
        : []),
      ...(alert !== null && 'equals' in alert.when
        ? [baselineDiagnostics.create('no-threshold', { alert: subject }, { position: alert.source, subject })]
        : []),
    ],
  };
}

export interface Named {
  readonly alert: DeclaredAlert | null;
  readonly direction: Direction;
  /** Name under which the signal is recorded. */
  readonly series: string;
  readonly calendar: Calendar | null;
  readonly diagnostics: readonly Diagnostic[];
}
