// Request in, answer out, one at a time.
import { Buffer } from 'node:buffer';
import { exitNow } from './exit-now.js';
import { describeFault } from './fault.js';

/**
 * @typedef {object} SandboxContext
 * @property {import('./channel.js').Channel} channel
 * @property {import('./places.js').Places} places
 * @property {import('./progress.js').Progress} progress
 * @property {import('./stripped-sources.js').StrippedSources} stripped
 * @property {import('./denial-record.js').DenialRecord} record
 *
 * @typedef {{ handle: (request: unknown, place: { repository: string }) => unknown }} Session
 */

const nextTurn = setImmediate;

/** @param {SandboxContext} context @param {Promise<Session>} session */
export async function serveRequests(context, session) {
  const { channel, record } = context;
  const { repository } = channel.opening;
  for (;;) {
    const request = channel.receive();
    try {
      const { handle } = await session;
      const value = await handle(request, { repository });
      // A rejection that nobody waits for has its turn to be seen: what failed must not look like an answer.
      await new Promise((resolve) => nextTurn(resolve));
      sendAnswer(context, value);
    } catch (thrown) {
      channel.sendDenial(record.first() ?? describeFault(thrown, context));
    }
  }
}

/** @param {SandboxContext} context @param {unknown} value */
function sendAnswer(context, value) {
  const { channel, record } = context;
  const answer = writtenAnswer(value, context);
  // Read last: a wall may be run into even by a getter, while the value is being written.
  const denial = record.first() ?? answer.denial;
  if (denial !== undefined) channel.sendDenial(denial);
  else channel.sendAnswer(answer.json);
}

/**
 * @param {unknown} value @param {SandboxContext} context
 * @returns {{ json: string, denial?: import('./denial-record.js').Denial }}
 */
function writtenAnswer(value, context) {
  try {
    const json = JSON.stringify(value);
    if (typeof json !== 'string') return { json: '', denial: notJson(typeof value) };
    const bytes = Buffer.byteLength(json);
    return bytes > context.channel.opening.outputBytes ? { json, denial: tooLarge(`${bytes} bytes`) } : { json };
  } catch (thrown) {
    const fault = describeFault(thrown, context);
    const isTooLong = fault.message === 'RangeError: Invalid string length';
    return {
      json: '',
      denial: isTooLong ? tooLarge('a text longer than the language allows') : { ...fault, kind: 'not-json' },
    };
  }
}

/** @param {string} found */
function notJson(found) {
  return { kind: 'not-json', message: 'The answer is not a value of JSON.', found };
}

/** @param {string} found */
function tooLarge(found) {
  return { kind: 'answer-too-large', message: 'The answer is larger than the limit.', found };
}

/** @param {string | undefined} file */
function placeOf(file) {
  return file === undefined ? {} : { file };
}

/**
 * What nobody caught, and what nobody will ever answer. The process ends, because a handler that was cut short may
 * still answer later, to another request.
 *
 * @param {SandboxContext} context
 */
export function watchForFaults(context) {
  const { channel, record, progress } = context;
  /** @param {unknown} thrown */
  const fail = (thrown) => {
    channel.sendDenial(record.first() ?? describeFault(thrown, context));
    exitNow(1);
  };
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
  process.on('beforeExit', () => {
    const message =
      'Nothing is left to happen, and there is no answer: something waits for a promise that never settles.';
    channel.sendDenial(record.first() ?? { kind: 'never-settled', message, ...placeOf(progress.began()) });
    exitNow(1);
  });
}
