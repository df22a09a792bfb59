import type { AgentRow } from './agent.ts';

/** Which agents a command is about; an empty list leaves all. */
export interface AgentSelection {
  readonly tier: readonly string[];
  readonly tenant: readonly string[];
  readonly site: readonly string[];
  readonly stack: readonly string[];
  readonly kind: readonly string[];
  readonly program: readonly string[];
  readonly item: readonly string[];
  readonly state: readonly string[];
}

export type AgentField = keyof AgentSelection;

export function isChosen(row: AgentRow, selection: AgentSelection): boolean {
  return fields.every((field) => {
    const wanted = selection[field];
    return wanted.length === 0 || wanted.includes(row[field] ?? '');
  });
}

/** Values that no agent has: a misspelt filter must not look like an empty result. */
export function strangeValues(
  rows: readonly AgentRow[],
  selection: AgentSelection,
  alsoKnown: Partial<Readonly<Record<AgentField, readonly string[]>>>,
): readonly { readonly field: AgentField; readonly value: string; readonly known: readonly string[] }[] {
  return fields.flatMap((field) => {
    const known = [...new Set([...rows.flatMap((row) => row[field] ?? []), ...(alsoKnown[field] ?? [])])].sort();
    return selection[field].filter((value) => !known.includes(value)).map((value) => ({ field, value, known }));
  });
}

const fields: readonly AgentField[] = ['tier', 'tenant', 'site', 'stack', 'kind', 'program', 'item', 'state'];
