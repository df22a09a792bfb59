import { Failure } from '../../diagnostics/index.ts';
import { addressFields } from '../../model/index.ts';
import type { Plan } from '../../plan/plan.ts';
import { pulumiDiagnostics } from './pulumi-diagnostics.ts';

/** Stacks of a plan in the order in which Pulumi runs them: one after the other, each after those that it waits for. */
export function stackOrder({ stacks, changes }: Plan): readonly string[] {
  const waitsFor = new Map(stacks.map(({ stack }) => [stack, new Set<string>()]));
  for (const { address, waitsFor: needed } of changes) {
    const { stack } = addressFields(address);
    for (const other of needed.map((one) => addressFields(one).stack))
      if (other !== stack) waitsFor.get(stack)?.add(other);
  }
  const order: string[] = [];
  while (order.length < waitsFor.size) {
    const open = [...waitsFor].filter(([stack]) => !order.includes(stack));
    const ready = open
      .filter(([, needed]) => [...needed].every((stack) => order.includes(stack)))
      .map(([stack]) => stack);
    if (ready.length === 0)
      throw new Failure(pulumiDiagnostics.create('crosses-stacks', { stacks: open.map(([stack]) => stack) }));
    order.push(...ready.sort());
  }
  return order;
}
