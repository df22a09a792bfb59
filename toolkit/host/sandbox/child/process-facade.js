// The `process` that content and libraries see. The real one leads to the inherited descriptors, signals and bindings.

/**
 * It has what libraries ask a process for. Anything else that a process has is refused by name, so that nobody is left
 * wondering about an `undefined`; what a process has not stays undefined.
 *
 * @param {import('./channel.js').Channel} channel
 * @param {import('./denial-record.js').DenialRecord} record
 */
export function createProcessFacade(channel, record) {
  const real = process;
  const facade = {
    env: {},
    argv: [],
    platform: real.platform,
    arch: real.arch,
    version: real.version,
    versions: { ...real.versions },
    stdout: outputStream(channel),
    stderr: outputStream(channel),
    cwd: () => real.cwd(),
    nextTick: real.nextTick.bind(real),
    emitWarning: (/** @type {unknown} */ warning) => channel.sendNote(`${warning}\n`),
  };
  return new Proxy(facade, {
    get(target, name) {
      if (name in target || typeof name === 'symbol' || !(name in real)) return Reflect.get(target, name);
      throw record.denyBuiltin(`process.${name}`);
    },
  });
}

/** @param {import('./channel.js').Channel} channel */
function outputStream(channel) {
  return {
    isTTY: false,
    write(/** @type {unknown} */ text) {
      channel.sendNote(String(text));
      return true;
    },
  };
}
