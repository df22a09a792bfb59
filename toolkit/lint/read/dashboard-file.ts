import { pointerTo } from '../../diagnostics/index.ts';
import type { YamlMapping, YamlValue } from '../../languages/yaml/index.ts';
import type { DashboardFile, LintDocument, Panel, Target, Variable } from '../lint-input.ts';
import { isMapping, listOf, mappingsIn, textOf } from './fields.ts';

/** Reads a dashboard of Grafana. `pointer`: where it is, as exports and the API wrap it. */
export function readDashboardFile(document: LintDocument, pointer: string, value: YamlMapping): DashboardFile {
  const variables = variablesOf(document, pointer, value);
  return {
    document,
    pointer,
    value,
    title: textOf(value.title),
    uid: textOf(value.uid),
    panels: panelsOf({ document, kinds: datasourceKinds(variables) }, pointer, value, null),
    variables,
  };
}

interface Reading {
  readonly document: LintDocument;
  /** What the variables for data sources choose among, by their names. */
  readonly kinds: ReadonlyMap<string, string>;
}

function datasourceKinds(variables: readonly Variable[]): Reading['kinds'] {
  const sources = variables.filter(({ type }) => type === 'datasource');
  return new Map(sources.map(({ name, value }) => [name, textOf(value.query)]));
}

/** Panels inside collapsed rows, and those of the rows of old dashboards, are panels as well. */
function panelsOf(
  reading: Reading,
  pointer: string,
  holder: YamlMapping,
  datasource: YamlValue | undefined,
): readonly Panel[] {
  const own = mappingsIn(holder.panels).flatMap(([index, panel]) => {
    const at = `${pointer}/panels/${index}`;
    const source = panel.datasource ?? datasource;
    return [readPanel(reading, at, panel, source), ...panelsOf(reading, at, panel, source)];
  });
  const rows = mappingsIn(holder.rows).flatMap(([index, row]) =>
    panelsOf(reading, `${pointer}/rows/${index}`, row, datasource),
  );
  return [...own, ...rows];
}

function readPanel(reading: Reading, pointer: string, value: YamlMapping, datasource: YamlValue | undefined): Panel {
  return {
    document: reading.document,
    pointer,
    value,
    id: typeof value.id === 'number' ? value.id : null,
    type: textOf(value.type),
    title: textOf(value.title),
    targets: mappingsIn(value.targets).map(([index, target]) =>
      readTarget(reading, `${pointer}/targets/${index}`, target, datasource),
    ),
  };
}

function readTarget(
  { document, kinds }: Reading,
  pointer: string,
  value: YamlMapping,
  datasource: YamlValue | undefined,
): Target {
  const expression = textOf(value.expr);
  return {
    document,
    pointer,
    value,
    expression,
    isPromql: isPromql(value.datasource ?? datasource, expression, kinds),
  };
}

const otherLanguages =
  /loki|elastic|influx|sql|tempo|jaeger|cloudwatch|graphite|azure|stackdriver|zabbix|testdata|clickhouse|pyroscope|parca/i;

/** By the kind of its data source, or by its name; `{...} |=` and the like are Loki's whatever the name. */
function isPromql(datasource: YamlValue | undefined, expression: string, kinds: Reading['kinds']): boolean {
  if (expression.trim() === '') return false;
  const uid = isMapping(datasource) ? textOf(datasource.uid) : textOf(datasource);
  const kind = kinds.get(uid.replaceAll(/[${}[\]]/g, '')) ?? '';
  const said = `${isMapping(datasource) ? textOf(datasource.type) : ''} ${kind === '' ? uid : kind}`;
  if (/prometheus|mimir|thanos|cortex|victoria/i.test(said)) return true;
  return !otherLanguages.test(said) && !/\|[=~]|\||!>/.test(expression.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""'));
}

function variablesOf(document: LintDocument, pointer: string, value: YamlMapping): readonly Variable[] {
  const templating = value.templating;
  const list = isMapping(templating) ? listOf(templating.list) : [];
  return list.flatMap((variable, index) => {
    if (!isMapping(variable)) return [];
    const at = pointerTo(`${pointer}/templating/list`, String(index));
    return [{ document, pointer: at, value: variable, name: textOf(variable.name), type: textOf(variable.type) }];
  });
}
