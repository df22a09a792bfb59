/**
 * The surroundings of a compile. `check` compiles twice in different ones: what differs in the answer came from the
 * machine and not from the repository. `Math.random` differs by nature.
 */
export interface SandboxWorld {
  /** What the time is when the child starts; it goes on from there. Without one, the real time. */
  readonly nowIso?: string;
  /** Without one, UTC on every machine. */
  readonly timeZone?: string;
  /** A BCP 47 tag such as `de-DE`. Without one, `en-US` on every machine. */
  readonly locale?: string;
  /** Without one, the root of the repository. */
  readonly workingDirectory?: string;
}

/** The whole environment of the child: no variable of the parent's is passed on. */
export function childEnvironment(world: SandboxWorld): NodeJS.ProcessEnv {
  return { TZ: world.timeZone ?? 'UTC', LC_ALL: `${(world.locale ?? 'en-US').replaceAll('-', '_')}.UTF-8` };
}

export function clockOffsetMs(world: SandboxWorld): number {
  if (world.nowIso === undefined) return 0;
  const nowMs = Date.parse(world.nowIso);
  if (Number.isNaN(nowMs)) throw new RangeError(`Not a time: ${world.nowIso}`);
  return nowMs - Date.now();
}
