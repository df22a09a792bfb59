import { realpathSync } from 'node:fs';
import { childArguments } from './child-arguments.ts';
import { describeEnd } from './child-end.ts';
import { type ChildEnd, type SandboxProcess, startChild } from './child-process.ts';
import { contentFolders, findEscapingSymlink } from './content-folders.ts';
import { denialOf, type SandboxDenial } from './denial.ts';
import { encodeFrame, type Frame, readFrames } from './frames.ts';
import { childCode, findInstallation, type Installation } from './installation.ts';
import { withKernelLimits } from './kernel-limits.ts';
import { locateSyntaxError } from './locate-syntax-error.ts';
import type { Sandbox, SandboxAnswer, SandboxLimits, SandboxOptions, SandboxOutcome } from './sandbox.ts';
import { type StrippedSources, strippedSources } from './stripped-sources.ts';
import { childEnvironment, clockOffsetMs } from './world.ts';

/**
 * Starts a process for code under review, inside five walls. Each is meant to hold where another one falls:
 *
 * 1. Node's permission model: reading folder by folder and nothing else (child-arguments.ts).
 * 2. What goes around that model is off (child-arguments.ts), and the kernel refuses every write (kernel-limits.ts).
 * 3. An import hook (child/import-hook.js), and no way beside it: no real `process`, no other globals (child/globals.js),
 *    nothing of the language that could be replaced (child/intrinsics.js).
 * 4. An environment of two variables (world.ts), limits on time, memory (kernel-limits.ts) and output (frames.ts).
 * 5. No symlink that leads out of the content folders (content-folders.ts).
 */
export function openSandbox(options: SandboxOptions): Sandbox {
  return new RunningSandbox(options);
}

const noteBytes = 16 * 1024;

class RunningSandbox implements Sandbox {
  readonly #limits: SandboxLimits;
  readonly #repository: string;
  readonly #child: SandboxProcess;
  /** Requests without an answer, in their order; the child works on the first. */
  readonly #asked: ((answer: SandboxAnswer) => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sent: Promise<void> = Promise.resolve();
  #began: string | undefined;
  #notes = '';
  #lastDenial: SandboxDenial | undefined;
  #ended: SandboxDenial | undefined;

  constructor(options: SandboxOptions) {
    const { limits, world = {}, installation = findInstallation() } = options;
    const repository = realpathSync(options.repository);
    const content = contentFolders(repository, options.readable);
    const stripped = strippedSources(installation, content);
    this.#limits = limits;
    this.#repository = repository;
    // Started first: it comes up while the folders are searched for symlinks, and knows of no content yet.
    this.#child = startChild(
      withKernelLimits(
        [process.execPath, ...childArguments(installation, [...content, ...stripped.files], limits.memoryMb)],
        limits,
      ),
      { cwd: world.workingDirectory ?? repository, env: childEnvironment(world) },
    );
    readFrames(this.#child.channel, limits.outputBytes, (frame) => this.#take(frame));
    void this.#child.ended.then((end) => this.#endWith(end));
    const symlink = findEscapingSymlink(repository, content);
    if (symlink !== undefined) this.#end(symlink);
    else this.#send(openingOf(options, installation, repository, content, stripped));
  }

  request(message: unknown): Promise<SandboxAnswer> {
    const sent = Promise.withResolvers<void>();
    this.#sent = sent.promise;
    const { promise, resolve } = Promise.withResolvers<SandboxAnswer>();
    this.#asked.push(resolve);
    if (this.#ended !== undefined) this.#settle({ ok: false, denial: this.#ended });
    else {
      this.#send(message, sent.resolve);
      if (this.#asked.length === 1) this.#startTimer();
    }
    return promise;
  }

  async sent(): Promise<void> {
    await Promise.race([this.#sent, this.#child.ended]);
  }

  async close(): Promise<void> {
    this.#end(denialOf('exited', 'The sandbox was closed.'));
    await this.#child.ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #send(message: unknown, sent: () => void = () => undefined): void {
    this.#child.channel.write(encodeFrame(message), sent);
  }

  #take(frame: Frame): void {
    switch (frame.is) {
      case 'began':
        this.#began = frame.file;
        return;
      case 'note':
        this.#notes = (this.#notes + frame.text).slice(0, noteBytes);
        return;
      case 'answer':
        this.#settleOrEnd({ ok: true, value: frame.value, bytes: frame.bytes });
        return;
      case 'denial':
        this.#lastDenial = locateSyntaxError(this.#repository, frame.denial);
        this.#settleOrEnd({ ok: false, denial: this.#lastDenial });
        return;
      case 'too-large':
        this.#end(
          denialOf('answer-too-large', 'The answer is larger than the limit.', { found: `${frame.bytes} bytes` }),
        );
        return;
      case 'garbage':
        this.#end(denialOf('exited', 'The sandbox did not keep to its protocol.'));
        return;
      default:
        frame satisfies never;
    }
  }

  #settleOrEnd(outcome: SandboxOutcome): void {
    if (this.#asked.length === 0) this.#end(denialOf('exited', 'The sandbox answered without being asked.'));
    else this.#settle(outcome);
  }

  /** Answers the first request, and begins to wait for the next. */
  #settle(outcome: SandboxOutcome): void {
    clearTimeout(this.#timer);
    this.#asked.shift()?.({ ...outcome, notes: this.#takeNotes() });
    if (this.#asked.length > 0) this.#startTimer();
  }

  #startTimer(): void {
    this.#timer = setTimeout(() => this.#endLate(), this.#limits.timeoutMs);
  }

  /** Whoever asks later is told why the child ended, and if nobody waited for it, what it said before. */
  #endWith(end: ChildEnd): void {
    const denial = describeEnd(end, this.#child.errorText(), this.#began);
    this.#end(this.#asked.length === 0 ? (this.#lastDenial ?? denial) : denial);
  }

  #endLate(): void {
    const found = `${this.#limits.timeoutMs} ms`;
    const file = this.#began === undefined ? {} : { file: this.#began };
    this.#end(denialOf('timed-out', `There was no answer within ${found}.`, { found, ...file }));
  }

  #end(denial: SandboxDenial): void {
    this.#ended ??= denial;
    while (this.#asked.length > 0) this.#settle({ ok: false, denial: this.#ended });
    this.#child.kill();
  }

  #takeNotes(): string {
    const notes = this.#notes;
    this.#notes = '';
    return notes;
  }
}

/** What the child has to know before it loads anything; child/channel.js says what is in it. */
function openingOf(
  { session, limits, world = {} }: SandboxOptions,
  installation: Installation,
  repository: string,
  content: readonly string[],
  stripped: StrippedSources,
): object {
  const { outputBytes } = limits;
  const { manifest, code, dependencies } = installation;
  const fresh = stripped.update();
  const sources = { stripped: fresh.files, stripsItself: !fresh.isComplete };
  const places = { repository, content, manifest, code: [...code, ...childCode], dependencies };
  return { ...places, session, ...sources, clockOffsetMs: clockOffsetMs(world), outputBytes, noteBytes };
}
