import type { Diagnostic } from '../../diagnostics/index.ts';
import { type DisplayedScreen, type Screen, type ScreenTile, screenColumns, screenRows } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { dashboardDiagnostics } from './diagnostics.ts';

/** Whether the tiles of a screen fit on it, beside each other. */
export function checkScreens({ stack }: OperatedStack): readonly Diagnostic[] {
  return [
    ...stack.screens.flatMap(({ screen }) => checkTiles(screen)),
    ...findDisplayedTwice(stack.name, stack.screens),
  ];
}

function checkTiles({ id, tiles, source }: Screen): readonly Diagnostic[] {
  const at = { position: source, subject: id };
  const outside = tiles.filter((tile) => !isInside(tile));
  const overlaps = tiles.flatMap((tile, index) => {
    const other = tiles.slice(0, index).find((earlier) => doOverlap(tile, earlier));
    return other === undefined ? [] : [{ screen: id, tile: tile.panel.id, other: other.panel.id }];
  });
  const ids = tiles.map(({ panel }) => panel.id);
  const twice = ids.filter((panel, index) => ids.indexOf(panel) !== index);
  return [
    ...outside.map(({ panel }) => dashboardDiagnostics.create('tile-outside', { screen: id, tile: panel.id }, at)),
    ...overlaps.map((facts) => dashboardDiagnostics.create('tiles-overlap', facts, at)),
    ...twice.map((panel) => dashboardDiagnostics.create('tile-twice', { screen: id, tile: panel }, at)),
  ];
}

/** The banner has the two topmost rows. */
const rows = screenRows - 2;

function isInside({ x, y, width, height }: ScreenTile): boolean {
  return x + width <= screenColumns && y + height <= rows;
}

function doOverlap(one: ScreenTile, other: ScreenTile): boolean {
  const beside = one.x + one.width <= other.x || other.x + other.width <= one.x;
  const below = one.y + one.height <= other.y || other.y + other.height <= one.y;
  return !beside && !below;
}

function findDisplayedTwice(stack: string, screens: readonly DisplayedScreen[]): readonly Diagnostic[] {
  return screens.flatMap(({ screen, source }, index) => {
    if (!screens.slice(0, index).some((earlier) => earlier.screen.id === screen.id)) return [];
    return [
      dashboardDiagnostics.create('screen-twice', { screen: screen.id, stack }, { position: source, subject: stack }),
    ];
  });
}
