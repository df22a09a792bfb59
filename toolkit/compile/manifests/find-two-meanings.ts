import { type Diagnostic, pointerTo } from '../../diagnostics/index.ts';
import type { ParsedYaml } from '../../languages/yaml/index.ts';
import { isJsonObject, type JsonValue } from '../../model/index.ts';
import { manifestFileDiagnostics } from './diagnostics.ts';

/** Values that are written without quotes and that kubectl reads as something else: `mode: 0644`, `enabled: yes`. */
export function findTwoMeanings(parsed: ParsedYaml, value: JsonValue, pointer = ''): readonly Diagnostic[] {
  if (Array.isArray(value))
    return value.flatMap((one: JsonValue, index) => findTwoMeanings(parsed, one, pointerTo(pointer, String(index))));
  if (isJsonObject(value))
    return Object.entries(value).flatMap(([name, one]) => findTwoMeanings(parsed, one, pointerTo(pointer, name)));
  const written = mayDiffer(value) ? parsed.sourceOf(pointer) : '';
  const there = meaningOfOld(written);
  if (there === null || there === String(value)) return [];
  const facts = { written, here: typeof value === 'string' ? 'a text' : String(value), there };
  return [manifestFileDiagnostics.create('two-meanings', facts, { position: parsed.positionOf(pointer) })];
}

function mayDiffer(value: JsonValue): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.length <= 3);
}

/** As YAML 1.1 has it; null where that is the same. */
function meaningOfOld(written: string): string | null {
  if (/^(?:yes|Yes|YES|on|On|ON)$/.test(written)) return 'true';
  if (/^(?:no|No|NO|off|Off|OFF)$/.test(written)) return 'false';
  return /^[-+]?0[0-7]+$/.test(written) ? String(Number.parseInt(written, 8)) : null;
}
