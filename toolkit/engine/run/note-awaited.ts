import type { Address } from '../../model/index.ts';
import type { Run } from './run.ts';

/**
 * Writes down that these are live and nobody has seen them work yet. A run that is cut off before it looks, or that has no
 * server to ask, leaves that to the next one. Who does not want to wait asks for nothing.
 */
export function noteAwaited(run: Run, stack: string, target: string, addresses: readonly Address[]): void {
  const journal = run.stacks.get(stack)?.journal;
  if (journal === undefined || run.options.healthTimeoutMs === 0) return;
  const { resources, awaited } = journal.record;
  const asked = addresses.filter((address) => resources.get(address)?.target === target && !awaited.has(address));
  if (asked.length > 0) journal.note({ kind: 'health-awaited', target, addresses: asked });
}
