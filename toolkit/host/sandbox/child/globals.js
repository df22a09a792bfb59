// Takes away what a program needs and content does not: the process, the network, threads, other contexts.
import { stripTypeScriptTypes } from 'node:module';
import { createConsole } from './console.js';
import { createProcessFacade } from './process-facade.js';

const language = [
  ...['Object', 'Function', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'BigInt', 'Date', 'RegExp', 'Promise'],
  ...['Proxy', 'Reflect', 'JSON', 'Math', 'Intl', 'Temporal', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef'],
  ...['FinalizationRegistry', 'Iterator', 'ArrayBuffer', 'DataView', 'Uint8Array', 'Int8Array', 'Uint16Array'],
  ...['Int16Array', 'Uint32Array', 'Int32Array', 'BigUint64Array', 'BigInt64Array', 'Uint8ClampedArray'],
  ...['Float16Array', 'Float32Array', 'Float64Array', 'Error', 'AggregateError', 'EvalError', 'RangeError'],
  ...['ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'SuppressedError', 'DisposableStack'],
  ...['AsyncDisposableStack', 'parseFloat', 'parseInt', 'isFinite', 'isNaN', 'escape', 'unescape', 'encodeURI'],
  ...['encodeURIComponent', 'decodeURI', 'decodeURIComponent', 'eval', 'NaN', 'Infinity', 'undefined', 'globalThis'],
];
const platform = [
  ...['global', 'Buffer', 'URL', 'URLSearchParams', 'atob', 'btoa', 'TextEncoder', 'TextDecoder', 'structuredClone'],
  ...['queueMicrotask', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'],
  ...['AbortController', 'AbortSignal', 'Event', 'EventTarget', 'DOMException'],
];
const kept = new Set([...language, ...platform]);

/** People try these; instead of being undefined, they refuse and say so. */
const refused = ['fetch', 'WebSocket', 'EventSource', 'Worker'];

/** What our own code could still reach through `node:process`, none of which a compile needs. */
const powersOfProcess = [
  ...['_debugEnd', '_debugProcess', '_kill', '_linkedBinding', '_rawDebug', 'abort', 'binding', 'chdir', 'dlopen'],
  ...['execve', 'exit', 'getBuiltinModule', 'initgroups', 'kill', 'loadEnvFile', 'openStdin', 'reallyExit', 'setegid'],
  ...['seteuid', 'setgid', 'setgroups', 'setuid', 'setUncaughtExceptionCaptureCallback', 'umask'],
];

/** @param {import('./serve.js').SandboxContext} context */
export function removeAuthority({ channel, stripped, record }) {
  // Node strips types with a WebAssembly program that it makes on first use; later, the means to make one are gone.
  if (stripped.stripsItself) stripTypeScriptTypes('');
  const replaced = {
    process: createProcessFacade(channel, record),
    console: createConsole(channel),
    performance: performanceFacade(),
  };
  for (const name of powersOfProcess) define(process, name, record.refusalOf(`process.${name}`));
  const others = Object.getOwnPropertyNames(globalThis).filter((name) => !kept.has(name) && !(name in replaced));
  // Not deleted: under a free name, content could put an object of its own before a part of Node that is loaded later.
  for (const name of others) if (!refused.includes(name)) define(globalThis, name, undefined);
  for (const name of refused) define(globalThis, name, record.refusalOf(name));
  for (const [name, value] of Object.entries(replaced)) define(globalThis, name, value);
}

/** @param {object} target @param {string} name @param {unknown} value */
function define(target, name, value) {
  // Much of Node is loaded when it is first looked at, and to define something anew looks at what it was: 50 ms for nothing.
  Reflect.deleteProperty(target, name);
  Object.defineProperty(target, name, { value, writable: false, enumerable: false, configurable: false });
}

function performanceFacade() {
  const real = performance;
  return { now: () => real.now() };
}
