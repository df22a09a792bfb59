import type { SourceSpan } from '../diagnostics/index.ts';
import { callSite } from './call-site.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { PanelColour } from './panel-colour.ts';
import { panelShapes } from './panel-shapes.ts';
import type { SignalUnit } from './signal.ts';
import type { BilingualText } from './text.ts';

/**
 * A panel that is declared once and shown in several places: on overviews, on big screens. Plain data; Grafana's JSON and
 * every other front end are printed from it.
 */
export interface LibraryPanel extends PanelDeclaration {
  readonly kind: 'panel';
  readonly source: SourceSpan;
}

/** What is said of one panel in `definePanel`. */
export interface PanelDeclaration {
  /** Lower-case words with dashes. Links to the panel name it, so it stays when the panel moves. */
  readonly id: string;
  readonly title: BilingualText;
  /** What the panel says, and what to do about it: shown behind its title. */
  readonly description?: BilingualText;
  readonly show: PanelView;
  readonly queries: readonly PanelQuery[];
  /** Absent: a plain number. */
  readonly unit?: SignalUnit;
  /** From the lowest up; the first has no lower bound. Absent: green throughout. */
  readonly steps?: readonly PanelStep[];
  /** Words in place of numbers: 2 is `critical`. */
  readonly words?: readonly PanelWord[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** What it says when there is nothing to show; absent: `No data`. */
  readonly whenEmpty?: BilingualText;
}

/** One question to Prometheus. Grafana's own variables may be used: `$__range`, `$__rate_interval`. */
export interface PanelQuery {
  readonly expr: string;
  /** What a series is called: `{{item}} {{mountpoint}}`. */
  readonly legend?: string;
  /** Only the last value is of interest. */
  readonly instant?: boolean;
}

export interface PanelStep {
  /** Null for the first. */
  readonly from: number | null;
  readonly colour: PanelColour;
}

export interface PanelWord {
  readonly value: number;
  readonly text: BilingualText;
  readonly colour: PanelColour;
}

/** How a panel looks. */
export type PanelView =
  /** One large number for each series. `background`: the whole tile has the colour of its step. */
  | { readonly kind: 'number'; readonly colour?: 'text' | 'background'; readonly sparkline?: boolean }
  /** A coloured tile for each series, with its name: a map of items in the manner of traffic lights. */
  | { readonly kind: 'map' }
  /** Lines over time. */
  | { readonly kind: 'trend'; readonly stacked?: boolean; readonly legend?: 'table' | 'list' }
  /** Bars side by side, the longest first where the query sorts them. */
  | { readonly kind: 'bars' }
  /** One dial for each series. */
  | { readonly kind: 'gauge' }
  /** States over time, a row for each series. */
  | { readonly kind: 'states' }
  /** Labels as columns. */
  | { readonly kind: 'table'; readonly columns: readonly TableColumn[] }
  /** Markdown; has no query. */
  | { readonly kind: 'text'; readonly markdown: BilingualText };

export interface TableColumn {
  /** A label, or `Value`. */
  readonly label: string;
  readonly title: BilingualText;
}

/** Declares a panel: `definePanel({ id: 'boilers', title, show: { kind: 'map' }, queries: [...] })`. */
export function definePanel(declaration: PanelDeclaration): LibraryPanel {
  const source = callSite(definePanel);
  holdToShape(panelShapes.panel, declaration, 'definePanel({...})', source);
  return deepFreeze({ ...declaration, kind: 'panel', source });
}
