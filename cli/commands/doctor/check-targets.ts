import { Failure } from '../../../toolkit/diagnostics/index.ts';
import type { TargetBinding, TargetIdentity } from '../../../toolkit/model/index.ts';
import { createSecretResolver, isUnbound, type Repository } from '../../../toolkit/operate/index.ts';
import type { Session } from '../../session.ts';
import { wire } from '../../wire.ts';
import { type Check, ok } from './check.ts';

const patienceMs = 5000;

/** Asks every bound target who it is; reads only. */
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
  return await Promise.all(repository.bindings.targets.map((binding) => checkTarget(session, repository, binding)));
}

async function checkTarget(session: Session, repository: Repository, binding: TargetBinding): Promise<Check> {
  const name = `${binding.stack}/${binding.target}`;
  const { providers } = wire(repository.stateRoot, session.command);
  const provider = providers.find((candidate) => candidate.name === binding.provider);
  if (provider === undefined) {
    return {
      name,
      status: 'problem',
      detail: `there is no provider ${binding.provider}`,
      remedy: 'Correct the binding.',
    };
  }
  const target = provider.open(binding, {
    resolveSecret: createSecretResolver(repository.root, session.io.env),
    report: () => undefined,
    signal: AbortSignal.any([session.io.signal, AbortSignal.timeout(patienceMs)]),
  });
  try {
    return ok(name, describe(await target.identify()));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { name, status: 'problem', detail: error.diagnostic.detail, remedy: error.diagnostic.hint };
  } finally {
    await target.close();
  }
}

function describe(identity: TargetIdentity): string {
  return Object.entries(identity)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
