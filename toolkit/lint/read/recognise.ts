import { type Diagnostic, pointerTo } from '../../diagnostics/index.ts';
import { type AlertmanagerRelease, parseAlertmanager } from '../../languages/alert-routing/index.ts';
import type { YamlMapping, YamlValue } from '../../languages/yaml/index.ts';
import { emptyInput, type LintDocument, type LintInput } from '../lint-input.ts';
import { readDashboardFile } from './dashboard-file.ts';
import { isMapping, listOf, mappingsIn, textOf } from './fields.ts';
import { readItem, readTargets } from './inventory-file.ts';
import { readPrometheusFile } from './prometheus-file.ts';
import { readRuleFile } from './rule-file.ts';

export interface Recognised {
  readonly input: LintInput;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text that lies inside another document, as those of a ConfigMap do. */
export type ReadEmbedded = (text: string, outer: LintDocument, pointer: string) => Recognised;

/** What a document is, told by what it holds and not by its name: an empty input where it is none of these. */
export function recognise(
  document: LintDocument,
  value: YamlValue | undefined,
  release: AlertmanagerRelease,
  readEmbedded: ReadEmbedded,
  pointer = '',
): Recognised {
  const again = (at: string, inner: YamlValue | undefined) => recognise(document, inner, release, readEmbedded, at);
  if (Array.isArray(value)) return recogniseList(document, pointer, value as readonly YamlValue[]);
  if (!isMapping(value)) return unknown;
  const found = recognisePlain(document, pointer, value, release);
  if (found !== null) return { input: found, diagnostics: [] };
  switch (textOf(value.kind)) {
    case 'PrometheusRule':
    case 'AlertingRule':
      return again(`${pointer}/spec`, value.spec);
    case 'ConfigMap':
      return fromConfigMap(document, pointer, value, readEmbedded);
    case 'ConfigMapList':
    case 'List':
      return together(mappingsIn(value.items).map(([index, item]) => again(`${pointer}/items/${index}`, item)));
    case 'Dashboard':
      return again(`${pointer}/spec`, value.spec);
    default:
      return together(
        wrappers.flatMap((name) => (isMapping(value[name]) ? [again(`${pointer}/${name}`, value[name])] : [])),
      );
  }
}

const unknown: Recognised = { input: emptyInput, diagnostics: [] };

/** Around a dashboard of the API; what mixins print; what the operator's Helm values and Mimir's tools wrap. */
const wrappers = [
  'dashboard',
  'prometheusAlerts',
  'prometheusRules',
  'grafanaDashboards',
  'serverFiles',
  'alerting_rules.yml',
];

function recognisePlain(
  document: LintDocument,
  pointer: string,
  value: YamlMapping,
  release: AlertmanagerRelease,
): LintInput | null {
  if (Array.isArray(value.groups) && looksLikeRules(value.groups)) {
    return { ...emptyInput, ruleFiles: [readRuleFile(document, pointer, value)] };
  }
  if (isMapping(value.route) && Array.isArray(value.receivers)) {
    const { config, findings } = parseAlertmanager(value, release);
    return { ...emptyInput, alertmanagers: [{ document, pointer, value, config, findings }] };
  }
  if (Array.isArray(value.scrape_configs) && (isMapping(value.global) || Array.isArray(value.rule_files))) {
    return { ...emptyInput, prometheuses: [readPrometheusFile(document, pointer, value)] };
  }
  if (looksLikeDashboard(value)) return { ...emptyInput, dashboards: [readDashboardFile(document, pointer, value)] };
  const item = readItem(document, pointer, value);
  if (item !== null) return { ...emptyInput, items: [item] };
  return null;
}

/** Other programs have groups too; those of Prometheus have rules with an expression. An empty list of them is ours. */
function looksLikeRules(groups: YamlValue): boolean {
  const rules = mappingsIn(groups).flatMap(([, group]) => listOf(group.rules));
  return rules.some((rule) => isMapping(rule) && ('expr' in rule || 'alert' in rule || 'record' in rule));
}

function looksLikeDashboard(value: YamlMapping): boolean {
  if (!Array.isArray(value.panels) && !Array.isArray(value.rows)) return false;
  return 'schemaVersion' in value || isMapping(value.templating) || isMapping(value.time);
}

/** Silences as the API lists them, or targets as `file_sd_configs` reads them. */
function recogniseList(document: LintDocument, pointer: string, value: readonly YamlValue[]): Recognised {
  const areTargets = value.length > 0 && value.every((entry) => isMapping(entry) && Array.isArray(entry.targets));
  if (areTargets) return { input: { ...emptyInput, targets: readTargets(document, pointer, value) }, diagnostics: [] };
  const isSilence = (entry: YamlValue) => isMapping(entry) && Array.isArray(entry.matchers) && 'endsAt' in entry;
  if (value.length === 0 || !value.every(isSilence)) return unknown;
  return { input: { ...emptyInput, silences: [{ document, pointer, value }] }, diagnostics: [] };
}

function fromConfigMap(
  document: LintDocument,
  pointer: string,
  value: YamlMapping,
  readEmbedded: ReadEmbedded,
): Recognised {
  const data = isMapping(value.data) ? Object.entries(value.data) : [];
  return together(
    data.flatMap(([name, text]) => {
      if (typeof text !== 'string' || !/\.(ya?ml|json|rules)$/.test(name)) return [];
      return [readEmbedded(text, document, pointerTo(`${pointer}/data`, name))];
    }),
  );
}

export function together(parts: readonly Recognised[]): Recognised {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const inputs = parts.map(({ input }) => input);
  return {
    input: {
      ruleFiles: inputs.flatMap(({ ruleFiles }) => ruleFiles),
      alertmanagers: inputs.flatMap(({ alertmanagers }) => alertmanagers),
      dashboards: inputs.flatMap(({ dashboards }) => dashboards),
      prometheuses: inputs.flatMap(({ prometheuses }) => prometheuses),
      silences: inputs.flatMap(({ silences }) => silences),
      targets: inputs.flatMap(({ targets }) => targets),
      items: inputs.flatMap(({ items }) => items),
      heard: inputs.flatMap(({ heard }) => heard),
    },
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
  };
}
