// What content prints becomes notes to the parent, on the answers' own channel but in frames that cannot be answers.
import { format } from 'node:util';

const printing = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table', 'group', 'groupCollapsed'];
const silent = ['assert', 'clear', 'count', 'countReset', 'groupEnd', 'time', 'timeEnd', 'timeLog', 'timeStamp'];

/** @param {import('./channel.js').Channel} channel */
export function createConsole(channel) {
  const print = (/** @type {unknown[]} */ ...values) => channel.sendNote(`${format(...values)}\n`);
  const ignore = () => undefined;
  return Object.fromEntries([...printing.map((name) => [name, print]), ...silent.map((name) => [name, ignore])]);
}
