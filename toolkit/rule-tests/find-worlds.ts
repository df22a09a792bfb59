import { aim } from './aim/aim.ts';
import { type Aiming, type Goal, none, some } from './aim/goal.ts';
import { emptyWorld, type World } from './aim/world.ts';
import { firesAt, type Scene, staysQuiet } from './scene.ts';

export interface BadWorld {
  readonly world: World;
  readonly firesAt: number;
}

/** How many ways are tried before a rule counts as one for which no series are found. */
const mostTried = 60;
const within = 0.05;
/** The very edge first; then further away, for what drifts while it is watched. */
const distances = [0, 0.01, 0.05, 0.3, 1, 9];

/** Series with which the alert fires, just beyond its condition. */
export function findBadWorld(scene: Scene, obstacles: Set<string>): BadWorld | null {
  for (const world of ways(scene, some, 0, obstacles)) {
    const step = firesAt(scene, world);
    if (step !== null) return { world, firesAt: step };
  }
  return null;
}

export interface GoodWorlds {
  /** As near to the condition as they can be. */
  readonly nearest: World;
  readonly clear: World;
}

/** Series with which it does not: as near to its condition as they can be, and clearly away from it. */
export function findGoodWorlds(scene: Scene, bad: World): GoodWorlds | null {
  let nearest: World | null = null;
  for (const distance of distances) {
    const found = findGood(scene, bad, distance);
    nearest ??= found;
    // A state of its own, or at least five hundredths away: what recovers shall not hang at the edge.
    if (found !== null && distance >= 0.05) return { nearest: nearest ?? found, clear: found };
  }
  return nearest === null ? null : { nearest, clear: nearest };
}

function findGood(scene: Scene, bad: World, distance: number): World | null {
  for (const world of ways(scene, none, distance, new Set())) {
    const isWhole = [...bad].every(([key, { isAbsent }]) => isAbsent || world.get(key)?.isAbsent === false);
    if (isWhole && staysQuiet(scene, world)) return world;
  }
  for (const world of ways(scene, none, distance, new Set())) if (staysQuiet(scene, world)) return world;
  return null;
}

function* ways(scene: Scene, goal: Goal, outside: number, obstacles: Set<string>): Iterable<World> {
  const { item, parts, slice, rule } = scene;
  const recording = slice.filter((member) => member !== rule);
  const aiming: Aiming = { subject: { targets: item.targets, parts }, recording, within, outside, obstacles };
  let tried = 0;
  for (const world of aim(scene.declared.expression, goal, emptyWorld, aiming)) {
    yield world;
    tried += 1;
    if (tried >= mostTried) return;
  }
}
