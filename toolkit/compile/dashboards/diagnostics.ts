import { defineDiagnostics } from '../../diagnostics/index.ts';

export const dashboardDiagnostics = defineDiagnostics('dashboards', {
  'tile-outside': {
    severity: 'error',
    summary: 'Tile outside of its screen',
    detail: ({ screen, tile }: { screen: string; tile: string }) =>
      `${tile} does not fit on ${screen}, which has 24 columns and 25 rows below its title.`,
    hint: 'Make the tile smaller, or move it: what is below the edge of a wall screen is seen by nobody.',
  },
  'tiles-overlap': {
    severity: 'error',
    summary: 'Tiles of a screen overlap',
    detail: ({ screen, tile, other }: { screen: string; tile: string; other: string }) =>
      `On ${screen}, ${tile} lies over ${other}.`,
    hint: 'Move one of them.',
  },
  'tile-twice': {
    severity: 'error',
    summary: 'Panel twice on one screen',
    detail: ({ screen, tile }: { screen: string; tile: string }) => `${screen} shows ${tile} more than once.`,
    hint: 'Leave one of them out, or declare a panel with an id of its own.',
  },
  'screen-twice': {
    severity: 'error',
    summary: 'Two screens of one id at a control point',
    detail: ({ screen, stack }: { screen: string; stack: string }) => `${stack} displays ${screen} more than once.`,
    hint: 'Give one of them another id.',
  },
});
