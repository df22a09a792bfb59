import { type Diagnostic, nearestName, type SourceSpan } from '../diagnostics/index.ts';
import {
  type Alert,
  alertSeverities,
  type Catalogue,
  criticalities,
  type OrganisationDeclaration,
  type Stack,
} from '../model/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';

/**
 * Content runs with its types stripped, and not everybody has an editor that shows them. A misspelt key that nothing
 * reads would silently widen a waiver or drop a threshold, so every statement is held to the keys that it may have.
 */
export function checkKnownFields(
  organisation: OrganisationDeclaration,
  stacks: readonly Stack[],
): readonly Diagnostic[] {
  return [
    ...checkOrganisationFields(organisation),
    ...checkAlertFields(organisation),
    ...stacks.flatMap(checkStackFields),
  ];
}

const criteriaFields = ['id', 'class', 'site', 'owner', 'tenant', 'criticality'];
const tuningFields = ['threshold', 'for', 'severity', 'reason'];
const termFields = ['reason', 'approver', 'until'];
const conditionFields = ['above', 'below', 'equals'];
const teamFields = ['id', 'title', 'tier', 'site', 'channels', 'hours'];
const channelFields: Readonly<Record<string, readonly string[]>> = {
  webhook: ['kind', 'url', 'severities'],
  email: ['kind', 'to', 'from', 'smarthost', 'requireTls', 'username', 'password', 'severities'],
  wecom: ['kind', 'corporationId', 'agentId', 'apiSecret', 'toParty', 'toUser', 'severities'],
};
const alertFields = [
  'kind',
  'id',
  'class',
  'source',
  'name',
  'signal',
  'when',
  'for',
  'severity',
  'summary',
  'runbook',
  'criticality',
  'meansDown',
  'supersedes',
  'rationale',
  'clauses',
];

function checkOrganisationFields({ teams, tiers, source }: OrganisationDeclaration): readonly Diagnostic[] {
  return [
    ...tiers.flatMap((tier) =>
      unknownFields(`The tier ${tier.id}`, tier, ['id', 'title', 'escalateAfter', 'escalateWarningsAfter'], source),
    ),
    ...teams.flatMap((team) => [
      ...unknownFields(`The team ${team.id}`, team, teamFields, source),
      ...team.channels.flatMap((channel) => [
        ...notOneOf(`A channel of ${team.id}`, 'kind', channel.kind, Object.keys(channelFields), source),
        ...unknownFields(
          `A channel of ${team.id}`,
          channel,
          channelFields[channel.kind] ?? Object.keys(channel),
          source,
        ),
        ...(channel.severities ?? []).flatMap((severity) =>
          notOneOf(`A channel of ${team.id}`, 'severity', severity, alertSeverities, source),
        ),
      ]),
    ]),
  ];
}

function checkAlertFields({ catalogue }: OrganisationDeclaration): readonly Diagnostic[] {
  const alerts = catalogue.alerts.flatMap((pack) => Object.values(pack.alerts));
  return alerts.flatMap((alert) => {
    const subject = `The alert ${alert.id}`;
    const conditions = Object.keys(alert.when ?? {});
    return [
      ...unknownFields(subject, alert, alertFields, alert.source),
      ...unknownFields(`The condition of ${alert.id}`, alert.when ?? {}, conditionFields, alert.source),
      ...(conditions.length === 1 && Object.values(alert.when).every(Number.isFinite)
        ? []
        : [conditionMissing(alert.id, alert.source)]),
      ...notOneOf(subject, 'severity', alert.severity, alertSeverities, alert.source),
      ...placeholdersOf(alert).flatMap((name) =>
        notOneOf(
          `A summary of ${alert.id}`,
          'placeholder',
          name,
          [...placeholders, ...partLabelsOf(catalogue, alert)],
          alert.source,
        ),
      ),
      ...(alert.criticality ?? []).flatMap((criticality) =>
        notOneOf(subject, 'criticality', criticality, criticalities, alert.source),
      ),
    ];
  });
}

function checkStackFields(stack: Stack): readonly Diagnostic[] {
  const selections = [...stack.operations, ...stack.tunings, ...stack.waivers];
  return [
    ...selections.flatMap(({ selection, source }) =>
      unknownFields('A selection of items', selection.criteria, criteriaFields, source),
    ),
    ...stack.tunings.flatMap(({ alert, change, source }) => [
      ...unknownFields(`A tuning of ${alert.id}`, change, tuningFields, source),
      ...(change.threshold === undefined || Number.isFinite(change.threshold)
        ? []
        : [
            compileDiagnostics.create(
              'threshold-invalid',
              { alert: alert.id, value: String(change.threshold) },
              { position: source },
            ),
          ]),
      ...(change.severity === undefined
        ? []
        : notOneOf(`A tuning of ${alert.id}`, 'severity', change.severity, alertSeverities, source)),
    ]),
    ...stack.waivers.flatMap(({ waived, terms, source }) =>
      unknownFields(`A waiver of ${waived.id}`, terms, termFields, source),
    ),
    ...stack.mutes.flatMap(({ pattern, terms, source }) =>
      unknownFields(`The mute of ${pattern}`, terms, termFields, source),
    ),
  ];
}

const placeholders = ['value', 'item', 'class', 'tier', 'site', 'tenant', 'team', 'criticality'];

function placeholdersOf({ summary }: Alert): readonly string[] {
  return [...`${summary.en} ${summary.zh}`.matchAll(/\{([a-z_]+)\}/gi)].map(([, name = '']) => name);
}

function partLabelsOf({ classes }: Catalogue, alert: Alert): readonly string[] {
  return classes.find(({ id }) => id === alert.class)?.signals[alert.signal]?.partLabels ?? [];
}

function unknownFields(
  subject: string,
  value: object,
  known: readonly string[],
  position: SourceSpan,
): readonly Diagnostic[] {
  return Object.keys(value)
    .filter((field) => !known.includes(field))
    .map((field) =>
      compileDiagnostics.create(
        'unknown-field',
        { subject, field, nearest: nearestName(field, known) ?? null },
        { position, found: field, expected: known.join(' | ') },
      ),
    );
}

function notOneOf(
  subject: string,
  field: string,
  value: unknown,
  known: readonly string[],
  position: SourceSpan,
): readonly Diagnostic[] {
  if (known.includes(String(value))) return [];
  return [
    compileDiagnostics.create(
      'unknown-reference',
      { subject, field, value: String(value), known },
      { position, found: String(value), expected: known.join(' | ') },
    ),
  ];
}

function conditionMissing(alert: string, position: SourceSpan): Diagnostic {
  return compileDiagnostics.create(
    'condition-missing',
    { alert },
    { position, subject: alert, expected: 'one of above, below, equals, with a number' },
  );
}
