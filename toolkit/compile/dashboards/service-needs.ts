import { type ConfigurationItem, findRelationType, type PanelDeclaration } from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';

/** What items cannot do without, at all depths: along the relations by which a failure travels. */
export function neededBy(
  items: readonly ConfigurationItem[],
  { allItems }: OperatedStack,
): readonly ConfigurationItem[] {
  const found = new Map<string, ConfigurationItem>();
  const open = [...items];
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    for (const { to } of item.relations.filter(carriesFailure)) {
      const needed = allItems.get(to);
      if (needed === undefined || found.has(to) || items.includes(needed)) continue;
      found.set(to, needed);
      open.push(needed);
    }
  }
  return [...found.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** The relations of a service in words. Titles are data: nothing in them may become a link or a heading. */
export function relationsOf({ allItems }: OperatedStack, items: readonly ConfigurationItem[]): PanelDeclaration {
  const lines = items.flatMap((item) =>
    item.relations.filter(carriesFailure).map(({ type, to }) => {
      const title = findRelationType(type)?.type.title ?? { en: type, zh: type };
      const other = allItems.get(to)?.title ?? { en: to, zh: to };
      return {
        zh: `- ${escapeMarkdown(item.title.zh)} **${title.zh}** ${escapeMarkdown(other.zh)}`,
        en: `- ${escapeMarkdown(item.title.en)} **${title.en}** ${escapeMarkdown(other.en)}`,
      };
    }),
  );
  const none = { en: 'No relation is declared.', zh: '未声明依赖关系。' };
  const text =
    lines.length === 0 ? none : { en: joined(lines.map(({ en }) => en)), zh: joined(lines.map(({ zh }) => zh)) };
  return {
    id: 'relations',
    title: { en: 'Relations', zh: '依赖关系' },
    show: { kind: 'text', markdown: text },
    queries: [],
  };
}

function joined(lines: readonly string[]): string {
  return lines.join('\n');
}

function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|!]/g, (character) => `\\${character}`);
}

function carriesFailure({ type }: ConfigurationItem['relations'][number]): boolean {
  return findRelationType(type)?.type.impact !== 'none';
}
