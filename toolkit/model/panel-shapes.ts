import type {
  LibraryPanel,
  PanelDeclaration,
  PanelQuery,
  PanelStep,
  PanelView,
  PanelWord,
  TableColumn,
} from './dashboard-panel.ts';
import { bilingual, dashedWords, duration, source } from './declared-words.ts';
import { panelColours } from './panel-colour.ts';
import type { Screen, ScreenDeclaration, ScreenTile } from './screen.ts';
import {
  anyText,
  anything,
  fieldsOf,
  finiteNumber,
  listOf,
  made,
  maybe,
  oneOf,
  someText,
  value,
  variants,
  yesOrNo,
} from './shape.ts';
import { signalUnits } from './signal.ts';

const panelColour = oneOf(panelColours);

type View<Kind extends PanelView['kind']> = Extract<PanelView, { readonly kind: Kind }>;

const panelView = variants(
  'kind',
  {
    number: fieldsOf<View<'number'>>({
      kind: anything,
      colour: maybe(oneOf(['text', 'background'])),
      sparkline: maybe(yesOrNo),
    }),
    map: fieldsOf<View<'map'>>({ kind: anything }),
    trend: fieldsOf<View<'trend'>>({
      kind: anything,
      stacked: maybe(yesOrNo),
      legend: maybe(oneOf(['table', 'list'])),
    }),
    bars: fieldsOf<View<'bars'>>({ kind: anything }),
    gauge: fieldsOf<View<'gauge'>>({ kind: anything }),
    states: fieldsOf<View<'states'>>({ kind: anything }),
    table: fieldsOf<View<'table'>>({
      kind: anything,
      columns: listOf(fieldsOf<TableColumn>({ label: someText, title: bilingual })),
    }),
    text: fieldsOf<View<'text'>>({ kind: anything, markdown: bilingual }),
  },
  { expected: 'how the panel looks: { kind: "number" } and the like' },
);

const panelFields = {
  id: dashedWords,
  title: bilingual,
  description: maybe(bilingual),
  show: panelView,
  queries: listOf(fieldsOf<PanelQuery>({ expr: someText, legend: maybe(anyText), instant: maybe(yesOrNo) })),
  unit: maybe(oneOf(signalUnits)),
  steps: maybe(listOf(fieldsOf<PanelStep>({ from: value('a number, or null', isNumberOrNull), colour: panelColour }))),
  words: maybe(listOf(fieldsOf<PanelWord>({ value: finiteNumber, text: bilingual, colour: panelColour }))),
  minimum: maybe(finiteNumber),
  maximum: maybe(finiteNumber),
  whenEmpty: maybe(bilingual),
};

const wholeFromZero = value('a whole number, 0 or more', (given) => Number.isInteger(given) && Number(given) >= 0);
const wholeFromOne = value('a whole number, 1 or more', (given) => Number.isInteger(given) && Number(given) >= 1);
const libraryPanel = made<LibraryPanel>(
  { ...panelFields, kind: oneOf(['panel']), source },
  'a panel made by definePanel({...})',
);

const screenFields = {
  id: dashedWords,
  title: bilingual,
  refresh: maybe(duration),
  range: maybe(duration),
  tiles: listOf(
    fieldsOf<ScreenTile>({
      panel: libraryPanel,
      x: wholeFromZero,
      y: wholeFromZero,
      width: wholeFromOne,
      height: wholeFromOne,
    }),
  ),
};

export const screen = made<Screen>(
  { ...screenFields, kind: oneOf(['screen']), source },
  'a screen made by defineScreen({...})',
);

export const panelShapes = {
  panel: fieldsOf<PanelDeclaration>(panelFields),
  screen: fieldsOf<ScreenDeclaration>(screenFields),
};

function isNumberOrNull(given: unknown): boolean {
  return given === null || Number.isFinite(given);
}
