/** A field that another manager holds, and who it is. */
export interface HeldField {
  readonly pointer: string;
  readonly manager: string;
}
