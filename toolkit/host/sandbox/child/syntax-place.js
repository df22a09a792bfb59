// A module that does not parse has no frame of its own, so its place comes from the text of the error.
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';
import { pathOf } from './places.js';

/**
 * @typedef {import('./places.js').Places} Places
 * @typedef {{ file: string, line?: number, column?: number }} Place
 */

/**
 * @param {{ message: string, stack: string | undefined }} text
 * @param {Places} places
 * @param {string | undefined} loaded URL of the file that was being parsed.
 * @returns {Place | undefined}
 */
export function syntaxPlace({ message, stack }, places, loaded) {
  return placeInMessage(message, places) ?? placeInStack(stack, places) ?? placeInFile(loaded, places);
}

/**
 * JSON: `/path: what is wrong (line 2 column 2)`.
 *
 * @param {string} message @param {Places} places
 */
function placeInMessage(message, places) {
  const [, path, line, column] = /^(\/.+?): .* \(line (\d+) column (\d+)\)/.exec(message) ?? [];
  return path === undefined ? undefined : placeOf(pathToFileURL(path).href, places, line, Number(column));
}

/**
 * Types, and names that are not exported: the stack begins like the output of a compiler, with `file:line`, the line,
 * and a caret under the column.
 *
 * @param {string | undefined} stack @param {Places} places
 */
function placeInStack(stack = '', places) {
  const [, file, line] = /^(\/.+|file:\/\/.+):(\d+)\n/.exec(stack) ?? [];
  const [caret] = /^ *\^/m.exec(stack) ?? [];
  const url = file?.startsWith('/') ? pathToFileURL(file).href : file;
  return placeOf(url, places, line, caret?.length);
}

/**
 * JavaScript: the error knows neither. The parser that strips types finds most faults again, and says where; of the others
 * the parent finds the line (../locate-syntax-error.ts).
 *
 * @param {string | undefined} url @param {Places} places
 */
function placeInFile(url, places) {
  const path = pathOf(url);
  if (url === undefined || path === undefined) return undefined;
  try {
    stripTypeScriptTypes(readFileSync(path, 'utf8'), { sourceUrl: url });
  } catch (fault) {
    // It may also fail for want of what it needs here, and then knows no place.
    const place = fault instanceof Error ? placeInStack(fault.stack, places) : undefined;
    if (place !== undefined) return place;
  }
  return placeOf(url, places);
}

/**
 * @param {string | undefined} url @param {Places} places @param {string} [line] @param {number} [column]
 * @returns {Place | undefined}
 */
function placeOf(url, places, line, column = 1) {
  if (url === undefined || places.zoneOf(url) !== 'content') return undefined;
  return { file: places.nameOf(url), ...(line === undefined ? {} : { line: Number(line), column }) };
}
