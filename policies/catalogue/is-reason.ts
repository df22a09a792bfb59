export const fewestWords = 3;
export const fewestHanCharacters = 6;

/** Whether a text says something: three words. Chinese has no spaces, so its characters are counted, two to a word. */
export function isReason(text: string): boolean {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words =
    text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu)?.filter((word) => !/\p{Script=Han}/u.test(word)).length ?? 0;
  return words + han * (fewestWords / fewestHanCharacters) >= fewestWords;
}
