import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../diagnostics/index.ts';
import { fileFailure } from '../file-failure.ts';
import { Unanswered } from '../unanswered.ts';
import {
  type Activated,
  type Activation,
  accepted,
  type ChangedFiles,
  prevented,
  refused,
  type Verdict,
} from './activation.ts';
import { fileSetDiagnostics } from './diagnostics.ts';
import { wrongMode } from './file-mode.ts';
import { makeOverlay } from './overlay.ts';
import type { PendingFile, Permissions } from './pending-file.ts';
import { type FileReading, readFile } from './read-files.ts';
import { pathsInside } from './relative-path.ts';
import { openStagingArea, removeLeftovers, removeStagingArea, type StagingArea } from './staging-area.ts';
import { type Swap, swapFiles } from './swap-files.ts';

export interface FileSetOutcome {
  readonly verdict: Activated;
  readonly written: number;
  readonly removed: number;
}

export interface WriteOptions extends Permissions {
  /** Who asks: the address. */
  readonly by: string;
}

/**
 * Files of one directory that change together or not at all. Staging writes to a private folder; the commit checks the
 * outcome in a private copy, moves the files into place, makes them live, and takes all back when that is refused.
 */
export class FileSet {
  readonly root: string;
  readonly #resolve: (relative: string) => Promise<string>;
  readonly #claims = new Map<string, { readonly by: string; readonly kind: PendingFile['kind'] }>();
  readonly #pending = new Map<string, PendingFile>();
  #area: Promise<StagingArea> | null = null;
  #nextName = 0;

  constructor(root: string) {
    this.root = root;
    this.#resolve = pathsInside(root);
  }

  /** Prepares a write. A file that already holds these bytes, with the right permissions, is left alone. */
  async write(relative: string, text: string, { by, ...permissions }: WriteOptions): Promise<void> {
    this.#claim(relative, by, 'write');
    const absolute = await this.#resolve(relative);
    if (holdsText(readFile(absolute), text) && (await wrongMode(absolute, permissions)) === null) {
      this.#pending.delete(relative);
      return;
    }
    const next = await this.#keep(text, absolute);
    this.#pending.set(relative, { kind: 'write', path: relative, by, next, permissions });
  }

  /** Prepares a removal. A file that another object writes in the same commit is that object's, and stays. */
  async remove(relative: string, { by }: { readonly by: string }): Promise<void> {
    if (!this.#claim(relative, by, 'remove')) return;
    const reading = readFile(await this.#resolve(relative));
    if (reading.state === 'absent') this.#pending.delete(relative);
    else this.#pending.set(relative, { kind: 'remove', path: relative, by });
  }

  /**
   * Makes everything staged since the last commit live. Asked with nothing staged (a former run was cut off), it checks
   * and activates what is in place; asked after writes that changed nothing, it does nothing.
   */
  async commit(activation: Activation): Promise<FileSetOutcome> {
    const pending = [...this.#pending.values()];
    const isRepeat = this.#claims.size === 0;
    try {
      if (pending.length > 0) return await commitPending(this.root, await this.#openArea(), pending, activation);
      if (!isRepeat) return unchanged(accepted('nothing to change'));
      await removeLeftovers(this.root);
      return unchanged(await judgeInPlace(this.root, activation));
    } finally {
      await this.close();
    }
  }

  /** Forgets what is staged and not committed. */
  async close(): Promise<void> {
    const area = await this.#area?.catch(() => null);
    this.#claims.clear();
    this.#pending.clear();
    this.#area = null;
    if (area) await removeStagingArea(this.root, area);
  }

  /** Notes who changes a path in this commit; false when the change gives way to another object's write. */
  #claim(relative: string, by: string, kind: PendingFile['kind']): boolean {
    const first = this.#claims.get(relative);
    if (first === undefined || first.by === by || first.kind === 'remove') {
      this.#claims.set(relative, { by, kind });
      return true;
    }
    if (kind === 'remove') return false;
    const facts = { path: relative, first: first.by, second: by };
    throw new Failure(fileSetDiagnostics.create('two-writers', facts, { subject: by }));
  }

  async #keep(text: string, absolute: string): Promise<string> {
    const area = await this.#openArea();
    const next = path.join(area.next, String(this.#nextName++));
    try {
      await writeFile(next, text, { flag: 'wx', mode: 0o600 });
    } catch (cause) {
      await rm(next, { force: true });
      throw fileFailure('write', absolute, cause);
    }
    return next;
  }

  #openArea(): Promise<StagingArea> {
    this.#area ??= openStagingArea(this.root);
    return this.#area;
  }
}

function holdsText(reading: FileReading, text: string): boolean {
  return reading.state === 'text' && reading.text === text;
}

function unchanged(verdict: Activated): FileSetOutcome {
  return { verdict, written: 0, removed: 0 };
}

async function judgeInPlace(root: string, activation: Activation): Promise<Activated> {
  const checked = await judgeCheck(() => activation.check?.(root));
  return checked.accepted ? judge(() => activation.activate?.({ written: [], removed: [] })) : checked;
}

async function commitPending(
  root: string,
  area: StagingArea,
  pending: readonly PendingFile[],
  activation: Activation,
): Promise<FileSetOutcome> {
  const checked = await judgeCheck(() => checkOverlay(root, area, pending, activation));
  if (!checked.accepted) return unchanged(checked);
  const swap = await judgeSwap(root, area, pending);
  if ('accepted' in swap) return unchanged(swap);
  const changed = { written: pathsOf('write', pending), removed: pathsOf('remove', pending) };
  const verdict = await activateOrRestore(swap, activation, changed);
  if (!verdict.accepted) return unchanged(verdict);
  const note = [checked, verdict]
    .map((one) => one.note)
    .filter((text) => text !== '')
    .join(', ');
  return { verdict: { ...verdict, note }, written: changed.written.length, removed: changed.removed.length };
}

function pathsOf(kind: PendingFile['kind'], pending: readonly PendingFile[]): readonly string[] {
  return pending.filter((file) => file.kind === kind).map((file) => file.path);
}

async function checkOverlay(
  root: string,
  area: StagingArea,
  pending: readonly PendingFile[],
  activation: Activation,
): Promise<Verdict> {
  if (activation.check === undefined) return accepted('');
  await makeOverlay(root, area.overlay, pending);
  const verdict = await activation.check(area.overlay);
  if (verdict.accepted) return verdict;
  return { ...verdict, reason: verdict.reason.replaceAll(`${area.overlay}/`, '') };
}

/** The moved files, or why they could not be moved; then those that were are back. */
async function judgeSwap(root: string, area: StagingArea, pending: readonly PendingFile[]): Promise<Swap | Verdict> {
  try {
    return await swapFiles(root, area, pending);
  } catch (cause) {
    if (cause instanceof Failure && cause.diagnostic.code !== 'file-set/not-restored')
      return prevented(cause.diagnostic);
    throw cause;
  }
}

async function activateOrRestore(swap: Swap, activation: Activation, changed: ChangedFiles): Promise<Activated> {
  let verdict: Activated;
  try {
    verdict = await judge(() => activation.activate?.(changed));
    if (verdict.accepted) return verdict;
  } catch (cause) {
    if (!(cause instanceof Unanswered)) await swap.restore();
    throw cause;
  }
  await swap.restore();
  const again = await judge(() => activation.reactivate?.());
  if (again.accepted) return verdict;
  return refused(`${verdict.reason} The former files are back, but the target did not load them: ${again.reason}`);
}

/** A check that cannot be made lets nothing through, and it is not the target that refused. */
async function judgeCheck(ask: () => Promise<Verdict> | undefined): Promise<Verdict> {
  try {
    return (await ask()) ?? accepted('');
  } catch (cause) {
    if (cause instanceof Failure) return prevented(cause.diagnostic);
    throw cause;
  }
}

/** A world that fails while it judges (a program that hangs or is missing) has not accepted. */
async function judge<Judged extends Activated>(ask: () => Promise<Judged> | undefined): Promise<Judged | Verdict> {
  try {
    return (await ask()) ?? accepted('');
  } catch (cause) {
    if (cause instanceof Failure && !(cause instanceof Unanswered)) return refused(sayFailure(cause));
    throw cause;
  }
}

function sayFailure(failure: Failure): string {
  return `${failure.diagnostic.summary}. ${failure.diagnostic.detail}`;
}
