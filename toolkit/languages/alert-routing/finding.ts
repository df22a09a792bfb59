/** What is wrong with a document. `refused`: Alertmanager does not load it. `doubtful`: it loads, and means something odd. */
export interface RoutingFinding {
  readonly code: RoutingFindingCode;
  readonly weight: 'refused' | 'doubtful';
  /** JSON pointer into the document: `/route/routes/0/receiver`. */
  readonly pointer: string;
  /** Whether the field's name is wrong, or what it holds. */
  readonly at: 'key' | 'value';
  /** A full sentence with the names of this occurrence. */
  readonly text: string;
  readonly expected?: string;
}

export type RoutingFindingCode =
  | 'wrong-type'
  | 'unknown-field'
  | 'newer-field'
  | 'deprecated-field'
  | 'missing'
  | 'duplicate'
  | 'undefined-receiver'
  | 'undefined-interval'
  | 'root-route'
  | 'matcher'
  | 'matcher-syntax'
  | 'label-name'
  | 'group-by'
  | 'duration'
  | 'time-range'
  | 'never'
  | 'time-zone'
  | 'silence';
