import { counted, type Diagnostic, Failure } from '../../../toolkit/diagnostics/index.ts';
import { listLocks } from '../../../toolkit/engine/lock/list-locks.ts';
import { type LoadResult, loadStack } from '../../../toolkit/engine/state/load-stack.ts';
import type { StackStore } from '../../../toolkit/engine/state/state-backend.ts';
import type { Repository } from '../../../toolkit/operate/index.ts';
import { openStores, openTouchedStores } from '../state/recorded-stacks.ts';
import { type Check, ok } from './check.ts';

/** Whether every state can be read, what a run that was cut off has left in it, and who holds locks. */
export async function checkStates(repository: Repository): Promise<readonly Check[]> {
  const stores = await openStores(repository, []).catch(unlistable);
  if ('detail' in stores) return [{ name: 'state', status: 'problem', detail: stores.detail, remedy: stores.hint }];
  const states = await Promise.all(stores.map(checkState));
  // What keeps a folder from being read is told once, with its state.
  const { locks } = await listLocks(await openTouchedStores(repository, []));
  return [
    ...(states.length === 0 ? [ok('state', `nothing was applied yet in ${repository.environment}`)] : states.flat()),
    ...locks.map(({ stack, verdict, lease }): Check => {
      const holder =
        lease === null
          ? 'by nobody who can be read'
          : `by ${lease.owner.user}@${lease.owner.host} (${lease.command}) since ${lease.since}`;
      const name = `lock of ${stack}`;
      if (verdict === 'held') return { name, status: 'warning', detail: `held ${holder}`, remedy: 'Wait for it.' };
      if (verdict === 'unreadable')
        return { name, status: 'problem', detail: 'cannot be read', remedy: `Run \`opsctl state unlock ${stack}\`.` };
      return { name, status: 'ok', detail: `left behind ${holder}; the next run takes it over`, remedy: null };
    }),
  ];
}

function unlistable(error: unknown): Diagnostic {
  if (error instanceof Failure) return error.diagnostic;
  throw error;
}

async function checkState(store: StackStore): Promise<readonly Check[]> {
  const name = `state of ${store.key.stack}`;
  const result: LoadResult = await loadStack(store);
  if (!result.ok)
    return result.diagnostics.map(({ detail, hint }): Check => ({ name, status: 'problem', detail, remedy: hint }));
  const { state, uncertain } = result.loaded;
  const leftovers = [
    ...(uncertain.size === 0 ? [] : [`${counted(uncertain.size, 'change')} whose outcome nobody wrote down`]),
    ...state.uncommittedTargets.map((target) => `changes of ${target} that may not be loaded`),
  ];
  const unhealthy = [...(state.unhealthy?.keys() ?? [])];
  if (leftovers.length === 0 && unhealthy.length > 0) return [unhealthyCheck(name, unhealthy)];
  if (leftovers.length === 0) return [ok(name, `${counted(state.resources.size, 'object')}, serial ${state.serial}`)];
  const detail = `a run was cut off, or got no answer, and left ${leftovers.join(' and ')}`;
  return [
    {
      name,
      status: 'warning',
      detail,
      remedy: `Run \`opsctl apply --stack ${store.key.stack}\`: it looks at them first, and goes on from there.`,
    },
  ];
}

function unhealthyCheck(name: string, [first = '', ...others]: readonly string[]): Check {
  const more = others.length === 0 ? '' : ` and ${counted(others.length, 'object')} more`;
  const detail = `${first}${more} was applied and not seen to work since`;
  return { name, status: 'warning', detail, remedy: 'Run `opsctl plan`: it looks at them, and says what is missing.' };
}
