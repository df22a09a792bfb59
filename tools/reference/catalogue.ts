import { type Alert, type Attribute, type ObjectClass, readingsOf, type Signal, type SignalSource } from 'opsctl';
import { standardAlerts } from 'opsctl/alerts';
import { standardClasses } from 'opsctl/cmdb';
import { standardDashboards } from 'opsctl/dashboards';
import { type RelationType, relationTypes } from '../../toolkit/model/index.ts';
import { anchorOf, code, codeBlock, page, pageHead, table } from './markdown.ts';

/** `docs/reference/catalogue.md`: what follows from an item of each class, with the numbers and why they are so. */
export async function renderCatalogue(): Promise<string> {
  return page([
    pageHead('Catalogue', 'cmdb/catalogue, alerts/catalogue and dashboards/catalogue'),
    'The classes that come with the product, and what follows from an item of each. `.tune(...)` of a stack changes a ' +
      'number for some items; `.waive(...)` turns an alert off for some items until a day.',
    table(['Class', 'Title', '中文', 'Signals', 'Alerts'], standardClasses.map(summarise)),
    ...standardClasses.map(describeClass),
    '## Relations',
    'Declared at one end, known at both.',
    table(['From here', 'From the other end', '中文', 'Impact'], relationTypes.map(describeRelation)),
  ]);
}

const impacts: Readonly<Record<RelationType['impact'], string>> = {
  'to-from': '`to-from`: it fails when what it points to fails',
  partial: '`partial`: it is degraded',
  none: '`none`',
};

function describeRelation({ forward, reverse, title, impact }: RelationType): readonly string[] {
  return [code(forward), code(reverse), title.zh, impacts[impact]];
}

function summarise(objectClass: ObjectClass): readonly string[] {
  const { id, title, signals } = objectClass;
  const counts = [Object.keys(signals).length, alertsOf(objectClass).length].map(String);
  return [`[\`${id}\`](#${anchorOf(headingOf(objectClass))})`, title.en, title.zh, ...counts];
}

function headingOf({ id, title }: ObjectClass): string {
  return `${id}: ${title.en}`;
}

function describeClass(objectClass: ObjectClass): string {
  const { id, title, attributes, sources, signals } = objectClass;
  return page([
    `## ${headingOf(objectClass)}`,
    title.zh,
    `### Attributes of ${id}`,
    table(['Attribute', 'Value', 'Needed', 'Meaning'], Object.entries(attributes).map(describeAttribute)),
    `### Sources of ${id}`,
    table(['Source', 'Kind', 'Interval', 'Program'], Object.entries(sources).map(describeSource)),
    `### Signals of ${id}`,
    `Each is recorded as \`signal:${id.replaceAll('-', '_')}_…\`; dashboards and the tiers above read the recorded series.`,
    table(['Signal', 'Title', '中文', 'Unit', 'Trouble'], Object.entries(signals).map(describeSignal)),
    codeBlock(
      'text',
      Object.entries(signals)
        .map((entry) => describeExpression(id, entry))
        .join('\n'),
    ),
    `### Alerts of ${id}`,
    ...alertsOf(objectClass).map(describeAlert),
    `### Dashboard of ${id}`,
    ...standardDashboards.filter((dashboard) => dashboard.class.id === id).map(describeDashboard),
  ]);
}

function alertsOf({ id }: ObjectClass): readonly (readonly [string, Alert])[] {
  return standardAlerts.filter((pack) => pack.class.id === id).flatMap((pack) => Object.entries(pack.alerts));
}

function describeAttribute([name, attribute]: readonly [string, Attribute]): readonly string[] {
  return [code(name), kindOf(attribute), neededOf(attribute), attribute.doc];
}

function kindOf({ schema, cell }: Attribute): string {
  const { enum: options, minimum, maximum } = schema;
  if (Array.isArray(options)) return options.map((option) => code(String(option))).join(', ');
  return minimum === undefined && maximum === undefined ? cell : `${cell}, ${minimum ?? '…'} to ${maximum ?? '…'}`;
}

function neededOf({ required, default: fallback }: Attribute): string {
  if (required) return 'yes';
  return fallback === undefined ? 'no' : `no; ${code(String(fallback))}`;
}

function describeSource([name, source]: readonly [string, SignalSource]): readonly string[] {
  return [code(name), source.kind, source.interval, programOf(source)];
}

function programOf(source: SignalSource): string {
  if (source.kind === 'exporter') return source.exporter;
  return `${source.kind === 'probe' ? 'blackbox_exporter' : source.exporter} of the control point`;
}

const troubles: Readonly<Record<Signal['direction'], string>> = {
  'high-is-bad': 'high',
  'low-is-bad': 'low',
  state: 'by its value',
};

function describeSignal([name, { title, unit, direction }]: readonly [string, Signal]): readonly string[] {
  return [code(name), title.en, title.zh, unit, troubles[direction]];
}

function describeExpression(id: string, [name, signal]: readonly [string, Signal]): string {
  const readings = Object.entries(readingsOf(signal));
  const lines = readings.map(([source, { expression }]) => {
    const of = readings.length === 1 ? name : `${name} (${source})`;
    const select = (metric: string, matchers?: string): string => selectorOf(id, metric, matchers);
    return `${of}: ${expression(Object.assign(select, { where: { class: id } }))}`;
  });
  return lines.join('\n');
}

function selectorOf(id: string, metric: string, matchers: string | undefined): string {
  return `${metric}{class="${id}"${matchers === undefined ? '' : `,${matchers}`}}`;
}

function describeAlert([key, alert]: readonly [string, Alert]): string {
  const { name, severity, summary, rationale, runbook, clauses, supersedes, meansDown, criticality } = alert;
  const notes = [
    meansDown === true ? 'While it fires, alerts of what runs on the item are held back.' : '',
    supersedes === undefined ? '' : `While it fires, \`${supersedes}\` of the same item is held back.`,
    criticality === undefined ? '' : `Only for items of criticality ${criticality.join(', ')}.`,
  ];
  return page([
    `#### ${name}`,
    [
      `- Key \`${key}\`; severity ${severity}; \`${alert.signal}\` ${conditionOf(alert)} for ${alert.for}`,
      `- ${summary.en}`,
      `- ${summary.zh}`,
      `- Why: ${[rationale, ...notes].filter((text) => text !== '').join(' ')}`,
      `- Runbook: [\`${runbook}\`](../../runbooks/catalogue/${runbook}.md); clauses: ${clauses.join(', ')}`,
    ].join('\n'),
  ]);
}

function conditionOf({ when }: Alert): string {
  if ('above' in when) return `above ${when.above}`;
  return 'below' in when ? `below ${when.below}` : `equals ${when.equals}`;
}

function describeDashboard({ title, rows }: (typeof standardDashboards)[number]): string {
  const lines = rows.map((row) => `- ${row.title.en} / ${row.title.zh}: ${row.signals.map(code).join(', ')}`);
  return page([`${title.en} / ${title.zh}`, lines.join('\n')]);
}
