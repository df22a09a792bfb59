import type { ForeignFile } from './read/read-foreign.ts';

/** The files of an example: `---` stands between them, and rules alone are put into a group. */
export function readExample(example: string): readonly ForeignFile[] {
  return example.split(/^---\n/m).map((text, index) => {
    if (!/^- (?:alert|record):/.test(text))
      return { path: `file-${index}.${text.startsWith('{') || text.startsWith('[') ? 'json' : 'yaml'}`, text };
    const rules = text.replaceAll(/^(?=.)/gm, '      ');
    return { path: `file-${index}.yaml`, text: `groups:\n  - name: example\n    rules:\n${rules}` };
  });
}
