import { type Address, addressFields, type RunningSide, type StackState } from '../model/index.ts';
import { type Drift, digestOfPlan, type Plan } from '../plan/index.ts';
import { type TargetSessions, targetKey } from './target-sessions.ts';

/** The plan with, for each object that was changed in place, what its server runs of it: whether the change is live. */
export async function withWhatRuns(plan: Plan, states: readonly StackState[], sessions: TargetSessions): Promise<Plan> {
  const applied = new Map(states.flatMap(({ resources }) => [...resources]));
  const drifted = plan.drift.flatMap(({ address }) => applied.get(address) ?? []);
  const answers = await Promise.all(
    [...Map.groupBy(drifted, ({ address, target }) => targetKey(addressFields(address).stack, target)).values()].map(
      async (objects) => {
        const [first] = objects;
        if (first === undefined) return new Map<Address, RunningSide>();
        const session = sessions.open(addressFields(first.address).stack, first.target);
        return (await session.whichRuns?.(objects)) ?? new Map<Address, RunningSide>();
      },
    ),
  );
  const sides = new Map(answers.flatMap((answer) => [...answer]));
  if (sides.size === 0) return plan;
  const told = { ...plan, drift: plan.drift.map((entry) => withSide(entry, sides)) };
  return { ...told, digest: digestOfPlan(told) };
}

function withSide(entry: Drift, sides: ReadonlyMap<Address, RunningSide>): Drift {
  const runs = sides.get(entry.address);
  return runs === undefined ? entry : { ...entry, runs };
}
