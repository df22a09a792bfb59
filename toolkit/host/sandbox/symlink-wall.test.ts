import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTestBed, type TestBed } from './test-bed.ts';

it.each([
  { name: 'to a folder of the machine', link: 'stacks/etc', target: '/etc' },
  { name: 'to a file of the machine', link: 'stacks/deep/passwd.json', target: '/etc/passwd' },
  { name: 'up, by a relative path', link: 'stacks/secrets.json', target: '../.env' },
  { name: 'to a folder that was not opened', link: 'stacks/git', target: '../.git' },
  { name: 'to a hidden file of its own folder', link: 'stacks/secrets.json', target: '.env' },
  { name: 'to nothing', link: 'stacks/later.json', target: '../not-yet' },
  { name: 'that is a content folder itself', link: 'cmdb', target: '../outside' },
])('a symlink $name is denied before any content runs', async ({ link, target }) => {
  using bed = bedWithSecrets();
  mkdirSync(join(bed.repository, 'stacks/deep'));
  symlinkSync(target, join(bed.repository, link));
  expect(await bed.ask({ files: ['stacks/empty.ts'] })).toMatchObject({
    ok: false,
    denial: { kind: 'symlink-leaves-repository', file: link },
  });
});

it('a symlink to a content file is followed', async () => {
  using bed = bedWithSecrets();
  bed.write({ 'stacks/a.ts': 'export default 1;' });
  symlinkSync('../stacks/a.ts', join(bed.repository, 'stacks/b.ts'));
  expect(await bed.ask({ files: ['stacks/b.ts'] })).toMatchObject({ ok: true, value: 1 });
});

function bedWithSecrets(): TestBed {
  const bed = createTestBed({ '.env': 'TOKEN=1', 'stacks/.env': 'TOKEN=1', '.git/config': '' });
  mkdirSync(join(bed.root, 'outside'));
  writeFileSync(join(bed.root, 'outside/a.ts'), 'export default 1;');
  return bed;
}
