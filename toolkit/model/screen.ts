import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import type { LibraryPanel } from './dashboard-panel.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import { panelShapes } from './panel-shapes.ts';
import type { BilingualText } from './text.ts';

/**
 * A big screen on the wall of a control room: few things, large, in a layout of its own. Shown without menus
 * (`opsctl dashboards list` prints the link), and loaded again by itself.
 */
export interface Screen {
  readonly kind: 'screen';
  /** Lower-case words with dashes. */
  readonly id: string;
  readonly title: BilingualText;
  /** How often values are asked for; absent: `30s`. */
  readonly refresh?: string;
  /** How far back trends go; absent: `24h`. */
  readonly range?: string;
  readonly tiles: readonly ScreenTile[];
  readonly source: SourceSpan;
}

/** A panel and its place on a grid of 24 columns and `screenRows` rows, which fills a screen of 16 to 9. */
export interface ScreenTile {
  readonly panel: LibraryPanel;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const screenColumns = 24;
/** Of 38 pixels each: what 1080 pixels hold without scrolling. */
export const screenRows = 27;

/** What is said of one screen in `defineScreen`. */
export type ScreenDeclaration = Omit<Screen, 'kind' | 'source'>;

/** Declares a big screen; a stack shows it with `.display(...)`. */
export function defineScreen(declaration: ScreenDeclaration): Screen {
  const source = callSite(defineScreen);
  holdToShape(panelShapes.screen, declaration, 'defineScreen({...})', source);
  return deepFreeze({ ...declaration, kind: 'screen', source });
}
