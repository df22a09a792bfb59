// The program's first file. It is plain JavaScript so that the compile cache is on before any TypeScript is loaded.
import { existsSync, readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';

const runsFromSources = existsSync(new URL('./program.ts', import.meta.url));

if (process.argv.length === 3 && process.argv[2] === '--version') printVersion();
else process.exitCode = await runProgram();

function printVersion() {
  const manifest = new URL(runsFromSources ? '../package.json' : '../../package.json', import.meta.url);
  process.stdout.write(`${JSON.parse(readFileSync(manifest, 'utf8')).version}\n`);
}

async function runProgram() {
  const cache = compileCacheFolder();
  if (cache !== undefined) enableCompileCache(cache);
  findOwnFilesByPath();
  const program = await import(runsFromSources ? './program.ts' : './program.js');
  return program.runProgram(process.argv.slice(2));
}

/** For each file Node would look for package.json files and links. Ours are hundreds, and lie where their names say. */
function findOwnFilesByPath() {
  const own = new URL('../', import.meta.url).href;
  const [extension, format] = runsFromSources ? ['.ts', 'module-typescript'] : ['.js', 'module'];
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const { parentURL = '', importAttributes } = context;
      const isOurs = parentURL.startsWith(own) && !parentURL.startsWith(`${own}node_modules/`);
      if (!isOurs || !/^\.\.?\//.test(specifier) || !specifier.endsWith(extension))
        return nextResolve(specifier, context);
      return { url: new URL(specifier, parentURL).href, format, importAttributes, shortCircuit: true };
    },
  });
}

/** In the user's own cache: a repository may be read-only, shared, or under review. */
function compileCacheFolder() {
  // A relative path is to be ignored, says the XDG Base Directory Specification.
  if (process.env.XDG_CACHE_HOME?.startsWith('/')) return join(process.env.XDG_CACHE_HOME, 'opsctl', 'compile');
  return process.env.HOME ? join(process.env.HOME, '.cache', 'opsctl', 'compile') : undefined;
}
