import { Ajv, type ErrorObject } from 'ajv';
import { describeProblem, type SchemaProblem } from './describe-problem.ts';
import { refuseSchema } from './schema-keywords.ts';

export type { SchemaProblem } from './describe-problem.ts';

export type CompiledSchema =
  | { readonly kind: 'compiled'; readonly check: (value: unknown) => readonly SchemaProblem[] }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * A JSON Schema as a function that finds everything wrong with a value, in words. Compile once, check many: ajv makes
 * code of the schema, for which this process must be allowed to (the sandboxed child is not), so data comes here.
 */
export function compileSchema(schema: unknown): CompiledSchema {
  const reason = refuseSchema(schema);
  if (reason !== null) return { kind: 'refused', reason };
  const validate = ajv().compile(schema as object | boolean);
  return {
    kind: 'compiled',
    check: (value) => (validate(value) ? none : describeProblems(validate.errors ?? [])),
  };
}

const none: readonly SchemaProblem[] = [];

// A new one for each schema: ajv keeps what it compiled for ever, and a long-running agent compiles again and again.
function ajv(): Ajv {
  return new Ajv({
    allErrors: true,
    verbose: true,
    strict: false,
    validateFormats: false,
    logger: false,
    meta: false,
    validateSchema: false,
  });
}

/** One for each place: that an empty text also fails the pattern, or a wrong type the options, tells nothing more. */
function describeProblems(errors: readonly ErrorObject[]): readonly SchemaProblem[] {
  const byPointer = new Map<string, SchemaProblem>();
  // That a name is wrong is told by what is wrong with it.
  for (const problem of errors.filter(({ keyword }) => keyword !== 'propertyNames').map(describeProblem)) {
    if (!byPointer.has(problem.pointer)) byPointer.set(problem.pointer, problem);
  }
  return [...byPointer.values()];
}
