import { Failure } from '../../../toolkit/diagnostics/index.ts';
import type { RunningState, TargetBinding, TargetIdentity } from '../../../toolkit/model/index.ts';
import { createSecretResolver, isUnbound, type Repository } from '../../../toolkit/operate/index.ts';
import type { Session } from '../../session.ts';
import { wire } from '../../wire.ts';
import { type Check, ok } from './check.ts';

/** Asks every bound target who it is, and its server whether it works and runs what its files say; reads only. */
export async function checkTargets(session: Session, repository: Repository): Promise<readonly Check[]> {
  if (isUnbound(repository)) {
    return [
      {
        name: 'targets',
        status: 'warning',
        detail: 'no environment was chosen',
        remedy: 'Name one with --environment.',
      },
    ];
  }
  const checks = await Promise.all(
    repository.bindings.targets.map((binding) => checkTarget(session, repository, binding)),
  );
  return checks.flat();
}

async function checkTarget(
  session: Session,
  repository: Repository,
  binding: TargetBinding,
): Promise<readonly Check[]> {
  const name = `${binding.stack}/${binding.target}`;
  const { providers } = wire(repository.stateRoot, session.command);
  const provider = providers.find((candidate) => candidate.name === binding.provider);
  if (provider === undefined) {
    const detail = `there is no provider ${binding.provider}`;
    return [{ name, status: 'problem', detail, remedy: 'Correct the binding.' }];
  }
  const target = provider.open(binding, {
    resolveSecret: createSecretResolver(repository.root, session.io.env),
    report: () => undefined,
    signal: session.io.signal,
  });
  try {
    const [identity, inspected, running] = await Promise.all([
      target.identify(),
      target.inspect(),
      target.compareRunning(),
    ]);
    return [
      ok(name, describe(identity)),
      ...inspected.map(({ subject, ...check }) => ({ name: `${name} ${subject}`, ...check })),
      ...runningCheck(name, running),
    ];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [{ name, status: 'problem', detail: error.diagnostic.detail, remedy: error.diagnostic.hint }];
  } finally {
    await target.close();
  }
}

/** A server that does not answer has been told of by its own line. */
function runningCheck(name: string, running: RunningState): readonly Check[] {
  if (running.state !== 'behind') return [];
  if (running.isLeftOver) {
    const remedy = 'Stop it, or bind it elsewhere; where the files are declared, `opsctl apply` makes them again.';
    return [{ name: `${name} runs`, status: 'warning', detail: running.differences.join(' '), remedy }];
  }
  const [first = '', ...others] = running.differences;
  const detail = `runs something else than its files say: ${first}${others.length === 0 ? '' : ` And ${others.length} more.`}`;
  const remedy = running.isLoadable
    ? 'Run `opsctl plan` to see all of it, and `opsctl apply` to reload it.'
    : 'Reload it: the binding says that opsctl does not.';
  return [{ name: `${name} runs`, status: 'warning', detail, remedy }];
}

function describe(identity: TargetIdentity): string {
  return Object.entries(identity)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
