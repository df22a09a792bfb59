import type { SourceSpan } from '../../../toolkit/diagnostics/index.ts';
import { printDuration } from '../../../toolkit/model/index.ts';
import type { BaselineReport, ItemBaseline } from '../../../toolkit/operate/baseline-report.ts';
import type { Content } from '../../../toolkit/operate/index.ts';
import { addImport } from './add-import.ts';
import { addTuning, setThreshold } from './edit-tuning.ts';

export interface ProposedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** A proposal that has no place in the source, with the reason in half a sentence. */
export interface UnplacedTuning {
  readonly item: string;
  readonly alert: string;
  readonly reason: string;
  readonly position: SourceSpan;
}

export interface ProposedTunings {
  readonly files: readonly ProposedFile[];
  readonly unplaced: readonly UnplacedTuning[];
}

type TextOf = (file: string) => string | null;

/**
 * The stacks with the proposed thresholds: the tuning of an item changed where it has one of its own, or else one added.
 * A tuning of several items is left to people, as it is one number for all of them.
 */
export function proposeTunings(report: BaselineReport, content: Content, textOf: TextOf): ProposedTunings {
  const texts = new Map<string, { readonly before: string; after: string }>();
  const unplaced: UnplacedTuning[] = [];
  const { alert } = report;
  // From the end of a file to its start, so that an edit leaves the places before it as they are.
  const wanted = report.items.filter(isWorthATuning).sort((left, right) => lineOf(right) - lineOf(left));
  for (const baseline of wanted) {
    const stack = content.stacks.find(({ name }) => name === baseline.stack);
    if (alert === null || stack === undefined) continue;
    const position = baseline.rule?.source ?? stack.source;
    const text = texts.get(position.file)?.after ?? textOf(position.file);
    const edited: Edited =
      text === null
        ? { reason: `${position.file} cannot be read` }
        : edit(text, { report, baseline, content, stackSource: stack.source, textOf });
    if ('reason' in edited) unplaced.push({ item: baseline.item, alert: alert.name, reason: edited.reason, position });
    else texts.set(position.file, { before: texts.get(position.file)?.before ?? text ?? '', after: edited.text });
  }
  return { files: [...texts].map(([file, sides]) => ({ file, ...sides })), unplaced };
}

function isWorthATuning({ proposed, rule }: ItemBaseline): boolean {
  return proposed !== null && rule !== null && !rule.isWaived && proposed.threshold !== rule.threshold;
}

function lineOf({ rule }: ItemBaseline): number {
  return rule?.source?.line ?? 0;
}

interface Editing {
  readonly report: BaselineReport;
  readonly baseline: ItemBaseline;
  readonly content: Content;
  readonly stackSource: SourceSpan;
  readonly textOf: TextOf;
}

type Edited = { readonly text: string } | { readonly reason: string };

function edit(text: string, { report, baseline, content, stackSource, textOf }: Editing): Edited {
  const { item, rule, stack } = baseline;
  const written = printBaseline(report, baseline);
  const source = rule?.source ?? null;
  if (source !== null) {
    if (tunedBy(source, content, stack) > 1)
      return { reason: `the tuning at ${source.file}:${source.line} is of several items` };
    const changed = setThreshold(text, source, written);
    return changed === null
      ? { reason: `no threshold is to be found at ${source.file}:${source.line}` }
      : { text: addImport(changed, 'baseline', 'opsctl') };
  }
  const pack = packOf(report, textOf);
  const isGenerated = (textOf('cmdb/items.generated.ts') ?? '').includes(`'${item}'`);
  const selection = isGenerated ? `item('${item}')` : `items.where({ id: '${item}' })`;
  const lines = [
    `  .tune(${selection}, ${pack.name}.${pack.key}, {`,
    `    threshold: ${written},`,
    `    reason: ${quote(reasonOf(report, baseline))},`,
    '  })',
  ];
  const added = addTuning(text, stackSource, lines.join('\n'));
  if (added === null) return { reason: `the end of defineStack(...) in ${stackSource.file} is not to be found` };
  const withPack = addImport(addImport(added, 'baseline', 'opsctl'), pack.name, pack.from);
  const imported = isGenerated
    ? addImport(withPack, 'item', '../cmdb/items.generated.ts')
    : addImport(withPack, 'items', 'opsctl');
  return { text: imported };
}

/** How many items the tuning at a place is of. */
function tunedBy(source: SourceSpan, { resources }: Content, stack: string): number {
  const parts = resources
    .filter(({ address }) => address.startsWith(`${stack}/`))
    .flatMap((resource) => resource.parts);
  const items = parts.flatMap(({ name, derivation }) =>
    name.startsWith('override:') &&
    derivation.some(
      (step) => step.kind === 'tuning' && step.source?.line === source.line && step.source.file === source.file,
    )
      ? [name]
      : [],
  );
  return new Set(items).size;
}

/** Days are those of the last sample that was looked at, so that the same can be asked again. */
function printBaseline({ fromMs, toMs, headroom }: BaselineReport, { proposed }: ItemBaseline): string {
  const fields = [
    `value: ${proposed?.threshold ?? 0}`,
    `quantile: ${proposed?.share ?? 0}`,
    `window: '${printDuration(Math.round((toMs - fromMs) / 1000) * 1000)}'`,
    `until: '${new Date(toMs).toISOString().slice(0, 10)}'`,
    ...(headroom === 0 ? [] : [`headroom: ${headroom}`]),
  ];
  return `baseline({ ${fields.join(', ')} })`;
}

function reasonOf({ alert }: BaselineReport, { rule, counted, proposed, trial }: ItemBaseline): string {
  const kept = printDuration(Math.round(counted.countedMs / 3_600_000) * 3_600_000);
  const found = Number((proposed?.found ?? 0).toPrecision(3));
  const leftOut = counted.firingShare > 0 ? ', without the times in which alerts fired' : '';
  const tried =
    trial === null
      ? ''
      : ` In that time ${rule?.threshold} would have fired ${times(trial.before.fired)}, and this ${times(trial.after.fired)}.`;
  return `${found} is normal for this item by ${kept} of ${alert?.signal ?? 'its signal'}${leftOut}.${tried}`;
}

function times(count: number): string {
  if (count === 0) return 'never';
  return count === 1 ? 'once' : `${count} times`;
}

/** What the pack is called in content: by its own file, or by the custom of the catalogue. */
function packOf({ alert }: BaselineReport, textOf: TextOf) {
  const [, key = ''] = (alert?.id ?? '').split('.');
  const file = alert?.source.file ?? '';
  const isOwn = !file.includes('alerts/catalogue/') && textOf(file) !== null;
  const [, declared] = /export const (\w+) = defineAlertPack\(/.exec(textOf(file) ?? '') ?? [];
  const custom = `${(alert?.class ?? '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Alerts`;
  return { key, name: declared ?? custom, from: isOwn ? `../${file}` : 'opsctl/alerts' };
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
