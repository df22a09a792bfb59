import type { Diagnostic } from '../diagnostics/index.ts';
import { describeSelection, isSelected } from '../model/index.ts';
import { compileDiagnostics } from './compile-diagnostics.ts';
import type { OperatedStack } from './operated-stack.ts';

/** Whether what is said to run in a cluster is operated here, and here is a cluster. */
export function checkWorkloads({ stack, monitored }: OperatedStack): readonly Diagnostic[] {
  return stack.workloads.flatMap(({ selection, source }) => {
    const isKnown = monitored.some((item) => isSelected(selection, item));
    if (isKnown && stack.home !== undefined) return [];
    const words = describeSelection(selection);
    const facts = {
      stack: stack.name,
      statement: '.reach(...)',
      selection: words,
      lacks: isKnown ? 'is at home in no cluster: its head has no home' : 'has no such item in service',
      nearest: null,
    };
    return [compileDiagnostics.create('matches-nothing', facts, { position: source, subject: words })];
  });
}
