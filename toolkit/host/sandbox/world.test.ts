import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestBed, type TestBed } from './test-bed.ts';
import type { SandboxWorld } from './world.ts';

let bed: TestBed;
beforeAll(() => {
  bed = createTestBed();
});
afterAll(() => bed[Symbol.dispose]());

const elsewhere: SandboxWorld = {
  nowIso: '2031-03-04T22:30:00Z',
  timeZone: 'Asia/Tokyo',
  locale: 'de-DE',
  workingDirectory: '/',
};

it.each([
  {
    name: 'Date.now()',
    code: 'Date.now() - Date.UTC(2031, 2, 4, 22, 30) < 60_000 && Date.now() >= Date.UTC(2031, 2, 4, 22, 30)',
    value: true,
  },
  { name: 'new Date()', code: 'new Date().toISOString().slice(0, 13)', value: '2031-03-04T22' },
  { name: 'Date()', code: 'Date().slice(0, 15)', value: 'Wed Mar 05 2031' },
  { name: 'the constructor of a date', code: 'new (new Date(0).constructor)().getUTCFullYear()', value: 2031 },
  {
    name: 'Temporal.Now',
    code: '[Temporal.Now.instant().toString().slice(0, 13), Temporal.Now.plainDateISO(), Temporal.Now.zonedDateTimeISO().hour, Temporal.Now.timeZoneId()]',
    value: ['2031-03-04T22', '2031-03-05', 7, 'Asia/Tokyo'],
  },
  { name: 'a format without a date', code: 'new Intl.DateTimeFormat("en").format()', value: '3/5/2031' },
  { name: 'the time zone', code: 'new Date(0).getHours()', value: 9 },
  { name: 'the locale', code: '(1234.5).toLocaleString()', value: '1.234,5' },
  { name: 'the working directory', code: 'process.cwd()', value: '/' },
])('$name is another one in another world', async ({ code, value }) => {
  expect(await run(code, elsewhere)).toMatchObject({ ok: true, value });
});

it('a date that is given stays the date that is given', async () => {
  const code = `[new Date(0), new Date(2020, 1, 2).getMonth(), new Intl.DateTimeFormat('en').format(0), new Date(0) instanceof Date]`;
  expect(await run(code, elsewhere)).toMatchObject({
    ok: true,
    value: ['1970-01-01T00:00:00.000Z', 1, '1/1/1970', true],
  });
});

it('without a world the zone and locale are the same on every machine, and the time is the time', async () => {
  const code = `[new Date(0).getHours(), (1234.5).toLocaleString(), process.cwd(), Date.now()]`;
  const answer = await run(code, {});
  expect(answer).toMatchObject({ ok: true, value: [0, '1,234.5', bed.repository, expect.any(Number)] });
  expect(Math.abs(Date.now() - Number(answer.ok && Array.isArray(answer.value) && answer.value[3]))).toBeLessThan(
    60_000,
  );
});

it('a time that is none is refused', async () => {
  await expect(run('1', { nowIso: 'tomorrow' })).rejects.toThrow('Not a time: tomorrow');
});

async function run(code: string, world: SandboxWorld) {
  bed.write({ 'stacks/main.ts': `export default ${code};` });
  return await bed.ask({ files: ['stacks/main.ts'] }, { world });
}
