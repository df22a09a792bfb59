import { Failure } from '../diagnostics/index.ts';
import {
  type AlertingRule,
  expandRecorded,
  type Labels,
  labelKey,
  type RecordedRule,
  readGroup,
  recordedNames,
} from '../history/index.ts';
import { parseExpression, printExpression } from '../languages/promql/index.ts';
import { type ActiveAlert, type Alerting, addressFields, isJsonObject, type JsonObject } from '../model/index.ts';
import type { PlannedChange } from '../plan/index.ts';
import { specsOf } from '../plan/specs-of-change.ts';
import { isConstant, recordedDefinition } from './backtest-rules.ts';
import { changedExternalLabels, changedTargets } from './refire-labels.ts';

/** What a plan does to one active alert. */
export interface Fate {
  /**
   * `ends`: nothing looks at it any more. `fires-again`: Prometheus forgets it, and begins anew with what still holds.
   * `clears`: the changed condition does not hold. `unknown`: whether it does could not be asked.
   */
  readonly effect: 'ends' | 'fires-again' | 'clears' | 'unknown';
  /** Why, as half a sentence. */
  readonly because: string;
  /** How long it has to hold before it fires again; null where it does not. */
  readonly forMs: number | null;
}

/** Rules first: what they do to an alert hides what its labels would. Null: it goes on as it is. */
export function fateTeller(
  changes: readonly PlannedChange[],
  alerting: Alerting,
): (alert: ActiveAlert) => Promise<Fate | null> {
  const specs = (type: string) =>
    changes
      .filter(({ address }) => addressFields(address).type === type)
      .map((planned): ChangedFile => {
        const [before, after] = specsOf(planned);
        return { before, after };
      });
  const files = specs('prometheus-rules');
  const world = worldOf(files);
  const labelsOfTargets = changedTargets(specs('prometheus-targets'));
  const external = changedExternalLabels(specs('prometheus-config'));
  const answers = new Map<string, Promise<readonly Labels[] | null>>();
  return async (alert) => {
    const file = files.find(({ before }) => fileOf(before) === alert.file);
    const byRule = file === undefined ? null : await fateByRule(alert, file, world, { alerting, answers });
    if (byRule !== null) return byRule;
    const waits = forOf(alert, world, file);
    const byTarget = labelsOfTargets(alert.labels);
    if (byTarget === 'gone') return { effect: 'ends', because: 'its item is no longer scraped', forMs: null };
    if (byTarget !== null)
      return { effect: 'fires-again', because: `the labels of its item change (${byTarget})`, forMs: waits };
    if (external === null || alert.state === 'pending') return null;
    return { effect: 'fires-again', because: `the external labels of its Prometheus change (${external})`, forMs: 0 };
  };
}

interface ChangedFile {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

interface World {
  /** Rules of the changed files, as they will be. */
  readonly alerts: readonly AlertingRule[];
  readonly recorded: readonly RecordedRule[];
  readonly recordedBefore: readonly RecordedRule[];
}

function worldOf(files: readonly ChangedFile[]): World {
  const [before, after] = [files.map((file) => readGroup(file.before)), files.map((file) => readGroup(file.after))];
  return {
    alerts: after.flatMap(({ alerts }) => alerts),
    recorded: after.flatMap(({ recorded }) => recorded),
    recordedBefore: before.flatMap(({ recorded }) => recorded),
  };
}

/** The name that the provider gives the file of a rule group. */
function fileOf(spec: JsonObject): string {
  return typeof spec.file === 'string' ? spec.file : groupOf(spec);
}

function groupOf({ group }: JsonObject): string {
  return group !== undefined && isJsonObject(group) ? String(group.name) : '';
}

/** Null where the rule is not read from what changes: then it waits as long as it says on the server, which is not known. */
function forOf(alert: ActiveAlert, world: World, file: ChangedFile | undefined): number | null {
  const [same] = [...(file === undefined ? [] : readGroup(file.after).alerts), ...world.alerts].filter(
    ({ name }) => name === alert.labels.alertname,
  );
  return same?.forMs ?? null;
}

interface Asking {
  readonly alerting: Alerting;
  /** By expression: several alerts of one rule ask once. */
  readonly answers: Map<string, Promise<readonly Labels[] | null>>;
}

async function fateByRule(alert: ActiveAlert, file: ChangedFile, world: World, asking: Asking): Promise<Fate | null> {
  const isSameGroup = fileOf(file.after) === alert.file && groupOf(file.after) === alert.group;
  const twins = isSameGroup
    ? readGroup(file.after).alerts.filter(
        ({ name, labels }) => name === alert.labels.alertname && labelKey(labels) === labelKey(alert.rule.labels),
      )
    : [];
  const kept = twins[alert.rule.occurrence];
  return kept === undefined ? fateOfForgotten(alert, file, world) : await fateByCondition(alert, kept, world, asking);
}

/** The state is gone with the rule; another rule of the same name begins anew. */
function fateOfForgotten(alert: ActiveAlert, file: ChangedFile, world: World): Fate {
  const heirs = world.alerts.filter(({ name }) => name === alert.labels.alertname);
  const inPlace = readGroup(file.after).alerts.filter((rule) => heirs.some(({ name }) => name === rule.name));
  const heir = inPlace[0] ?? heirs[0];
  if (heir === undefined) return { effect: 'ends', because: 'its rule is removed', forMs: null };
  const labels = describeLabels(alert.rule.labels, heir.labels);
  const moves =
    heir.group === alert.group
      ? 'its rule moves to another file'
      : `its rule moves from the group ${alert.group} to ${heir.group}`;
  const because = labels === '' ? moves : `the labels of its rule change (${labels})`;
  return { effect: 'fires-again', because, forMs: heir.forMs };
}

async function fateByCondition(
  alert: ActiveAlert,
  rule: AlertingRule,
  world: World,
  asking: Asking,
): Promise<Fate | null> {
  const { recorded, recordedBefore } = world;
  const isOther = (name: string) => recordedDefinition(name, recorded) !== recordedDefinition(name, recordedBefore);
  const isSame =
    isSameExpression(alert.rule.expression, rule) && !recordedNames(rule.expression, recorded).some(isOther);
  if (isSame) return null;
  const own = await holdingBy(rule, world, asking);
  if (own === null) return { effect: 'unknown', because: 'its condition changes', forMs: null };
  if (own.some((labels) => labelKey(labels) === labelKey(alert.labels))) return null;
  // A tuned item leaves the common rule, and may have one of its own name and other labels.
  for (const heir of [rule, ...world.alerts.filter(({ name }) => name === rule.name)]) {
    const holding = (await holdingBy(heir, world, asking)) ?? [];
    const other = holding.find(({ item }) => item !== undefined && item === alert.labels.item);
    if (other === undefined) continue;
    const labels = describeLabels(alert.labels, other);
    return { effect: 'fires-again', because: `its labels change (${labels})`, forMs: heir.forMs };
  }
  return { effect: 'clears', because: 'its changed condition does not hold', forMs: null };
}

/** Labels of the alerts that a rule would give now. Thresholds of tuned items are series that the server has only later. */
async function holdingBy(
  rule: AlertingRule,
  { recorded, recordedBefore }: World,
  { alerting, answers }: Asking,
): Promise<readonly Labels[] | null> {
  const isAsked = (name: string) =>
    isConstant(name, recorded) || recordedDefinition(name, recorded) !== recordedDefinition(name, recordedBefore);
  const { expression } = expandRecorded(rule.expression, recorded, isAsked, rule.intervalMs);
  const text = printExpression(expression);
  const answer = answers.get(text) ?? ask(alerting, text);
  answers.set(text, answer);
  const holding = await answer;
  return holding?.map(({ __name__: _, ...labels }) => ({ ...labels, ...rule.labels, alertname: rule.name })) ?? null;
}

/** A condition that the server refuses to look at is nothing to keep a plan from being made for. */
async function ask(alerting: Alerting, expression: string): Promise<readonly Labels[] | null> {
  try {
    return await alerting.holds(expression);
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    return null;
  }
}

function isSameExpression(running: string, { expression }: AlertingRule): boolean {
  const parsed = parseExpression(running);
  return parsed.kind === 'parsed' && printExpression(parsed.expression) === printExpression(expression);
}

/** `severity warning -> critical, team ops -> none` */
function describeLabels(before: Labels, after: Labels): string {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name} ${before[name] ?? 'none'} -> ${after[name] ?? 'none'}`)
    .join(', ');
}
