import { expect, it } from 'vitest';
import { dialectOf } from './versions.ts';

it.each([
  { release: '2.42.0', version: '2.42' },
  { release: 'v2.53.1', version: '2.42' },
  { release: '3.0.0', version: '3.15' },
  { release: '3.15.0-rc.0', version: '3.15' },
])('$release reads what $version reads', ({ release, version }) => {
  expect(dialectOf(release)).toEqual({ version, features: [] });
});

it.each(['2.41.0', '1.8.2', 'latest'])('%s is judged by nothing', (release) => {
  expect(dialectOf(release)).toBeNull();
});
