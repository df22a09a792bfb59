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

/**
 * The whole environment of the child. Of the parent's it has only where the dynamic linker looks: Node itself may need a
 * library that a bare system lacks and that lies beside it.
 */
export function childEnvironment(world: SandboxWorld): NodeJS.ProcessEnv {
  const libraries = process.env.LD_LIBRARY_PATH;
  return {
    TZ: world.timeZone ?? 'UTC',
    LC_ALL: `${(world.locale ?? 'en-US').replaceAll('-', '_')}.UTF-8`,
    ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }),
  };
}

export function clockOffsetMs(world: SandboxWorld): number {
  if (world.nowIso === undefined) return 0;
  const nowMs = Date.parse(world.nowIso);
  if (Number.isNaN(nowMs)) throw new RangeError(`Not a time: ${world.nowIso}`);
  return nowMs - Date.now();
}
