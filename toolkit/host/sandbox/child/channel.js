// The one way out of the child: frames on an inherited socket, four bytes of length and then JSON. Reading and writing
// block, so between two requests no timer of the content runs, and a frame is never cut short by the process ending.
import { Buffer } from 'node:buffer';
import { readSync, writeSync } from 'node:fs';
import { exitNow } from './exit-now.js';

/**
 * @typedef {object} Opening What the parent says first (../open-sandbox.ts).
 * @property {string} repository
 * @property {string[]} content
 * @property {string} manifest
 * @property {string[]} code
 * @property {string[]} dependencies
 * @property {string} session
 * @property {string[]} stripped Files of code without its types.
 * @property {boolean} stripsItself
 * @property {number} clockOffsetMs
 * @property {number} outputBytes
 * @property {number} noteBytes
 *
 * @typedef {ReturnType<typeof openChannel>} Channel
 */

const descriptor = 3;
const prefixBytes = 4;

export function openChannel() {
  /** @type {Opening} */
  const opening = JSON.parse(receive());
  let noteBytes = opening.noteBytes;

  return {
    opening,
    /** @returns {unknown} */
    receive: () => JSON.parse(receive()),
    /** @param {string} json */
    sendAnswer: (json) => send(`{"answer":${json}}`),
    /** @param {import('./denial-record.js').Denial} denial */
    sendDenial: (denial) => send(JSON.stringify({ denial })),
    /** Before a file of the repository is loaded: if the child never answers, this is where to look. @param {string} file */
    sendBegan: (file) => send(JSON.stringify({ began: file })),
    /** @param {string} text */
    sendNote(text) {
      const note = text.slice(0, noteBytes);
      noteBytes -= note.length;
      if (note !== '') send(JSON.stringify({ note }));
    },
  };
}

function receive() {
  return readBytes(readBytes(prefixBytes).readUInt32BE(0)).toString('utf8');
}

/** @param {number} count */
function readBytes(count) {
  const bytes = Buffer.allocUnsafeSlow(count);
  for (let done = 0; done < count; ) {
    const read = readSync(descriptor, bytes, done, count - done, null);
    // The parent closed its end or is gone: nobody is left to answer.
    if (read === 0) exitNow(0);
    done += read;
  }
  return bytes;
}

/** @param {string} text */
function send(text) {
  const body = Buffer.from(text, 'utf8');
  const prefix = Buffer.allocUnsafeSlow(prefixBytes);
  prefix.writeUInt32BE(body.length, 0);
  writeBytes(prefix);
  writeBytes(body);
}

/** @param {Buffer} bytes */
function writeBytes(bytes) {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done);
}
