import type { FieldTest } from '../../model/index.ts';

/** A condition on one field. */
export type LeafTest = Exclude<
  FieldTest,
  { readonly all: unknown } | { readonly any: unknown } | { readonly not: unknown }
>;

/** All conditions on single fields within a test. */
export function leavesOf(test: FieldTest): readonly LeafTest[] {
  if ('all' in test) return test.all.flatMap(leavesOf);
  if ('any' in test) return test.any.flatMap(leavesOf);
  if ('not' in test) return leavesOf(test.not);
  return [test];
}

/** How a language writes conditions. `isNegated`: the opposite is asked for; programs differ in what can be negated. */
export interface TestWriter {
  readonly leaf: (test: LeafTest, isNegated: boolean) => string;
  readonly all: (parts: readonly string[]) => string;
  readonly any: (parts: readonly string[]) => string;
}

/** A test in some language, with every negation moved to the single conditions: mtail can negate nothing else. */
export function writeTest(test: FieldTest, writer: TestWriter, isNegated = false): string {
  if ('not' in test) return writeTest(test.not, writer, !isNegated);
  if ('all' in test || 'any' in test) {
    const isAll = 'all' in test !== isNegated;
    const parts = ('all' in test ? test.all : test.any).map((part) => writeTest(part, writer, isNegated));
    return isAll ? writer.all(parts) : writer.any(parts);
  }
  return writer.leaf(test, isNegated);
}
