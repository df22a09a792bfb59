import { pointerTo } from '../../diagnostics/index.ts';
import type { YamlValue } from '../../languages/yaml/index.ts';
import type { LintDocument } from '../lint-input.ts';
import { isMapping, textOf } from './fields.ts';

/** The texts of a mapping as Prometheus reads them: what is no text to YAML is taken as it is written, `1.10` as `1.10`. */
export function writtenTexts(
  document: LintDocument,
  pointer: string,
  value: YamlValue | undefined,
): Readonly<Record<string, string>> {
  if (!isMapping(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => {
      if (typeof entry !== 'number' && typeof entry !== 'boolean') return [name, textOf(entry)];
      return [name, document.writtenAt(pointerTo(pointer, name))?.text ?? textOf(entry)];
    }),
  );
}
