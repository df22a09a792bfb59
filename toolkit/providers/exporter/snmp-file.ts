import { isJsonObject, type JsonObject, type JsonValue } from '../../model/index.ts';
import type { FileLayout } from './settings.ts';

/** What snmp.yml says, in either layout: each module with its own access. */
export function readSnmpFile(document: JsonObject): JsonObject {
  if (!isJsonObject(document.modules) || !isJsonObject(document.auths)) return { modules: document };
  const { modules, auths } = document;
  const joined = Object.entries(modules).map(([name, module]) => [name, withAccess(module, auths[name])] as const);
  const unused = Object.entries(auths).filter(([name]) => !Object.hasOwn(modules, name));
  // An access that no module of ours uses was put there by hand: it must be seen, or it would stay.
  return { modules: Object.fromEntries(joined), ...(unused.length === 0 ? {} : { auths: Object.fromEntries(unused) }) };
}

function withAccess(module: JsonValue, access: JsonValue | undefined): JsonValue {
  if (!isJsonObject(module) || !isJsonObject(access)) return module;
  const { version, ...auth } = access;
  return { ...module, ...(version === undefined ? {} : { version }), auth };
}

/** The text of snmp.yml as data. The access of a module has the module's name. */
export function writeSnmpFile(modules: JsonObject, layout: FileLayout): JsonObject {
  if (layout === 'joined') return modules;
  const entries = Object.entries(modules).filter((entry): entry is [string, JsonObject] => isJsonObject(entry[1]));
  const auths = entries.map(([name, { version, auth }]) => [
    name,
    { ...(version === undefined ? {} : { version }), ...(isJsonObject(auth) ? auth : {}) },
  ]);
  const bare = entries.map(([name, { version: _version, auth: _auth, ...module }]) => [name, module]);
  return { auths: Object.fromEntries(auths), modules: Object.fromEntries(bare) };
}
