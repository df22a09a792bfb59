/** Names a policy in a waiver; every policy of the catalogue is one. */
export interface PolicyReference {
  readonly kind: 'policy';
  /** `<area>/<name>`, such as `alerts/runbook-required`. */
  readonly id: string;
}
