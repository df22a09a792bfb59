// What Pulumi's process for dynamic providers imports: `opsctl/pulumi/provider`.
import { Failure } from '../../toolkit/diagnostics/index.ts';
import {
  createObjectProvider,
  createStackProvider,
  type DynamicProvider,
} from '../../toolkit/engine/pulumi/object-provider.ts';
import { openObjectTargets } from '../../toolkit/engine/pulumi/object-targets.ts';
import type { ProviderName } from '../../toolkit/engine/pulumi/provider-text.ts';
import { type Address, parseAddress } from '../../toolkit/model/index.ts';
import { createSecretResolver, openRepository, type Repository } from '../../toolkit/operate/index.ts';
import { wire } from '../wire.ts';

/** The provider of that name. Nothing is read before an object asks for it. */
export function provider(name: ProviderName): DynamicProvider {
  return name === 'stack' ? createStackProvider() : objects;
}

const { env } = process;
const directory = env['OPSCTL_DIRECTORY'] ?? process.cwd();
const wiring = wire(directory, 'pulumi');
const repositories = new Map<string, Promise<Repository | null>>();

const objects = createObjectProvider(
  openObjectTargets({
    providers: wiring.providers,
    async bindingsOf(environment) {
      const repository = await repositoryOf(environment);
      return repository?.bindings.targets ?? [];
    },
    // Relative paths of `file:` are meant from the repository; without one, from the project.
    async resolveSecret(reference) {
      const repository = await repositoryOf(null);
      return await createSecretResolver(repository?.root ?? directory, env)(reference);
    },
    adopted: addressesIn('OPSCTL_ADOPT'),
    released: addressesIn('OPSCTL_FORGET'),
    claims: env['OPSCTL_CLAIMED'] === undefined,
  }),
);

function addressesIn(name: string): ReadonlySet<Address> {
  return new Set((env[name] ?? '').split('\n').flatMap((text) => parseAddress(text) ?? []));
}

async function repositoryOf(environment: string | null): Promise<Repository | null> {
  const key = environment ?? '';
  const known = repositories.get(key) ?? openAt(environment);
  repositories.set(key, known);
  return await known;
}

async function openAt(environment: string | null): Promise<Repository | null> {
  const bindingsFile = environment === null ? null : (env['OPSCTL_BINDINGS'] ?? null);
  const { value, diagnostics } = await openRepository({ directory, environment, bindingsFile, wiring });
  const [first] = diagnostics;
  if (value === null && environment !== null && first !== undefined) throw new Failure(first);
  return value;
}
