import type { Diagnostic } from '../../diagnostics/index.ts';
import {
  type Address,
  type AppliedResource,
  type Digest,
  digestOfText,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  mayNameSecrets,
  nameNoSecrets,
  parseAddress,
  type TargetIdentity,
} from '../../model/index.ts';
import type { Intent } from '../journal/journal-entry.ts';
import { checkAppliedResource } from './applied-resource.ts';
import { headerSum, stateMark } from './print-state.ts';
import type { PendingChange, StackRecord } from './stack-record.ts';
import type { StackKey } from './state-backend.ts';
import { stateDiagnostics } from './state-diagnostics.ts';

export type ParsedState =
  | { readonly ok: true; readonly record: StackRecord; readonly digest: Digest }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[]; readonly salvage: Salvage | null };

/** What is left of a state whose bytes are as written but whose records are not all possible: what repair works on. */
export interface Salvage {
  readonly record: StackRecord;
  /** What had to be left out, one sentence each. */
  readonly dropped: readonly string[];
}

/** Reads a state file. Believes nothing: a state is whole, or every reason why it is not is told. */
export function parseState(content: Uint8Array, key: StackKey, location: string): ParsedState {
  const place = { ...key, location };
  const refused = (diagnostic: Diagnostic): ParsedState => ({ ok: false, diagnostics: [diagnostic], salvage: null });
  if (content.length === 0) return refused(stateDiagnostics.create('empty', place));

  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const headerEnd = bytes.indexOf(0x0a) + 1;
  const firstLine = bytes.toString('utf8', 0, headerEnd > 0 ? headerEnd : Math.min(bytes.length, 200));
  const version = /^\d+/.exec(firstLine.slice(stateMark.length))?.[0];
  if (!firstLine.startsWith(stateMark) || version === undefined) {
    const isPrefix = stateMark.startsWith(firstLine) || (headerEnd === 0 && firstLine.startsWith(stateMark));
    return refused(stateDiagnostics.create(isPrefix ? 'truncated' : 'not-a-state', place));
  }
  if (version !== '1') return refused(stateDiagnostics.create('foreign-version', { ...place, version }));
  if (headerEnd === 0) return refused(stateDiagnostics.create('truncated', place));

  const header = headerPattern.exec(firstLine);
  if (header === null || headerSum(header[1] ?? '') !== header[5])
    return refused(stateDiagnostics.create('corrupt', { ...place, reason: 'its first line has changed' }));
  const body = bytes.subarray(headerEnd);
  const digest = digestOfText(body);
  if (digest !== header[4]) {
    if (!body.includes(bodyEnd)) return refused(stateDiagnostics.create('truncated', place));
    const isWhole = body.subarray(-bodyEnd.length).equals(bodyEnd);
    const reason = isWhole ? 'its checksum is that of another content' : 'something stands behind its end';
    return refused(stateDiagnostics.create('corrupt', { ...place, reason }));
  }
  const document = parseDocument(body);
  if (document === null)
    return refused(stateDiagnostics.create('corrupt', { ...place, reason: 'what follows its first line is no JSON' }));
  if (document.environment !== key.environment || document.stack !== key.stack) {
    const found = `stack ${document.stack} in ${document.environment}`;
    return refused(stateDiagnostics.create('other-stack', { ...place, found }));
  }
  const parsed = readDocument(document, {
    key,
    location,
    digest,
    journalSeq: Number(header[2]),
    fence: Number(header[3]),
  });
  if (parsed.ok && !mayNameSecrets(body)) nameNoSecrets(parsed.record.resources.values().map(({ spec }) => spec));
  return parsed;
}

function parseDocument(body: Buffer): StateDocument | null {
  try {
    return JSON.parse(`{${body.toString('utf8')}`) as StateDocument;
  } catch {
    return null;
  }
}

/** No text of JSON has a line break in it, so it stands there and nowhere else. */
const bodyEnd = Buffer.from('\n]}\n');

const headerPattern =
  /^(\{"format":"opsctl-state","version":1,"journalSeq":(\d{1,15}),"fence":(\d{1,15}),"body":"(sha256:[0-9a-f]{64})"),"sum":"([0-9a-f]{8})",\n$/;

// As `printState` wrote it: the digest has been checked. What is checked further is what a faulty writer could get wrong.
interface StateDocument {
  readonly environment: string;
  readonly stack: string;
  readonly lineage: string;
  readonly serial: number;
  readonly salt: string;
  readonly identities: Readonly<Record<string, TargetIdentity>>;
  readonly pending: Readonly<Record<string, readonly PendingChange[]>>;
  readonly uncertain: readonly Intent[];
  readonly unhealthy?: Readonly<Record<Address, readonly string[]>>;
  readonly awaited?: Readonly<Record<Address, string>>;
  readonly policies?: Readonly<Record<string, string>>;
  readonly resources: readonly JsonValue[];
}

interface DocumentContext {
  readonly key: StackKey;
  readonly location: string;
  readonly digest: Digest;
  readonly journalSeq: number;
  readonly fence: number;
}

function readDocument(document: StateDocument, context: DocumentContext): ParsedState {
  const { key, location, digest, journalSeq, fence } = context;
  const place = { ...key, location };
  if (!isDocument(document, key.stack))
    return {
      ok: false,
      diagnostics: [stateDiagnostics.create('corrupt', { ...place, reason: 'it lacks fields that every state has' })],
      salvage: null,
    };

  const diagnostics: Diagnostic[] = [];
  const dropped: string[] = [];
  const resources = new Map<Address, AppliedResource>();
  for (const value of document.resources) {
    const checked = checkAppliedResource(value, key.stack);
    if (!checked.ok) {
      const { address, problem } = checked;
      diagnostics.push(stateDiagnostics.create('bad-resource', { ...place, address, problem }, { subject: address }));
      dropped.push(`Left out the record of ${address}: it has ${problem}.`);
      continue;
    }
    const { address } = checked.resource;
    if (resources.has(address)) {
      diagnostics.push(stateDiagnostics.create('duplicate-address', { ...place, address }, { subject: address }));
      dropped.push(`Left out a second record of ${address}.`);
      continue;
    }
    resources.set(address, checked.resource);
  }
  for (const { address, dependency } of danglingDependencies(resources)) {
    diagnostics.push(
      stateDiagnostics.create('bad-dependency', { ...place, address, dependency }, { subject: address }),
    );
    dropped.push(`Left out the dependency of ${address} on ${dependency}, which is not there.`);
  }
  const record: StackRecord = {
    key,
    lineage: document.lineage,
    salt: document.salt,
    serial: document.serial,
    resources,
    pending: readPending(document.pending),
    uncertain: new Map(document.uncertain.map((intent) => [intent.address, intent])),
    identities: new Map(Object.entries(document.identities)),
    unhealthy: new Map(Object.entries(document.unhealthy ?? {}) as [Address, readonly string[]][]),
    awaited: new Map(Object.entries(document.awaited ?? {}) as [Address, string][]),
    policies: document.policies ?? null,
    journalSeq,
    fence,
  };
  if (diagnostics.length > 0) return { ok: false, diagnostics, salvage: { record, dropped } };
  return { ok: true, record, digest };
}

function isDocument(document: StateDocument, stack: string): boolean {
  const { lineage, salt, serial, identities, pending, uncertain, unhealthy, awaited, policies, resources } =
    document as unknown as JsonObject;
  return (
    typeof lineage === 'string' &&
    typeof salt === 'string' &&
    Number.isSafeInteger(serial) &&
    isJsonObject(identities) &&
    Array.isArray(resources) &&
    (unhealthy === undefined || (isJsonObject(unhealthy) && Object.values(unhealthy).every(isTextList))) &&
    (awaited === undefined || (isJsonObject(awaited) && isTextList(Object.values(awaited)))) &&
    (policies === undefined || (isJsonObject(policies) && isTextList(Object.values(policies)))) &&
    isJsonObject(pending) &&
    Object.values(pending).every((changes) => isPendingList(changes, stack)) &&
    Array.isArray(uncertain) &&
    uncertain.every((intent) => isIntent(intent, stack))
  );
}

function isTextList(value: JsonValue): boolean {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isPendingList(value: JsonValue, stack: string): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (change) => isJsonObject(change) && isIntent(change['intent'], stack) && isRecordOrNull(change['former'], stack),
    )
  );
}

function isIntent(value: JsonValue | undefined, stack: string): boolean {
  if (!isJsonObject(value)) return false;
  const { address, action, type, target, intended, before } = value;
  return (
    typeof address === 'string' &&
    parseAddress(address) !== null &&
    address.startsWith(`${stack}/`) &&
    [action, type, target].every((field) => typeof field === 'string') &&
    isRecordOrNull(intended, stack) &&
    isJsonObject(before) &&
    typeof before['state'] === 'string'
  );
}

function isRecordOrNull(value: JsonValue | undefined, stack: string): boolean {
  return value === null || (value !== undefined && checkAppliedResource(value, stack).ok);
}

function readPending(pending: StateDocument['pending']): StackRecord['pending'] {
  return new Map(
    Object.entries(pending).map(([target, changes]) => [
      target,
      new Map(changes.map((change) => [change.intent.address, change])),
    ]),
  );
}

function* danglingDependencies(resources: ReadonlyMap<Address, AppliedResource>) {
  for (const { address, dependsOn } of resources.values()) {
    const stack = address.slice(0, address.indexOf('/') + 1);
    for (const dependency of dependsOn) {
      if (dependency.startsWith(stack) && !resources.has(dependency)) yield { address, dependency };
    }
  }
}
