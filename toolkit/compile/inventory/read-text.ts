import { pointerSteps } from '../../diagnostics/index.ts';
import { describeValue } from '../../languages/json-schema/index.ts';
import type { CappedReport } from './capped-report.ts';
import { inventoryDiagnostics } from './inventory-diagnostics.ts';
import type { RawItem } from './raw-item.ts';

interface Reader {
  readonly id: string;
  readonly item: RawItem;
  readonly report: CappedReport;
}

/** A text without blanks around it, null where there is none, undefined for a value that is no text, which is reported. */
export function readText(reader: Reader, pointer: string, value: unknown): string | null | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') return wrongField(reader, pointer, 'a text', value);
  const trimmed = value.trim();
  if (trimmed !== value) reportTrimmed(reader, pointer);
  return trimmed === '' ? null : trimmed;
}

function reportTrimmed({ id, item, report }: Reader, pointer: string): void {
  report.add('blanks-trimmed', item.source.file, () => {
    const facts = { subject: id, name: nameOf(pointer) };
    return inventoryDiagnostics.create('blanks-trimmed', facts, { position: item.positionOf(pointer), subject: id });
  });
}

export function wrongField({ id, item, report }: Reader, pointer: string, expected: string, value: unknown): undefined {
  report.add(`wrong-field ${pointer}`, item.source.file, () => {
    const facts = {
      subject: id,
      name: nameOf(pointer),
      expected,
      found: describeValue(value),
      source: item.sourceOf(pointer),
    };
    const occurrence = { position: item.positionOf(pointer), subject: id, expected, found: facts.found };
    return inventoryDiagnostics.create('wrong-field', facts, occurrence);
  });
  return undefined;
}

/** `/identity/serial` is `identity.serial`. */
function nameOf(pointer: string): string {
  return pointerSteps(pointer).join('.');
}
