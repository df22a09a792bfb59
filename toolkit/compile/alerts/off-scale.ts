import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import type { Alert, ObjectClass } from '../../model/index.ts';
import { compileDiagnostics } from '../compile-diagnostics.ts';
import { thresholdOf } from './threshold-of.ts';

/**
 * A share is 0 to 1, and people write 5 where they mean 5 %: such an alert fires always, or never. Where the catalogue's
 * own number is beyond 1, the signal is a share that can be.
 */
export function findOffScale(
  alert: Alert,
  objectClass: ObjectClass | undefined,
  threshold: number | undefined,
  source: SourceSpan,
): readonly Diagnostic[] {
  const isShare = objectClass?.signals[alert.signal]?.unit === 'ratio' && isOfShare(thresholdOf(alert));
  if (!isShare || threshold === undefined || isOfShare(threshold)) return [];
  const facts = { alert: alert.id, threshold, usual: thresholdOf(alert) };
  return [compileDiagnostics.create('threshold-off-scale', facts, { position: source, subject: alert.id })];
}

function isOfShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
