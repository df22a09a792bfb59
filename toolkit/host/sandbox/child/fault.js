// Makes a denial of whatever was thrown. The value comes from content: reading any part of it may throw, so each part
// is read once, by itself, and only text is kept.
import { firstContentFrame, hasFrame, withPlainStacks } from './stack-frames.js';
import { syntaxPlace } from './syntax-place.js';

/**
 * @typedef {object} FaultText
 * @property {string} message
 * @property {string | undefined} name
 * @property {string | undefined} code
 * @property {string | undefined} stack
 * @property {string | undefined} permission
 * @property {string | undefined} resource
 */

const shownLength = 2000;

/**
 * @param {unknown} thrown
 * @param {import('./serve.js').SandboxContext} context
 * @returns {import('./denial-record.js').Denial}
 */
export function describeFault(thrown, { places, progress }) {
  const text = withPlainStacks(() => faultText(thrown));
  const message = `${text.name ?? 'Error'}: ${text.message}`.slice(0, shownLength);
  const place = firstContentFrame(text.stack, places);

  if (text.code === 'ERR_ACCESS_DENIED') return { ...accessDenied(text), message, ...place };
  if (/^Code generation from strings disallowed/.test(text.message)) {
    return { kind: 'builtin-denied', found: 'code made from text (eval, Function)', message, ...place };
  }
  if (/^Array buffer allocation failed/.test(text.message)) return { kind: 'out-of-memory', message, ...place };
  if (place !== undefined && !isFromParser(text)) return { kind: 'content-threw', message, ...place };
  const syntax = text.name === 'SyntaxError' ? syntaxPlace(text, places, progress.loaded()) : undefined;
  if (syntax !== undefined) return { kind: 'syntax-error', message, ...syntax };
  // An error with frames of our own and none of content is ours. What has no frames at all, content has thrown.
  const isOurs = text.stack !== undefined && hasFrame(text.stack, 'package', places);
  if (isOurs) return { kind: 'session-failed', message, found: text.stack?.slice(0, shownLength) ?? '' };
  const file = progress.began();
  return { kind: 'content-threw', message, ...(file === undefined ? {} : { file }) };
}

/** @param {unknown} thrown @returns {FaultText} */
function faultText(thrown) {
  return {
    message: textOf(thrown, 'message') ?? plainText(thrown),
    name: textOf(thrown, 'name'),
    code: textOf(thrown, 'code'),
    stack: textOf(thrown, 'stack'),
    permission: textOf(thrown, 'permission'),
    resource: textOf(thrown, 'resource'),
  };
}

/** @param {unknown} thrown @param {string} property */
function textOf(thrown, property) {
  try {
    if (typeof thrown !== 'object' || thrown === null) return undefined;
    const value = Reflect.get(thrown, property);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** @param {unknown} thrown */
function plainText(thrown) {
  const hasParts = (typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function';
  return hasParts ? 'something that is not an error was thrown' : String(thrown);
}

/** @param {FaultText} text */
function accessDenied({ permission, resource }) {
  if (permission === 'FileSystemRead') return { kind: 'file-read-denied', found: resource ?? '' };
  return { kind: 'builtin-denied', found: [permission, resource].filter(Boolean).join(' ') };
}

/** The first frame, if it is Node's: content may import a file that does not parse, and then has a frame further down. @param {FaultText} text */
function isFromParser({ name, stack }) {
  return name === 'SyntaxError' && /^ {4}at .*/m.exec(stack ?? '')?.[0].includes('(node:internal/modules/') === true;
}
