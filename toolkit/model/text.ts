/** Text for people, in both languages that users of this product read. */
export interface BilingualText {
  readonly en: string;
  readonly zh: string;
}
