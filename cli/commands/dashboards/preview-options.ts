import { parseDuration } from '../../../toolkit/model/duration.ts';
import type { OptionDeclaration } from '../../arguments/option.ts';
import { UsageError } from '../../arguments/usage-error.ts';

/** How far back, in milliseconds; null: as the dashboard says. */
export const fromOption: OptionDeclaration<number | null> = {
  flags: '--from <duration>',
  doc: 'How far back, such as 6h or 7d; as the dashboard says when not given.',
  read(given) {
    const value = given?.at(-1);
    if (value === undefined) return null;
    const ms = parseDuration(value);
    if (ms === null || ms <= 0) throw new UsageError(`--from is a duration such as 6h or 7d, not '${value}'.`);
    return ms;
  },
};

/** The same rule as for the url of a binding: a password belongs into neither. */
export const prometheusOption: OptionDeclaration<string | null> = {
  flags: '--prometheus <url>',
  doc: 'The Prometheus to ask, instead of the one that is bound.',
  read(given) {
    const value = given?.at(-1);
    if (value === undefined || /^https?:\/\/[^\s/@]+(\/\S*)?$/.test(value)) return value ?? null;
    throw new UsageError('--prometheus is a URL such as http://127.0.0.1:9090, without a password.');
  },
};

export const variableOption: OptionDeclaration<ReadonlyMap<string, readonly string[]>> = {
  flags: '--variable <name=value>',
  doc: 'What a variable of the dashboard stands for. Can be given several times.',
  read(given = []) {
    const pairs = given.map((one) => {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(one) ?? [];
      if (name === undefined || value === undefined) throw new UsageError(`--variable is name=value, not '${one}'.`);
      return { name, value };
    });
    const byName = Map.groupBy(pairs, ({ name }) => name);
    return new Map([...byName].map(([name, values]) => [name, values.map(({ value }) => value)]));
  },
};

export const timeZoneOption: OptionDeclaration<string> = {
  flags: '--time-zone <zone>',
  doc: 'Zone of the times shown, such as Asia/Shanghai; that of this machine when not given.',
  read(given) {
    const zone = given?.at(-1) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (isTimeZone(zone)) return zone;
    throw new UsageError(`--time-zone is a zone such as Asia/Shanghai, not '${zone}'.`);
  },
};

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== null;
  } catch {
    return false;
  }
}
