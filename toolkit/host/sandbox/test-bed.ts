import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Installation } from './installation.ts';
import { openSandbox } from './open-sandbox.ts';
import type { SandboxAnswer, SandboxLimits, SandboxOptions } from './sandbox.ts';

/** For tests: a repository and a small package of our own in a folder that goes away again. */
export interface TestBed extends Disposable {
  readonly root: string;
  readonly repository: string;
  readonly options: SandboxOptions;
  readonly installation: Installation;
  write(files: Readonly<Record<string, string>>): void;
  /** One request to a sandbox of its own. */
  ask(
    message: unknown,
    changes?: Partial<Omit<SandboxOptions, 'limits'>> & { readonly limits?: Partial<SandboxLimits> },
  ): Promise<TestAnswer>;
}

type Answered = Extract<SandboxAnswer, { readonly ok: true }>;
export type TestAnswer = Exclude<SandboxAnswer, Answered> | Omit<Answered, 'bytes'>;

export function createTestBed(content: Readonly<Record<string, string>> = {}): TestBed {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'opsctl-sandbox-')));
  const repository = join(root, 'repository');
  const installation: Installation = {
    manifest: join(root, 'package/package.json'),
    code: [join(root, 'package/toolkit')],
    dependencies: [],
    runsFromSources: false,
    cache: join(root, 'cache'),
  };
  const options: SandboxOptions = {
    repository,
    readable: ['stacks', 'cmdb'],
    session: pathToFileURL(join(root, 'package/toolkit/session.js')).href,
    limits: { timeoutMs: 20_000, memoryMb: 128, outputBytes: 1024 * 1024 },
    installation,
  };
  const write = (files: Readonly<Record<string, string>>) => writeFiles(repository, files);
  writeFiles(join(root, 'package'), packageFiles);
  write({ 'stacks/empty.ts': '', ...content });

  return {
    root,
    repository,
    options,
    installation,
    write,
    async ask(message, { limits, ...changes } = {}) {
      await using sandbox = openSandbox({ ...options, ...changes, limits: { ...options.limits, ...limits } });
      return withoutBytes(await sandbox.request(message));
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}

/** The message of the child beside what was in it would only say the same again. */
export function withoutBytes(answer: SandboxAnswer): TestAnswer {
  if (!answer.ok) return answer;
  const { bytes: _, ...rest } = answer;
  return rest;
}

/** Does what its request says, and gives back what the last imported file exports by default. */
const session = `
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import process from 'node:process';

export async function handle(request, { repository }) {
  if (request.read) return readFileSync(join(repository, request.read), 'utf8');
  if (request.package) return (await import(request.package)).default;
  if (request.permissions) return request.permissions.filter((name) => process.permission.has(name));
  if (request.environment) return process.env;
  if (request.pid) return process.pid;
  let value;
  for (const file of request.files ?? []) value = (await import(pathToFileURL(join(repository, file)).href)).default;
  return typeof value === 'function' ? await value(request) : value;
}
`;

const packageFiles = {
  'package.json': JSON.stringify({
    name: 'opsctl',
    type: 'module',
    exports: { '.': './toolkit/authoring.js', './toolkit': './toolkit/session.js', './package.json': './package.json' },
  }),
  'toolkit/authoring.js': 'export const defineStack = (stack) => ({ ...stack, defined: true });',
  'toolkit/session.js': session,
  'toolkit/spawns.js': `import { spawn } from 'node:child_process'; export default typeof spawn;`,
  'toolkit/broken.js': `throw new Error('our own mistake');`,
};

function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}
