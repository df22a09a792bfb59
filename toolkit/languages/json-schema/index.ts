export { type CompiledSchema, compileSchema, type SchemaProblem } from './compile-schema.ts';
export { describeValue } from './describe-problem.ts';
