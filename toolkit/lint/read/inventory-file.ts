import type { YamlMapping, YamlValue } from '../../languages/yaml/index.ts';
import type { ItemRecord, LintDocument, TargetGroup } from '../lint-input.ts';
import { isMapping, listOf, mappingsIn, textOf, textsOf } from './fields.ts';

/** Targets as `file_sd_configs` reads them. */
export function readTargets(
  document: LintDocument,
  pointer: string,
  value: readonly YamlValue[],
): readonly TargetGroup[] {
  return mappingsIn(value).map(([index, group]) => ({
    document,
    pointer: `${pointer}/${index}`,
    targets: listOf(group.targets).map(textOf),
    labels: textsOf(group.labels),
  }));
}

/** The record of a configuration item, as a stack writes it for others; null for anything else. */
export function readItem(document: LintDocument, pointer: string, value: YamlMapping): ItemRecord | null {
  const { id, class: itemClass, stage } = value;
  if (typeof id !== 'string' || typeof itemClass !== 'string' || typeof stage !== 'string') return null;
  if (!isMapping(value.attributes) || !Array.isArray(value.relations)) return null;
  return { document, pointer, id, class: itemClass, stage };
}
