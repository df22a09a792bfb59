import { expect, it } from 'vitest';
import { compileGroup } from '../../toolkit/compile/compile-group.ts';
import { wholeCatalogue } from '../support/whole-catalogue.ts';

// Of each maker alone: the others' modules would hide a name that one lacks.
it('every signal of a device of the catalogue is asked for, whichever maker there is', () => {
  const { items, ...group } = wholeCatalogue();
  const asked = items.filter(({ class: name }) => deviceClasses.has(name));
  const told = asked.flatMap((item) => compileGroup({ ...group, items: [item] }).diagnostics);
  expect(asked.length).toBeGreaterThan(20);
  expect(told.filter(({ code }) => code.startsWith('compile/metric-') || code.startsWith('compile/lookup-'))).toEqual(
    [],
  );
});

const deviceClasses: ReadonlySet<string> = new Set(
  wholeCatalogue().organisation.catalogue.classes.flatMap(({ id, sources }) =>
    Object.values(sources).some(({ kind }) => kind === 'snmp' || kind === 'modbus' || kind === 'json') ? [id] : [],
  ),
);
