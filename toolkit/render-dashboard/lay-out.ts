import type { ChosenValues, ReadPanel, Scope } from '../languages/grafana/index.ts';

export interface PlacedPanel {
  readonly panel: ReadPanel;
  readonly scope: Scope;
}

interface Section {
  readonly row: ReadPanel | null;
  readonly members: readonly ReadPanel[];
}

/** Opens every row, repeats what is repeated, and moves down what is then in the way. */
export function layOutPanels(panels: readonly ReadPanel[], scope: Scope): readonly PlacedPanel[] {
  const placed: PlacedPanel[] = [];
  let y = 0;
  for (const section of sectionsOf(panels)) {
    for (const own of scopesOf(section.row?.repeat ?? '', scope)) {
      if (section.row !== null) {
        placed.push({ panel: { ...section.row, place: { x: 0, y, w: 24, h: 1 } }, scope: own });
        y += 1;
      }
      const members = layOutMembers(section.members, own);
      placed.push(...members.map(({ panel, scope: inner }) => ({ panel: movedDown(panel, y), scope: inner })));
      y += Math.max(0, ...members.map(({ panel: { place } }) => place.y + place.h));
    }
  }
  return placed;
}

function sectionsOf(panels: readonly ReadPanel[]): readonly Section[] {
  const sorted = panels.toSorted((left, right) => left.place.y - right.place.y || left.place.x - right.place.x);
  const sections: { row: ReadPanel | null; members: ReadPanel[] }[] = [];
  for (const panel of sorted) {
    if (panel.type === 'row') sections.push({ row: panel, members: [...panel.inside] });
    else if (sections.length === 0) sections.push({ row: null, members: [panel] });
    else sections.at(-1)?.members.push(panel);
  }
  return sections;
}

/** From the top of their section. */
function layOutMembers(members: readonly ReadPanel[], scope: Scope): readonly PlacedPanel[] {
  const top = Math.min(...members.map(({ place }) => place.y));
  const sorted = members
    .map((panel) => movedDown(panel, -top))
    .sort((left, right) => left.place.y - right.place.y || left.place.x - right.place.x);
  const placed: PlacedPanel[] = [];
  let pushed: readonly { readonly below: number; readonly by: number }[] = [];
  for (const panel of sorted) {
    const down = pushed.filter(({ below }) => panel.place.y >= below).reduce((sum, { by }) => sum + by, 0);
    const copies = repeated(movedDown(panel, down), scope);
    placed.push(...copies);
    const end = Math.max(...copies.map((copy) => copy.panel.place.y + copy.panel.place.h));
    const by = end - (panel.place.y + down + panel.place.h);
    if (by > 0) pushed = [...pushed, { below: panel.place.y + panel.place.h, by }];
  }
  return placed;
}

function movedDown(panel: ReadPanel, by: number): ReadPanel {
  return { ...panel, place: { ...panel.place, y: panel.place.y + by } };
}

function repeated(panel: ReadPanel, scope: Scope): readonly PlacedPanel[] {
  const scopes = scopesOf(panel.repeat, scope);
  if (panel.repeat === '' || scopes.length === 1) return scopes.map((own) => ({ panel, scope: own }));
  const { x, y, h, w } = panel.place;
  if (panel.repeatsDown)
    return scopes.map((own, index) => ({ panel: { ...panel, place: { x, y: y + index * h, w, h } }, scope: own }));
  const perRow = Math.min(scopes.length, 4);
  const width = Math.floor(24 / perRow);
  return scopes.map((own, index) => ({
    panel: { ...panel, place: { x: (index % perRow) * width, y: y + Math.floor(index / perRow) * h, w: width, h } },
    scope: own,
  }));
}

/** A scope for each value of the variable; the one there is where nothing is repeated. */
function scopesOf(name: string, scope: Scope): readonly Scope[] {
  const chosen = scope.variables.get(name);
  if (name === '' || chosen === undefined || chosen.values.length === 0) return [scope];
  return chosen.values.slice(0, 50).map((value) => {
    const only: ChosenValues = { values: [value], asWhole: '', isPattern: chosen.isPattern };
    return { ...scope, variables: new Map([...scope.variables, [name, only]]) };
  });
}
