// Another time of day for the second compile of `check`: what a compile makes of the clock then differs and is found.

/** Must run before any other code keeps a reference to what is replaced here. @param {number} offsetMs */
export function shiftClock(offsetMs) {
  if (offsetMs === 0) return;
  const realNow = Date.now;
  const now = () => realNow() + offsetMs;
  globalThis.Date = shiftedDate(now);
  shiftTemporal(now);
  shiftFormats(now);
}

/** @param {() => number} now */
function shiftedDate(now) {
  const shifted = new Proxy(Date, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: (target) => new target(now()).toString(),
  });
  Date.now = now;
  Object.defineProperty(Date.prototype, 'constructor', { value: shifted });
  return shifted;
}

/** @param {() => number} now */
function shiftTemporal(now) {
  const instant = () => Temporal.Instant.fromEpochMilliseconds(now());
  const zoned = (zone = Temporal.Now.timeZoneId()) => instant().toZonedDateTimeISO(zone);
  Object.assign(Temporal.Now, {
    instant,
    zonedDateTimeISO: zoned,
    plainDateTimeISO: (/** @type {string | undefined} */ zone) => zoned(zone).toPlainDateTime(),
    plainDateISO: (/** @type {string | undefined} */ zone) => zoned(zone).toPlainDate(),
    plainTimeISO: (/** @type {string | undefined} */ zone) => zoned(zone).toPlainTime(),
  });
}

/** A format without a date means now. @param {() => number} now */
function shiftFormats(now) {
  const prototype = Intl.DateTimeFormat.prototype;
  const { formatToParts } = prototype;
  const format = Object.getOwnPropertyDescriptor(prototype, 'format')?.get;
  Object.defineProperty(prototype, 'format', {
    get() {
      const bound = format?.call(this);
      return (/** @type {Date | number | undefined} */ date) => bound(date ?? now());
    },
  });
  prototype.formatToParts = function (date) {
    return formatToParts.call(this, date ?? now());
  };
}
