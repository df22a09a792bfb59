import {
  disabledPart,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  readAlertOverride,
  readDisabledAlert,
  readExpectedTarget,
} from '../model/index.ts';

/** What an element of a list is known by, wherever in its list it stands. */
export interface ElementIdentity {
  /** `alert:HostDown`: an alert and a recorded series of the same name are two elements. */
  readonly key: string;
  /** Tells elements of one key apart: the variants of one alert. */
  readonly detail: string;
  /** As people call it: `HostDown`. */
  readonly title: string;
}

/** Null for what has no name: a text, a number, a step of relabelling. */
export function identityOf(element: JsonValue): ElementIdentity | null {
  if (!isJsonObject(element)) return null;
  return (
    overrideIdentity(element) ??
    disabledIdentity(element) ??
    expectedIdentity(element) ??
    alertIdentity(element) ??
    panelIdentity(element) ??
    namedIdentity(element) ??
    relationIdentity(element) ??
    targetGroupIdentity(element) ??
    routeIdentity(element) ??
    inhibitionIdentity(element)
  );
}

/** The threshold of one tuned item, or that one is waived: all of them are recorded under one name. */
function overrideIdentity(element: JsonObject): ElementIdentity | null {
  const override = readAlertOverride(element);
  return override === null ? null : plain('override', `override:${override.alert}:${override.item}`);
}

/** One for each alert that is off. */
function disabledIdentity(element: JsonObject): ElementIdentity | null {
  const disabled = readDisabledAlert(element);
  return disabled === null ? null : plain('disabled', disabledPart(disabled.alert));
}

/** All of them are recorded under one name, too. */
function expectedIdentity(element: JsonObject): ElementIdentity | null {
  const expected = readExpectedTarget(element);
  return expected === null ? null : plain('expected', `expected:${expected.item}:${expected.job}`);
}

function alertIdentity({ alert, labels }: JsonObject): ElementIdentity | null {
  if (typeof alert !== 'string') return null;
  const { variant = '', severity = '' } = isJsonObject(labels ?? null) ? (labels as JsonObject) : {};
  const title = variant === '' ? alert : `${alert}:${variant}`;
  return { key: `alert:${alert}`, detail: `${variant} ${severity}`, title };
}

/** A panel has a number that nobody knows it by. */
function panelIdentity({ id, title }: JsonObject): ElementIdentity | null {
  return typeof id === 'number' && typeof title === 'string' && title !== ''
    ? { key: `id:${id}`, detail: '', title }
    : null;
}

/** What elements of lists are called in the formats we write: groups, rules, scrape jobs, data sources. */
const nameKeys = ['name', 'record', 'job_name', 'id', 'uid'];

function namedIdentity(element: JsonObject): ElementIdentity | null {
  for (const key of nameKeys) {
    const value = Object.hasOwn(element, key) ? element[key] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return plain(key, String(value));
  }
  return null;
}

/** A relation of an item to another: `runs mes-web-1`. */
function relationIdentity({ type, item }: JsonObject): ElementIdentity | null {
  return typeof type === 'string' && typeof item === 'string' ? plain('relation', `${type} ${item}`) : null;
}

function targetGroupIdentity({ targets, labels }: JsonObject): ElementIdentity | null {
  if (!Array.isArray(targets) || !isJsonObject(labels ?? null)) return null;
  const { item } = labels as JsonObject;
  return typeof item === 'string' ? plain('item', item) : null;
}

/** Whom a route tells can change; which alerts it takes is what it is. */
function routeIdentity({ receiver, matchers }: JsonObject): ElementIdentity | null {
  const taken = textsOf(matchers);
  return typeof receiver === 'string' && taken !== null ? plain('matchers', taken) : null;
}

function inhibitionIdentity({ source_matchers: source, target_matchers: target }: JsonObject): ElementIdentity | null {
  const from = textsOf(source);
  return from === null ? null : { key: `source:${from}`, detail: textsOf(target) ?? '', title: from };
}

function textsOf(list: JsonValue | undefined): string | null {
  const isTexts = Array.isArray(list) && list.length > 0 && list.every((text) => typeof text === 'string');
  return isTexts ? list.join(', ') : null;
}

function plain(kind: string, name: string): ElementIdentity {
  return { key: `${kind}:${name}`, detail: '', title: name };
}
