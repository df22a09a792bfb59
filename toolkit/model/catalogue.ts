import type { AlertPack } from './alert-pack.ts';
import type { CataloguePatch } from './catalogue-patch.ts';
import type { ClassDashboard } from './class-dashboard.ts';
import type { ObjectClass } from './object-class.ts';

/** What an organisation derives from: the classes in use, their alerts and their dashboards. */
export interface Catalogue {
  // A class is only ever read through the attributes it declares itself.
  readonly classes: readonly ObjectClass[];
  readonly alerts: readonly AlertPack[];
  readonly dashboards: readonly ClassDashboard[];
  /** What this organisation has otherwise, by `patch(...)` and `disable(...)`; the packs stay as they were published. */
  readonly patches?: readonly CataloguePatch[];
}
