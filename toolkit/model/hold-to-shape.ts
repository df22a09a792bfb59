import type { Diagnostic, SourceSpan } from '../diagnostics/index.ts';
import { declarationDiagnostics } from './declaration-diagnostics.ts';
import { findMisfits, type Misfit } from './find-misfits.ts';
import { fieldsOf, type Shape } from './shape.ts';

/**
 * A declaration that cannot be one. Thrown at the call, so that whatever exists is well formed and nothing behind it
 * has to look again; whoever loads content tells the diagnostics.
 */
export class DeclarationRefused extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(({ detail, hint }) => `${detail} ${hint}`).join('\n'));
    this.name = 'DeclarationRefused';
    this.diagnostics = diagnostics;
  }
}

/** Refuses, with everything that is wrong with it, a value that has not its shape. `call` is written as the author did. */
export function holdToShape(shape: Shape, given: unknown, call: string, source: SourceSpan): void {
  refuse(findMisfits(shape, given), call, (path) => (path === '' ? source : { ...source, path }));
}

function refuse(misfits: readonly Misfit[], call: string, placeOf: (path: string) => SourceSpan): void {
  if (misfits.length === 0) return;
  const alike = Map.groupBy(misfits, likeness);
  throw new DeclarationRefused([...alike.values()].map((group) => diagnosticOf(group, call, placeOf)));
}

/** The same function, whose results are held to a shape; `call` names it. */
export function holdResult<Given extends readonly unknown[], Result>(
  author: (...given: Given) => Result,
  shape: Shape,
  call: string,
  source: SourceSpan,
): (...given: Given) => Result {
  const held = fieldsOf<{ result: unknown }>({ result: shape });
  // A module that is the same object for every item of a class is looked at once.
  const accepted = new WeakSet<object>();
  return (...given) => {
    const result = author(...given);
    const isObject = typeof result === 'object' && result !== null;
    if (isObject && accepted.has(result)) return result;
    // What a function gives is written nowhere in the call that names the function.
    refuse(findMisfits(held, { result }), call, () => source);
    if (isObject) accepted.add(result);
    return result;
  };
}

/** Entries of a list are mostly made by one piece of code, and then all are wrong in the same way. */
function likeness({ kind, path, found }: Misfit): string {
  return `${kind} ${path.replaceAll(/\[\d+\]/g, '[]')} ${found}`;
}

function diagnosticOf(
  [first, ...more]: readonly Misfit[],
  call: string,
  placeOf: (path: string) => SourceSpan,
): Diagnostic {
  if (first === undefined) throw new Error('Bug: a group of misfits is empty.');
  const { kind, ...misfit } = first;
  const { of, expected, found } = misfit;
  const facts = { call, more: more.length, ...misfit };
  const about = of === null ? {} : { subject: of };
  return declarationDiagnostics.create(codes[kind], facts, {
    position: placeOf(first.path),
    ...about,
    expected,
    found,
  });
}

const codes = { missing: 'missing-field', wrong: 'wrong-value', unknown: 'unknown-field' } as const;
