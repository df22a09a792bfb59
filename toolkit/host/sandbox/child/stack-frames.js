// Positions from the text of a stack. Types are stripped by blanking them out, so they are positions in the .ts file.

const frame = /(file:\/\/.+?):(\d+):(\d+)\)?$/;

/**
 * @typedef {import('./places.js').Places} Places
 * @typedef {{ file: string, line: number, column: number }} Position
 */

/**
 * The text comes from content and may be made up: the worst it can do is to name another file of its own repository.
 *
 * @param {string | undefined} stack @param {Places} places
 */
export function firstContentFrame(stack, places) {
  const found = framesOf(stack).find(({ url }) => places.zoneOf(url) === 'content');
  return found && { file: places.nameOf(found.url), line: found.line, column: found.column };
}

/** @param {string} stack @param {import('./places.js').Zone} zone @param {Places} places */
export function hasFrame(stack, zone, places) {
  return framesOf(stack).some(({ url }) => places.zoneOf(url) === zone);
}

/** @param {string | undefined} stack */
function framesOf(stack = '') {
  return stack
    .slice(0, 50_000)
    .split('\n')
    .map((text) => frame.exec(text.slice(-2000)))
    .filter((match) => match !== null)
    .map(([, url = '', line, column]) => ({ url, line: Number(line), column: Number(column) }));
}

/** Deep, because many frames of Node's module loader lie between a wall and the content that ran into it. */
export function currentStack() {
  return withPlainStacks(() => {
    const usual = Error.stackTraceLimit;
    Error.stackTraceLimit = 100;
    const { stack } = new Error('where');
    Error.stackTraceLimit = usual;
    return stack;
  });
}

/**
 * Content may have set its own way to print a stack; while a wall reads one, nothing of the content is to run.
 *
 * @template Value
 * @param {() => Value} read
 */
export function withPlainStacks(read) {
  const theirs = Error.prepareStackTrace;
  Reflect.set(Error, 'prepareStackTrace', undefined);
  try {
    return read();
  } finally {
    Error.prepareStackTrace = theirs;
  }
}
