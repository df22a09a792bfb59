/** The JSON pointer (RFC 6901) of a field or entry of what `parent` points to: `/items/0`, `a/b` -> `/items/0/a~1b`. */
export function pointerTo(parent: string, step: string): string {
  return `${parent}/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** `/items/0/a~1b` as `items`, `0`, `a/b`. */
export function pointerSteps(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
