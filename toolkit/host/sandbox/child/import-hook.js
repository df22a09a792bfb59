// What may be imported, by who asks. Content may import relative files of the folders that were opened to it, this
// package by its public names, and two modules of Node that compute and hold nothing. Our own code may import itself,
// its dependencies and the modules of Node listed here.
import { statSync } from 'node:fs';
import { isBuiltin, registerHooks } from 'node:module';
import { extname } from 'node:path';
import { pathOf } from './places.js';

const builtinsForContent = ['node:path', 'node:url'];

/** None starts a process, opens a connection, runs text or reaches into Node. To be refused one is a bug of ours. */
const builtinsForPackage = [
  ...['node:assert', 'node:async_hooks', 'node:buffer', 'node:crypto', 'node:events', 'node:fs', 'node:fs/promises'],
  ...['node:os', 'node:path', 'node:path/posix', 'node:perf_hooks', 'node:process', 'node:stream'],
  ...['node:stream/promises', 'node:string_decoder', 'node:timers', 'node:timers/promises', 'node:url', 'node:util'],
];

/** The rest of `opsctl/*` is for content; these have input and output behind them. */
const namesForPrograms = ['opsctl/toolkit', 'opsctl/testing', 'opsctl/package.json'];

/** Always modules: a CommonJS file would be handed `require`. @type {Readonly<Record<string, string>>} */
const formats = {
  '.ts': 'module-typescript',
  '.mts': 'module-typescript',
  '.js': 'module',
  '.mjs': 'module',
  '.json': 'json',
};

/**
 * @typedef {import('node:module').ResolveHookSync} ResolveHook
 * @typedef {import('node:module').ResolveHookContext} ResolveContext
 * @typedef {import('node:module').LoadHookSync} LoadHook
 */

/** @param {import('./serve.js').SandboxContext} context */
export function installImportHook({ stripped, progress, places, record }) {
  registerHooks({ resolve, load });
  /** @type {Map<string, import('node:module').ResolveFnOutput>} */
  const ownModules = new Map();

  /** @type {ResolveHook} */
  function resolve(specifier, context, nextResolve) {
    switch (places.zoneOf(context.parentURL)) {
      case 'content':
        return resolveForContent(specifier, context, nextResolve);
      case 'package':
        return resolveForPackage(specifier, context, nextResolve);
      default:
        throw deny(specifier, context, `"${specifier}" was asked for by no file.`);
    }
  }

  /** @type {ResolveHook} */
  function resolveForContent(specifier, context, nextResolve) {
    if (builtinsForContent.includes(specifier)) return nextResolve(specifier, context);
    if (isOwn(specifier)) return resolveOwn(specifier, context, nextResolve);
    if (!/^\.\.?\//.test(specifier)) throw deny(specifier, context, `Content may not import "${specifier}".`);
    return contentFile(new URL(specifier, context.parentURL).href, specifier, context);
  }

  /**
   * Resolved as if our own manifest had asked. A repository may have no node_modules, or in it another opsctl.
   *
   * @type {ResolveHook}
   */
  function resolveOwn(specifier, asked, nextResolve) {
    // A copy: Node writes what it is handed for the next step into the context of this one.
    const context = { ...asked };
    if (namesForPrograms.includes(specifier)) throw deny(specifier, context, `"${specifier}" is not open to content.`);
    const resolved = ownModule(specifier, asked, nextResolve);
    if (resolved === undefined) throw notFound(specifier, context, `This version of opsctl has no "${specifier}".`);
    return allowed(specifier, context, resolved);
  }

  /**
   * Found once: every file of the catalogue asks for it.
   *
   * @param {string} specifier @param {ResolveContext} asked @param {Parameters<ResolveHook>[2]} nextResolve
   */
  function ownModule(specifier, asked, nextResolve) {
    const found =
      ownModules.get(specifier) ??
      resolvedOrNothing(specifier, { ...asked, parentURL: places.manifestUrl }, nextResolve);
    if (found === undefined) return undefined;
    ownModules.set(specifier, found);
    return { ...found, importAttributes: asked.importAttributes, shortCircuit: true };
  }

  /** @type {ResolveHook} */
  function resolveForPackage(specifier, context, nextResolve) {
    const known = knownFile(specifier, context) ?? (isOwn(specifier) && ownModule(specifier, context, nextResolve));
    if (known) return known;
    if (places.zoneOf(specifier) !== 'content') return allowed(specifier, context, nextResolve(specifier, context));
    progress.begin(places.nameOf(specifier));
    return contentFile(specifier, specifier, context);
  }

  /**
   * A file of our own that the parent has found: hundreds of them, for each of which Node would look for package.json files
   * and links.
   *
   * @param {string} specifier @param {ResolveContext} context
   */
  function knownFile(specifier, { parentURL, importAttributes }) {
    if (!/^\.\.?\//.test(specifier)) return undefined;
    const url = new URL(specifier, parentURL).href;
    if (places.zoneOf(url) !== 'package' || stripped.sourceOf(url) === undefined) return undefined;
    return { url, format: 'module', importAttributes, shortCircuit: true };
  }

  /** @param {string} specifier @param {ResolveContext} context @param {import('node:module').ResolveFnOutput} resolved */
  function allowed(specifier, context, resolved) {
    const isAllowed = isBuiltin(resolved.url)
      ? builtinsForPackage.includes(resolved.url)
      : places.zoneOf(resolved.url) !== 'outside';
    if (!isAllowed) throw deny(specifier, context, `"${specifier}" is not open to code in the sandbox.`);
    return resolved;
  }

  /**
   * Not left to Node, whose way to find a file follows links and reads package.json files up to the root.
   *
   * @param {string} url @param {string} specifier @param {ResolveContext} context
   */
  function contentFile(url, specifier, context) {
    const path = pathOf(url);
    if (path === undefined || places.zoneOf(url) !== 'content') {
      throw deny(specifier, context, `"${specifier}" leaves the folders that content may read.`);
    }
    if (/(^|\/)\./.test(places.nameOf(url))) throw deny(specifier, context, `"${specifier}" is hidden.`);
    const format = formats[extname(path)];
    if (format === undefined) throw deny(specifier, context, `"${specifier}" is not TypeScript, JavaScript or JSON.`);
    if ((format === 'json') !== (context.importAttributes.type === 'json')) {
      throw deny(specifier, context, `"${specifier}" takes "with { type: 'json' }" if it is JSON, and only then.`);
    }
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
      throw notFound(specifier, context, `There is no file "${specifier}".`);
    }
    return { url, format, importAttributes: context.importAttributes, shortCircuit: true };
  }

  /** @param {string} specifier @param {ResolveContext} context @param {string} message */
  function deny(specifier, { parentURL = '' }, message) {
    return record.denyImport('import-denied', parentURL, specifier, message);
  }

  /** @param {string} specifier @param {ResolveContext} context @param {string} message */
  function notFound(specifier, { parentURL = '' }, message) {
    return record.denyImport('import-not-found', parentURL, specifier, message);
  }

  /** What was resolved is checked once more: nothing is loaded that no rule has let through. @type {LoadHook} */
  function load(url, context, nextLoad) {
    const zone = places.zoneOf(url);
    if (zone === 'content') {
      progress.load(url);
      return loadCode(url, { ...context, format: formats[extname(pathOf(url) ?? '')] }, nextLoad);
    }
    if (zone === 'package') return loadCode(url, context, nextLoad);
    if (isBuiltin(url)) return nextLoad(url, context);
    throw record.denyImport('import-denied', '', url, `"${url}" may not be loaded.`);
  }

  /** @type {LoadHook} */
  function loadCode(url, context, nextLoad) {
    const source = stripped.sourceOf(url);
    if (source !== undefined) return { format: 'module', source, shortCircuit: true };
    if (stripped.stripsItself || !/\.m?ts$/.test(url)) return nextLoad(url, context);
    const message = `${places.nameOf(url)} came up while the repository was being read. Run the command again.`;
    throw record.denyImport('import-not-found', '', url, message);
  }
}

/** @param {string} specifier */
function isOwn(specifier) {
  return specifier === 'opsctl' || specifier.startsWith('opsctl/');
}

/** @type {(...args: Parameters<import('node:module').ResolveHookSync>) => ReturnType<import('node:module').ResolveHookSync> | undefined} */
function resolvedOrNothing(specifier, context, nextResolve) {
  try {
    return nextResolve(specifier, context);
  } catch {
    return undefined;
  }
}
