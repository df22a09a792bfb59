// A content directory made by `opsctl init` has no node_modules. There `opsctl` and `opsctl/*` mean this package.
// They do so where another copy is installed, too: what content declares must be the running program's own objects.
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!namesThisPackage(specifier)) return nextResolve(specifier, context);
    // Resolved as if this file had asked: a package may import itself through its own exports, and only through them.
    return nextResolve(specifier, { ...context, parentURL: import.meta.url });
  },
});

/** @param {string} specifier */
function namesThisPackage(specifier) {
  return specifier === 'opsctl' || specifier.startsWith('opsctl/');
}
