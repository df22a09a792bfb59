// Code with its types already taken out by the parent (../stripped-sources.ts), so that this process need not bring up
// the parser for it.
import { readFileSync } from 'node:fs';
import { pathOf } from './places.js';

/** @typedef {ReturnType<typeof readStrippedSources>} StrippedSources */

/** @param {import('./channel.js').Opening} opening */
export function readStrippedSources({ stripped, stripsItself }) {
  /** @type {Map<string, string>} */
  const sources = new Map();
  for (const file of stripped) {
    // The lines before it are for the parent, which has just looked at them.
    /** @type {Record<string, string>} */
    const kept = JSON.parse(readFileSync(file, 'utf8').split('\n', 3)[2] ?? '{}');
    for (const [path, source] of Object.entries(kept)) sources.set(path, source);
  }
  return {
    /** Whether there may be code that is not here. */
    stripsItself,
    /** @param {string} url */
    sourceOf: (url) => sources.get(pathOf(url) ?? ''),
  };
}
