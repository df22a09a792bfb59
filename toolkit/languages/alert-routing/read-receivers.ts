import type { Channel, Receiver } from './config.ts';
import { channelKinds } from './known-fields.ts';
import { type Entry, flagOf, listOf, type Mapping, type Reading, readMapping, report, textOf } from './read-fields.ts';

export function readReceivers(config: Mapping): readonly Receiver[] {
  const receivers = (listOf(config, 'receivers') ?? []).map((entry) => readReceiver(entry, config.reading));
  for (const [index, { name, pointer }] of receivers.entries()) {
    if (name !== '' && receivers.findIndex((other) => other.name === name) < index)
      report(config.reading, { code: 'duplicate', pointer, text: `There are two receivers ${name}.` });
  }
  return receivers;
}

const [older, newer] = [false, true].map((isNewer) =>
  Object.keys(channelKinds).filter((kind) => channelKinds[kind]?.isNewer === isNewer),
);
const receiverFields = { always: ['name', ...(older ?? [])], newer: ['labels', ...(newer ?? [])] };

function readReceiver(entry: Entry, reading: Reading): Receiver {
  const mapping = readMapping(entry, reading, receiverFields);
  const name = textOf(mapping, 'name');
  if (name === '')
    report(reading, { code: 'missing', pointer: entry.pointer, text: 'A receiver needs a name.', expected: 'name' });
  const channels = Object.keys(channelKinds).flatMap((kind) => readChannels(mapping, kind));
  return { pointer: entry.pointer, name, channels };
}

/** What a channel needs besides, Alertmanager itself says best: addresses may come from `global` or from files. */
function readChannels(receiver: Mapping, kind: string): readonly Channel[] {
  const table = channelKinds[kind];
  if (table === undefined) return [];
  return (listOf(receiver, kind) ?? []).map((entry) => {
    const mapping = readMapping(entry, receiver.reading, table);
    return { pointer: entry.pointer, kind, tellsOfEnd: flagOf(mapping, 'send_resolved', table.tellsOfEnd) };
  });
}
