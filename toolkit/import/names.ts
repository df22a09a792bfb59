/** Gives each thing an id of lower-case words with dashes that no other has. */
export interface IdGiver {
  /** `wanted` is tried first, then together with its context, then with a number behind it. */
  give(wanted: string, context: string): string;
}

export function createIdGiver(): IdGiver {
  const taken = new Set<string>();
  return {
    give(wanted, context) {
      const [own, around] = [slug(wanted), slug(context)];
      const candidates = [own, around.includes(own) ? around : `${around}-${own}`].filter((id) => id !== '');
      const base = candidates.at(-1) ?? 'imported';
      let id = candidates.find((candidate) => !taken.has(candidate)) ?? base;
      for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
      taken.add(id);
      return id;
    },
  };
}

export function slug(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/** Where it is from, as content may say it: no path of a machine. */
export function originOf(path: string): string {
  const said = path.startsWith('/') ? (path.split('/').at(-1) ?? path) : path;
  return `/** Imported from ${said.replaceAll('*/', '* /').replaceAll(/[\r\n]/g, ' ')}. */\n`;
}

/** `node-exporter` and `Rules`: `nodeExporterRules`. A name may not begin with a digit, as an id may. */
export function constantName(id: string, suffix: string): string {
  const name = id.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^[a-z]/.test(name) ? `${name}${suffix}` : `${suffix.toLowerCase()}${name}`;
}

/** `rules/node exporter.yml`: `node-exporter`. */
export function stemOf(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  return slug(name.replace(/(\.rules)?\.[a-z]+$/i, '')) || 'imported';
}
