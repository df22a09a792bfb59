// How far the loading of content has come, for faults that do not know where they happened.

/** @typedef {ReturnType<typeof createProgress>} Progress */

/** @param {import('./channel.js').Channel} channel */
export function createProgress(channel) {
  /** @type {string | undefined} */
  let began;
  /** @type {string | undefined} */
  let loaded;

  return {
    /** The file that our own code asked for last. */
    began: () => began,
    /** The URL of the file that was read last: the one being parsed, when an error comes from the parser. */
    loaded: () => loaded,
    /** @param {string} file */
    begin(file) {
      began = file;
      channel.sendBegan(file);
    },
    /** @param {string} url */
    load(url) {
      loaded = url;
    },
  };
}
