// Content shares one realm with our own code and with parts of Node. Once nothing of the language can be replaced,
// content cannot change what a wall, a compiler or Node's module loader means by `startsWith`, and a setter on
// `Object.prototype` cannot catch an object of Node's while it is being built.
//
// Node's own `--frozen-intrinsics` is not used: it leaves `URL` open, which the module loader works with, costs 18 ms
// and does not let our code set `Error.stackTraceLimit` where a declaration records its position.
import path from 'node:path';
import url from 'node:url';
import { inspect } from 'node:util';

const { defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, preventExtensions } = Object;
const { ownKeys } = Reflect;

/**
 * A property that an object inherits and that cannot be written cannot be set on that object either: `error.name = ...`
 * would throw. Where people do that, the property becomes an accessor whose setter gives the object one of its own.
 */
const inheritedByNearlyAll = [
  ...[Object, Function, Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError],
].map(({ prototype }) => prototype);

/** Runs after our own code was loaded and before content is. `inspect` is handed to objects that print themselves. */
export function lockIntrinsics() {
  const names = ownKeys(globalThis).filter((name) => typeof name === 'string');
  const values = new Map(names.map((name) => [name, Reflect.get(globalThis, name)]));
  keepStacksAdjustable();
  for (const object of reachableFrom([...values.values(), ...unnamedIntrinsics(), path, url, inspect])) {
    lock(object);
  }
  for (const [name, value] of values) defineProperty(globalThis, name, { value, writable: false, configurable: false });
}

/** Own properties, so that they stay writable when nothing can be added any more. */
function keepStacksAdjustable() {
  Error.stackTraceLimit = 30;
  Reflect.set(Error, 'prepareStackTrace', undefined);
}

/** What only syntax or a call leads to, as far as any code but the content's own uses it. */
function unnamedIntrinsics() {
  return [
    async () => {},
    function* () {},
    async function* () {},
    (function* () {})(),
    (async function* () {})(),
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
    ''.matchAll(/x/g),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    Iterator.from({ next: () => ({ done: true, value: undefined }) }),
    [].values().map((item) => item),
    new URLSearchParams().entries(),
  ].map(getPrototypeOf);
}

/** @param {unknown[]} waiting */
function reachableFrom(waiting) {
  /** @type {Set<object>} */
  const found = new Set();
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (!isObject(value) || value === globalThis || found.has(value)) continue;
    found.add(value);
    waiting.push(getPrototypeOf(value));
    if (!isPlainFunction(value)) waiting.push(...valuesOf(value));
  }
  return found;
}

/** @param {unknown} value @returns {value is object} */
function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A method, and so most of what is found: it leads nowhere. @param {object} value */
function isPlainFunction(value) {
  return typeof value === 'function' && !Object.hasOwn(value, 'prototype');
}

/** @param {object} object */
function valuesOf(object) {
  return ownKeys(object).flatMap((key) => {
    const property = getOwnPropertyDescriptor(object, key);
    return property === undefined || 'value' in property ? [property?.value] : [property.get, property.set];
  });
}

/** @param {object} object */
function lock(object) {
  if (object === Error) lockAllBut(object, ['stackTraceLimit', 'prepareStackTrace']);
  else if (inheritedByNearlyAll.includes(object)) lockOverridable(object);
  else freeze(object);
}

/** @param {object} object @param {(string | symbol)[]} open */
function lockAllBut(object, open) {
  for (const key of ownKeys(object)) {
    const isOpen = open.includes(key);
    defineProperty(object, key, isOpen ? { configurable: false } : { configurable: false, writable: false });
  }
  preventExtensions(object);
}

/** @param {object} object */
function lockOverridable(object) {
  for (const key of ownKeys(object)) {
    const property = getOwnPropertyDescriptor(object, key);
    if (!property?.configurable || !('value' in property)) continue;
    defineProperty(object, key, overridable(object, key, property));
  }
  freeze(object);
}

/** @param {object} owner @param {string | symbol} key @param {PropertyDescriptor} property @returns {PropertyDescriptor} */
function overridable(owner, key, { value, enumerable = false }) {
  return {
    get: () => value,
    set(own) {
      if (this === owner) throw new TypeError(`${String(key)} cannot be replaced for everyone.`);
      defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
    },
    enumerable,
    configurable: false,
  };
}
