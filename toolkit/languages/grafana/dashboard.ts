/** A dashboard as far as it is shown. Nothing of it is written back. */
export interface ReadDashboard {
  readonly title: string;
  readonly uid: string;
  readonly description: string;
  /** Grafana's `now-6h`. */
  readonly from: string;
  readonly variables: readonly ReadVariable[];
  readonly panels: readonly ReadPanel[];
  readonly isKiosk: boolean;
}

export interface ReadVariable {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  /** Of a `query` variable, what it asks; of a `custom` one, its choices. */
  readonly query: string;
  readonly regex: string;
  readonly current: readonly string[];
  readonly isMulti: boolean;
  readonly includesAll: boolean;
  /** What stands for all of them; empty: each one. */
  readonly allValue: string;
  readonly isHidden: boolean;
}

export interface GridPlace {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface ReadPanel {
  readonly id: number | null;
  /** `timeseries`; what older releases called `graph` and `singlestat` has its newer name. */
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly place: GridPlace;
  readonly targets: readonly ReadTarget[];
  /** A variable, one panel for each of whose values is shown. */
  readonly repeat: string;
  readonly repeatsDown: boolean;
  readonly field: FieldSettings;
  readonly overrides: readonly FieldOverride[];
  readonly options: JsonFields;
  readonly transformations: readonly { readonly id: string; readonly options: JsonFields }[];
  readonly isTransparent: boolean;
  /** Of a collapsed row, its panels: they are shown as if somebody had opened it. */
  readonly inside: readonly ReadPanel[];
}

export interface ReadTarget {
  readonly refId: string;
  readonly expression: string;
  readonly legend: string;
  readonly isInstant: boolean;
  readonly isHidden: boolean;
  readonly isTable: boolean;
  /** Another language than PromQL, as its data source says; empty where it is PromQL. */
  readonly otherLanguage: string;
}

export type JsonFields = Readonly<Record<string, unknown>>;

/** How values are written and coloured. */
export interface FieldSettings {
  readonly unit: string;
  readonly decimals: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly displayName: string;
  readonly noValue: string;
  readonly steps: readonly ReadStep[];
  /** Steps are in per cent of the way from min to max. */
  readonly arePercentages: boolean;
  readonly mappings: readonly ReadMapping[];
  /** A colour for all of it; empty: by the step, or the next of the palette. */
  readonly fixedColour: string;
  readonly custom: JsonFields;
}

export interface ReadStep {
  readonly from: number | null;
  readonly colour: string;
}

export interface ReadMapping {
  readonly matches: (value: number | null, text: string) => boolean;
  readonly text: string;
  readonly colour: string;
}

export interface FieldOverride {
  readonly matches: (name: string, refId: string, labels: Readonly<Record<string, string>>) => boolean;
  readonly change: Partial<FieldSettings>;
}
