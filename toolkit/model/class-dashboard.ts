import type { SourceSpan } from '../diagnostics/index.ts';
import type { Attributes } from './attribute.ts';
import { callSite } from './call-site.ts';
import { catalogueShapes } from './catalogue-shapes.ts';
import type { LibraryPanel } from './dashboard-panel.ts';
import { deepFreeze } from './deep-freeze.ts';
import { holdToShape } from './hold-to-shape.ts';
import type { ObjectClass } from './object-class.ts';
import type { BilingualText } from './text.ts';

/** The dashboard of one class: which signals are shown, in which rows. Units, thresholds and links are derived. */
export interface ClassDashboard {
  readonly class: ObjectClass;
  readonly title: BilingualText;
  readonly rows: readonly DashboardRow[];
  /** Signals that say how near an item is to its limits: the overview of a control point shows the items nearest to it. */
  readonly overview?: readonly string[];
  /** Of those, the ones that grow or shrink steadily, so that a line through them says something: disks, not memory. */
  readonly forecast?: readonly string[];
  readonly source: SourceSpan;
}

/** Signals that stand side by side. */
export interface DashboardRow<SignalName extends string = string> {
  readonly title: BilingualText;
  readonly signals: readonly SignalName[];
  /** Panels below them, each as wide as the dashboard; their queries may use its variables, `$site` and `$item`. */
  readonly panels?: readonly LibraryPanel[];
}

/** Declares the dashboard of a class. Signal keys are checked by the compiler. */
export function defineClassDashboard<Declared extends Attributes, SignalName extends string>(
  objectClass: ObjectClass<Declared, SignalName>,
  declaration: {
    readonly title: BilingualText;
    readonly rows: readonly DashboardRow<NoInfer<SignalName>>[];
    readonly overview?: readonly NoInfer<SignalName>[];
    readonly forecast?: readonly NoInfer<SignalName>[];
  },
): ClassDashboard {
  const source = callSite(defineClassDashboard);
  const given = { class: objectClass, declaration };
  holdToShape(catalogueShapes.dashboard, given, 'defineClassDashboard(class, {...})', source);
  return deepFreeze({ class: objectClass, ...declaration, source });
}
