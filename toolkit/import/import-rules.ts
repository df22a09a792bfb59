import type { Diagnostic } from '../diagnostics/index.ts';
import type { YamlMapping } from '../languages/yaml/index.ts';
import { type ForeignFile, isMapping, type LintInput, listOf, type RuleFile } from '../lint/index.ts';
import { compareRules, type ExpectedGroup } from './compare-rules.ts';
import { importDiagnostics } from './diagnostics.ts';
import { type Imported, printIndex, type WrittenConstant } from './imported.ts';
import { constantName, createIdGiver, type IdGiver, slug, stemOf } from './names.ts';
import { printRuleFile, type WrittenGroup } from './print-rule-file.ts';
import { findRefusals, type Refusals } from './refused-rules.ts';

/** Rule groups of files of any origin as content; each group keeps its name, its rules, their order and their comments. */
export function importRules(files: readonly ForeignFile[], input: LintInput): Imported {
  const diagnostics: Diagnostic[] = [];
  const refusals = findRefusals(input);
  const ids = createIdGiver();
  const stems = createIdGiver();
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const written = new Map<string, string>();
  const constants: WrittenConstant[] = [];
  const expected: ExpectedGroup[] = [];
  const byFile = Map.groupBy(input.ruleFiles, ({ document }) => document.file);
  for (const [path, ruleFiles] of byFile) {
    const stem = stems.give(stemOf(path), path.split('/').at(-2) ?? '');
    const kept = ruleFiles.flatMap((file) => groupsOf(file, { ids, stem, refusals, diagnostics }));
    if (kept.length === 0) continue;
    written.set(`${stem}.ts`, printRuleFile(kept, texts.get(path) ?? '', path));
    constants.push(...kept.map(({ constant }) => ({ name: constant, file: `${stem}.ts` })));
    expected.push(...kept.map((group) => group.expected));
  }
  diagnostics.push(...refusals.diagnostics);
  if (constants.length > 0) written.set('index.ts', printIndex(constants, 'importedRules'));
  return {
    files: written,
    constant: 'importedRules',
    count: expected.reduce((sum, { rules }) => sum + rules.length, 0),
    diagnostics,
    compare: (resources) => compareRules(expected, resources),
  };
}

interface Group extends WrittenGroup {
  readonly expected: ExpectedGroup;
}

interface Gathering {
  readonly ids: IdGiver;
  readonly stem: string;
  readonly refusals: Refusals;
  readonly diagnostics: Diagnostic[];
}

function groupsOf(file: RuleFile, { ids, stem, refusals, diagnostics }: Gathering): readonly Group[] {
  const { document } = file;
  const isLeftOut = (pointer: string) => refusals.leftOut(document, pointer);
  return file.groups.flatMap((group) => {
    const rules = group.rules.filter((rule) => !isLeftOut(rule.pointer));
    if (rules.length === 0) return [];
    const { name, pointer } = group;
    const id = ids.give(name, stem);
    if (!isSlugOf(name, id)) diagnostics.push(renamed(file, name, id, `${pointer}/name`));
    const value = valueAt(file, pointer);
    const constant = constantName(id, 'Rules');
    return [
      {
        document,
        pointer,
        value,
        id,
        name,
        constant,
        isLeftOut,
        expected: { id, file: document.file, group, rules, value },
      },
    ];
  });
}

const isTaken = 'a group of that name was imported before.';
const noLetters = 'an id has letters of a to z, digits and dashes, so it is that of the file.';

function renamed({ document }: RuleFile, name: string, id: string, pointer: string): Diagnostic {
  const facts = { what: `The group ${name}`, id, because: slug(name) === '' ? noLetters : isTaken };
  return importDiagnostics.create('renamed', facts, { position: document.positionOf(pointer) });
}

function isSlugOf(name: string, id: string): boolean {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase() === id.replaceAll('-', '');
}

function valueAt(file: RuleFile, pointer: string): YamlMapping {
  const index = Number(pointer.slice(file.pointer.length).split('/')[2]);
  const group = listOf(file.value.groups)[index];
  if (!isMapping(group)) throw new Error('Bug: a group that was read is not there.');
  return group;
}
