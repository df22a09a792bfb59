// Which code a file is. Every rule of the sandbox goes by who asks, so this is decided in one place and by path alone:
// the parent has made sure that no symlink makes a path mean another one.
import { relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * `content` is code under review, also where it lies in our own package's repository; `package` is ours.
 *
 * @typedef {'content' | 'package' | 'outside'} Zone
 * @typedef {ReturnType<typeof createPlaces>} Places
 */

/** @param {import('./channel.js').Opening} opening */
export function createPlaces({ repository, content, manifest, code, dependencies }) {
  const packageFolders = [...code, ...dependencies];
  /** A file is asked for, resolved and loaded, and asks itself. @type {Map<string | undefined, Zone>} */
  const zones = new Map();
  return { manifestUrl: pathToFileURL(manifest).href, zoneOf, nameOf };

  /** @param {string | undefined} url @returns {Zone} */
  function zoneOf(url) {
    const zone = zones.get(url) ?? findZone(url);
    zones.set(url, zone);
    return zone;
  }

  /** @param {string | undefined} url @returns {Zone} */
  function findZone(url) {
    const path = pathOf(url);
    if (path === undefined) return 'outside';
    if (isUnder(path, content)) return 'content';
    return path === manifest || isUnder(path, packageFolders) ? 'package' : 'outside';
  }

  /** The name a person knows the file by; a file outside the repository keeps its whole path. @param {string} url */
  function nameOf(url) {
    const path = pathOf(url);
    if (path === undefined) return url;
    return isUnder(path, [repository]) ? relative(repository, path).replaceAll(sep, '/') : path;
  }
}

/**
 * Undefined for all that is not plainly one file: another protocol, an encoded slash, a query.
 *
 * @param {string | undefined} url
 */
export function pathOf(url) {
  if (!url?.startsWith('file:') || /[?#]|%00/.test(url)) return undefined;
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

/** @param {string} path @param {readonly string[]} folders */
function isUnder(path, folders) {
  return folders.some((folder) => path.startsWith(folder + sep));
}
