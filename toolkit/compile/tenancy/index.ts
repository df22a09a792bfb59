import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Resource } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { checkIsolation } from './check.ts';
import { compileIsolation } from './compile.ts';

/** What groups need in which a stack isolates a tenant; loaded there, and nowhere else. */
export interface TenancyCompiler {
  readonly check: (operated: readonly OperatedStack[]) => readonly Diagnostic[];
  readonly compile: (operated: OperatedStack) => readonly Resource[];
}

export const tenancyCompiler: TenancyCompiler = { check: checkIsolation, compile: compileIsolation };
