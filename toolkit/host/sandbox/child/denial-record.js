// What a wall refused. It is kept here as well as thrown: content that catches the error is refused all the same.
import { readFileSync } from 'node:fs';
import { pathOf } from './places.js';
import { currentStack, firstContentFrame } from './stack-frames.js';

/**
 * @typedef {object} Denial A `SandboxDenial` of ../denial.ts, before the parent has checked it.
 * @property {string} kind
 * @property {string} message
 * @property {string} [file]
 * @property {number} [line]
 * @property {number} [column]
 * @property {string} [found]
 *
 * @typedef {ReturnType<typeof createDenialRecord>} DenialRecord
 */

/** @param {import('./places.js').Places} places */
export function createDenialRecord(places) {
  /** @type {Denial | undefined} */
  let first;
  return { first: () => first, denyImport, denyBuiltin, refusalOf };

  /**
   * The importer is known, the line is looked up: where the name stands in an import, or else who called `import()`.
   *
   * @param {'import-denied' | 'import-not-found'} kind
   * @param {string} importer
   * @param {string} specifier
   * @param {string} message
   */
  function denyImport(kind, importer, specifier, message) {
    const place = whereImported(importer, specifier) ?? firstContentFrame(currentStack(), places);
    return deny({ kind, message, found: specifier, file: places.nameOf(importer), ...place });
  }

  /** @param {string} name */
  function denyBuiltin(name) {
    const message = `${name} is not open to content.`;
    return deny({ kind: 'builtin-denied', message, found: name, ...firstContentFrame(currentStack(), places) });
  }

  /** To stand where the real one stood. @param {string} name */
  function refusalOf(name) {
    return function refuse() {
      throw denyBuiltin(name);
    };
  }

  /** @param {Denial} denial @returns {Error} To be thrown by the wall, so that the content stops there. */
  function deny(denial) {
    first ??= denial;
    return new Error(denial.message);
  }
}

/** @param {string} importer @param {string} specifier */
function whereImported(importer, specifier) {
  const path = pathOf(importer);
  if (path === undefined) return undefined;
  const before = textBefore(readFileSync(path, 'utf8'), specifier);
  if (before === undefined) return undefined;
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/**
 * Up to the quoted name. One that follows `from`, `import` or a bracket goes before one in a comment.
 *
 * @param {string} text @param {string} specifier
 */
function textBefore(text, specifier) {
  const quoted = `(?=['"\`]${RegExp.escape(specifier)}['"\`])`;
  const match = new RegExp(`(?:from|import|\\()\\s*${quoted}`).exec(text) ?? new RegExp(quoted).exec(text);
  return match === null ? undefined : text.slice(0, match.index + match[0].length);
}
