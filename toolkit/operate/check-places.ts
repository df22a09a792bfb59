import { lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkSharedPlaces } from '../compile/bindings/index.ts';
import type { Diagnostic } from '../diagnostics/index.ts';
import { isErrorCode } from '../host/file-failure.ts';
import { realPathOf } from '../host/file-set/relative-path.ts';
import type { TargetBinding } from '../model/index.ts';
import type { Repository, Wiring } from './contract.ts';
import { operateDiagnostics } from './operate-diagnostics.ts';

/**
 * Looks where the directories of the bindings really are. Two that are written apart may be one through a link, and one
 * may stand below a file. Of all stacks: a plan of one stack would overwrite what another has in the same place.
 */
export async function checkPlaces(
  { root, bindings, boundAt }: Repository,
  stacks: readonly string[],
  { providers }: Wiring,
): Promise<readonly Diagnostic[]> {
  const [realRoot, real, unusable] = await Promise.all([
    realPathOf(root),
    Promise.all(bindings.targets.map(withRealDirectory)),
    Promise.all(bindings.targets.filter(({ stack }) => stacks.includes(stack)).map(describeUnusable)),
  ]);
  const shared = checkSharedPlaces(real, { root: realRoot, providers, positionOf: boundAt });
  return [
    ...shared,
    ...unusable.flatMap((facts) => {
      if (facts === null) return [];
      const { stack, target } = facts;
      const occurrence = { position: boundAt(stack, target), subject: `${stack}/${target}` };
      return [operateDiagnostics.create('place-unusable', facts, occurrence)];
    }),
  ];
}

async function withRealDirectory(binding: TargetBinding): Promise<TargetBinding> {
  const { directory } = binding.settings;
  if (typeof directory !== 'string') return binding;
  return { ...binding, settings: { ...binding.settings, directory: await realPathOf(directory) } };
}

async function describeUnusable({ stack, target, settings }: TargetBinding) {
  const { directory } = settings;
  const reason = typeof directory === 'string' ? await objectionTo(directory) : null;
  return reason === null ? null : { stack, target, directory: String(directory), reason };
}

/** Why no directory can be at a path, or null where there is one or one can be made. */
async function objectionTo(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isDirectory() ? null : `${path} is a file, not a directory`;
  } catch (error) {
    if (isErrorCode(error, 'ELOOP')) return `the links at ${path} lead in a circle`;
    // What may not be looked at is told by whoever reads there.
    if (!isErrorCode(error, 'ENOENT', 'ENOTDIR')) return null;
    const isLink = await lstat(path).then(
      (entry) => entry.isSymbolicLink(),
      () => false,
    );
    if (isLink) return `${path} is a link to something that is not there`;
    return path === dirname(path) ? null : objectionTo(dirname(path));
  }
}
