// Control characters but line breaks and tabs; and those that turn the direction of the text, so that it reads otherwise
// than it is (https://trojansource.codes).
const steering = /[^\P{Cc}\n\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * A value with every text in it made safe to show: names and values come from content and from real systems, and must
 * not steer the terminal of whoever reads them. To be done before colours are added, which are control characters.
 */
export function harmless<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replaceAll(steering, '\ufffd') as Value;
  if (Array.isArray(value)) return value.map((element) => harmless(element)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [harmless(key), harmless(child)])) as Value;
}
