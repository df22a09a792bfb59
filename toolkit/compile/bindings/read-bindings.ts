import { posix } from 'node:path';
import { type Diagnostic, nearestName, pointerSteps, pointerTo, type SourceSpan } from '../../diagnostics/index.ts';
import { type CompiledSchema, compileSchema, describeValue } from '../../languages/json-schema/index.ts';
import { decodeText } from '../../languages/text-encoding/index.ts';
import { type ParsedYaml, parseYaml } from '../../languages/yaml/index.ts';
import {
  type EnvironmentBindings,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type TargetBinding,
} from '../../model/index.ts';
import { bindingsDiagnostics } from './bindings-diagnostics.ts';
import { bindingsSchema } from './bindings-schema.ts';
import { findPlainCredentials } from './find-plain-credentials.ts';
import { withSecretReferences } from './secret-references.ts';

export interface BindingsFile {
  readonly bytes: Uint8Array;
  /** Relative to the repository, such as `stacks/bindings/production.yaml`. */
  readonly file: string;
  readonly providers: readonly BindingsProvider[];
}

export interface BindingsProvider {
  readonly name: string;
  readonly bindingSchema: JsonObject;
}

export interface ReadBindings {
  /** Null when something is wrong. Relative directories are left as they are written. */
  readonly bindings: EnvironmentBindings | null;
  /** Where a stack, or a target of it, is bound. */
  positionOf(stack: string, target?: string): SourceSpan;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `stacks/bindings/<environment>.yaml` and holds each target's settings to the schema of its provider. */
export function readBindings({ bytes, file, providers }: BindingsFile): ReadBindings {
  const decoded = decodeText(bytes, file);
  if (decoded.kind === 'refused') return refused([decoded.diagnostic], { file, line: 1, column: 1 });
  const parsed = parseYaml(decoded.text, file);
  if (parsed.value === undefined || parsed.diagnostics.length > 0)
    return refused(parsed.diagnostics, parsed.positionOf(''));
  const value = parsed.value as JsonValue;
  if (!isJsonObject(value)) {
    const occurrence = { position: parsed.positionOf(''), found: describeValue(value) };
    return refused([bindingsDiagnostics.create('empty', {}, occurrence)], parsed.positionOf(''));
  }
  const credentials = findPlainCredentials(value).map((pointer) => reportCredential(parsed, pointer));
  // Nothing more is told about a file with a credential in it: other messages quote what they find.
  if (credentials.length > 0) return refused(credentials, parsed.positionOf(''));
  const shape = checkShape(parsed, value);
  if (shape.length > 0) return refused(shape, parsed.positionOf(''));
  return readTargets(parsed, value, file, providers);
}

function refused(diagnostics: readonly Diagnostic[], position: SourceSpan): ReadBindings {
  return { bindings: null, positionOf: () => position, diagnostics };
}

function reportCredential(parsed: ParsedYaml, pointer: string): Diagnostic {
  const { file, line, column } = parsed.positionOf(pointer);
  const name = nameOf(pointer);
  const occurrence = { position: { file, line, column }, subject: name, expected: '`env:NAME` or `file:path`' };
  return bindingsDiagnostics.create('plain-credential', { name }, occurrence);
}

function nameOf(pointer: string): string {
  return pointerSteps(pointer).join('.');
}

function checkShape(parsed: ParsedYaml, value: JsonObject): readonly Diagnostic[] {
  const compiled = compileSchema(bindingsSchema);
  if (compiled.kind === 'refused') throw new Error(`Bug: the schema of bindings is refused: ${compiled.reason}.`);
  return compiled.check(value).map(({ pointer, kind, message, expected, found }) => {
    const position = kind === 'unknown' ? parsed.keyPositionOf(pointer) : parsed.positionOf(pointer);
    return bindingsDiagnostics.create(
      'wrong-shape',
      { message },
      { position, subject: nameOf(pointer), expected, found },
    );
  });
}

function readTargets(
  parsed: ParsedYaml,
  value: JsonObject,
  file: string,
  providers: readonly BindingsProvider[],
): ReadBindings {
  const checkers = checkersOf(providers);
  const stacks = (value.stacks ?? {}) as Readonly<Record<string, JsonObject | null>>;
  const read = Object.entries(stacks).flatMap(([stack, targets]) =>
    Object.entries(targets ?? {}).map(([target, settings]) =>
      readTarget(parsed, stack, target, settings as JsonObject | null, checkers),
    ),
  );
  const name = posix.basename(file).replace(/\.ya?ml$/, '');
  const environment = typeof value.environment === 'string' ? value.environment : name;
  const addresses = (value.addresses ?? {}) as Readonly<Record<string, string>>;
  const diagnostics = [
    ...checkEnvironment(parsed, environment, name, file),
    ...checkAddresses(parsed, addresses),
    ...read.flatMap((target) => target.diagnostics),
  ];
  const speed = typeof value.speed === 'number' ? value.speed : 1;
  const bindings = {
    environment,
    targets: read.flatMap(({ binding }) => (binding === null ? [] : [binding])),
    addresses,
    speed,
  };
  return {
    bindings: diagnostics.length > 0 ? null : bindings,
    positionOf: (stack, target) => parsed.keyPositionOf(placeOf(stack, target)),
    diagnostics: [...diagnostics, ...noteSpeed(parsed, environment, speed)],
  };
}

function checkAddresses(parsed: ParsedYaml, addresses: Readonly<Record<string, string>>): readonly Diagnostic[] {
  return Object.entries(addresses)
    .filter(([, address]) => !URL.canParse(address.includes('://') ? address : `http://${address}`))
    .map(([declared, address]) => {
      const position = parsed.positionOf(pointerTo('/addresses', declared));
      const occurrence = { position, subject: 'addresses', expected: 'host:port', found: address };
      return bindingsDiagnostics.create('wrong-address', { declared, address }, occurrence);
    });
}

/** A slip of one line in the bindings of a plant, and every waiting time of the plan looks like a declared one. */
function noteSpeed(parsed: ParsedYaml, environment: string, speed: number): readonly Diagnostic[] {
  if (speed === 1) return [];
  const occurrence = { position: parsed.keyPositionOf('/speed'), subject: 'speed', found: String(speed) };
  return [bindingsDiagnostics.create('other-speed', { environment, speed }, occurrence)];
}

function placeOf(stack: string, target?: string): string {
  const pointer = pointerTo('/stacks', stack);
  return target === undefined ? pointer : pointerTo(pointer, target);
}

/** A file elsewhere may be named as its owner likes; among the environments the name is the choice. */
function checkEnvironment(parsed: ParsedYaml, environment: string, name: string, file: string): readonly Diagnostic[] {
  if (environment === name || !file.startsWith('stacks/bindings/')) return [];
  const occurrence = { position: parsed.positionOf('/environment'), expected: name, found: environment };
  return [bindingsDiagnostics.create('wrong-environment', { environment, name }, occurrence)];
}

interface ReadTarget {
  readonly binding: TargetBinding | null;
  readonly diagnostics: readonly Diagnostic[];
}

function readTarget(
  parsed: ParsedYaml,
  stack: string,
  target: string,
  fields: JsonObject | null,
  { known, checkerOf }: Checkers,
): ReadTarget {
  const pointer = placeOf(stack, target);
  const { provider: named, ...settings } = fields ?? {};
  const subject = `${stack}/${target}`;
  if (typeof named !== 'string') {
    const occurrence = { position: parsed.keyPositionOf(pointer), subject, expected: `one of ${known.join(', ')}` };
    return {
      binding: null,
      diagnostics: [bindingsDiagnostics.create('no-provider', { stack, target, known }, occurrence)],
    };
  }
  const checker = checkerOf(named);
  if (checker === null) {
    const facts = { stack, target, provider: named, nearest: nearestName(named, known), known };
    const occurrence = {
      position: parsed.positionOf(`${pointer}/provider`),
      subject,
      expected: `one of ${known.join(', ')}`,
      found: named,
    };
    return { binding: null, diagnostics: [bindingsDiagnostics.create('unknown-provider', facts, occurrence)] };
  }
  const complete = withSecretReferences(settings);
  const diagnostics = checkSettings(parsed, { stack, target, pointer, provider: named }, complete, checker);
  return { binding: { stack, target, provider: named, settings: complete }, diagnostics };
}

interface Checkers {
  readonly known: readonly string[];
  /** Null for a provider that there is not. */
  readonly checkerOf: (provider: string) => CompiledSchema | null;
}

/** One for each provider that is named: making it takes longer than using it for a hundred targets. */
function checkersOf(providers: readonly BindingsProvider[]): Checkers {
  const made = new Map<string, CompiledSchema | null>();
  const make = (name: string) => {
    const provider = providers.find((candidate) => candidate.name === name);
    return provider === undefined ? null : compileSchema(provider.bindingSchema);
  };
  return {
    known: providers.map(({ name }) => name),
    checkerOf: (name) => {
      const checker = made.get(name) ?? make(name);
      made.set(name, checker);
      return checker;
    },
  };
}

function checkSettings(
  parsed: ParsedYaml,
  { stack, target, pointer, provider }: Readonly<Record<'stack' | 'target' | 'pointer' | 'provider', string>>,
  settings: JsonObject,
  compiled: CompiledSchema,
): readonly Diagnostic[] {
  const subject = `${stack}/${target}`;
  if (compiled.kind === 'refused') {
    return [bindingsDiagnostics.create('bad-provider-schema', { provider, reason: compiled.reason }, { subject })];
  }
  const { url } = settings;
  const problems = compiled.check(settings);
  if (problems.length === 0 && typeof url === 'string' && !URL.canParse(url)) {
    const occurrence = { position: parsed.positionOf(`${pointer}/url`), subject, expected: 'a URL', found: url };
    return [bindingsDiagnostics.create('wrong-url', { stack, target, url }, occurrence)];
  }
  return problems.map(({ pointer: inner, kind, message, expected, found }) => {
    const place = `${pointer}${inner}`;
    const position = kind === 'unknown' || kind === 'missing' ? parsed.keyPositionOf(place) : parsed.positionOf(place);
    return bindingsDiagnostics.create(
      'wrong-setting',
      { stack, target, message, provider },
      { position, subject, expected, found },
    );
  });
}
