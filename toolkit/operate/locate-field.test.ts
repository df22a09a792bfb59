import { expect, it } from 'vitest';
import { locateField } from './locate-field.ts';

const text = `
import { team } from './teams.ts';
/** Written out, with all that could be taken for something else. */
export default defineOrganisation({
  id: 'a', // { teams: [
  name: { en: 'A, "B" {', zh: \`\${team}, ]\` },
  teams: [
    { id: 'one', channels: [{ kind: 'webhook', url: 'http://a/,]' }] },
    /* not here: */ { 'id': "two", hours: 'x' },
  ],
  sites: [...others, { id: 's' }],
  people,
  tenants: tenantsOf(team, [{ id: 't' }]),
}).extend(1);
`;

it.each([
  { path: 'id', found: "id: 'a'" },
  { path: 'name.zh', found: 'zh: `' },
  { path: 'teams[0].channels[0].url', found: "url: 'http" },
  { path: 'teams[1].id', found: `'id': "two"` },
  { path: 'teams[1].hours', found: "hours: 'x'" },
  { path: 'teams[1].site', found: `{ 'id': "two"` },
  { path: 'teams[7]', found: 'teams: [' },
  { path: 'sites[1].id', found: 'sites: [' },
  { path: 'people[0].id', found: 'people,' },
  { path: 'tenants[0].id', found: 'tenants: tenantsOf' },
])('$path is where it is written, or the part around it is', ({ path, found }) => {
  const at = locateField(text, text.indexOf('defineOrganisation'), path);
  expect(at === null ? null : text.slice(at, at + found.length)).toBe(found);
});

it.each([
  { name: 'a field that is not there', of: text, path: 'tiers[0]' },
  { name: 'no path', of: text, path: '' },
  { name: 'no call', of: 'nothing', path: 'id' },
  { name: 'an argument that is a name', of: 'define(organisation)', path: 'id' },
  { name: 'a text that ends in the middle', of: "define({ a: 'b", path: 'c' },
])('nothing is said of $name', ({ of, path }) => {
  expect(locateField(of, Math.max(0, of.indexOf('define')), path)).toBeNull();
});

it('a statement is looked through from its first argument to its last', () => {
  const statement = `stack.tune(item('a'), host.short, { threshold: 5, reason: '' })`;
  expect(locateField(statement, 6, 'change.reason')).toBe(statement.indexOf('reason'));
  expect(locateField(statement, 0, 'change.reason')).toBeNull();
});
