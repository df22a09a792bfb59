import type { SourceSpan } from '../../diagnostics/index.ts';
import { parseAlertmanager } from '../../languages/alert-routing/index.ts';
import type { YamlMapping } from '../../languages/yaml/index.ts';
import { makePartAddress } from '../../model/address.ts';
import type { Resource, ResourcePart } from '../../model/index.ts';
import { emptyInput, type LintDocument, type LintInput } from '../lint-input.ts';
import { readDashboardFile } from './dashboard-file.ts';
import { isMapping } from './fields.ts';
import { readItem, readTargets } from './inventory-file.ts';
import { readPrometheusFile } from './prometheus-file.ts';
import { together } from './recognise.ts';
import { readRuleFile } from './rule-file.ts';

/** What a stack compiles to, as what its real systems would load. Findings stand where the content declares it. */
export function readResources(resources: readonly Resource[]): LintInput {
  return together(resources.map((resource) => ({ input: readResource(resource), diagnostics: [] }))).input;
}

function readResource(resource: Resource): LintInput {
  const document = compiledDocument(resource);
  const spec = resource.spec as YamlMapping;
  const { group, groups, config, dashboard, record } = spec;
  switch (resource.type) {
    case 'prometheus-rules': {
      const file = readRuleFile(document, '', { groups: isMapping(group) ? [group] : [] });
      return { ...emptyInput, ruleFiles: [file] };
    }
    case 'prometheus-config':
      return isMapping(config)
        ? { ...emptyInput, prometheuses: [readPrometheusFile(document, '/config', config)] }
        : emptyInput;
    case 'alertmanager-config':
      return isMapping(config)
        ? {
            ...emptyInput,
            alertmanagers: [{ document, pointer: '/config', value: config, ...parseAlertmanager(config) }],
          }
        : emptyInput;
    case 'prometheus-targets':
      return { ...emptyInput, targets: readTargets(document, '/groups', Array.isArray(groups) ? groups : []) };
    case 'cmdb-record': {
      const item = isMapping(record) ? readItem(document, '/record', record) : null;
      return item === null ? emptyInput : { ...emptyInput, items: [item] };
    }
    case 'alertmanager-silence':
      return { ...emptyInput, silences: [{ document, pointer: '', value: [apiForm(spec)] }] };
    case 'grafana-dashboard':
      return isMapping(dashboard)
        ? { ...emptyInput, dashboards: [readDashboardFile(document, '/dashboard', dashboard)] }
        : emptyInput;
    default:
      return emptyInput;
  }
}

/** As the API of Alertmanager lists it. */
function apiForm({ matchers, startsAt, endsAt, owner, reason }: YamlMapping): YamlMapping {
  return {
    matchers: matchers ?? [],
    ...(startsAt === undefined ? {} : { startsAt }),
    endsAt: endsAt ?? '',
    createdBy: owner ?? '',
    comment: reason ?? '',
  };
}

/** The spec has one group, which a rule file has a list for. */
function specPointer(pointer: string): string {
  return pointer.replace(/^\/groups\/0/, '/group');
}

function compiledDocument(resource: Resource): LintDocument {
  const partOf = (pointer: string) => closestPart(resource, specPointer(pointer));
  const positionOf = (pointer: string): SourceSpan =>
    partOf(pointer)?.derivation.findLast(({ source }) => source !== undefined)?.source ?? resource.source;
  return {
    file: resource.source.file,
    positionOf,
    keyPositionOf: positionOf,
    writtenAt: () => null,
    spanAt: () => resource.source,
    subjectOf(pointer) {
      const part = partOf(pointer);
      return part === null ? resource.address : makePartAddress(resource.address, part.name);
    },
  };
}

function closestPart({ parts }: Resource, pointer: string): ResourcePart | null {
  let closest: ResourcePart | null = null;
  for (const part of parts) {
    const holds = pointer === part.pointer || pointer.startsWith(`${part.pointer}/`);
    if (holds && part.pointer.length > (closest?.pointer.length ?? -1)) closest = part;
  }
  return closest;
}
