/** Names one managed object for its whole life: `<stack>/<type>/<name>`, as in `plant-east-1/prometheus-rules/host`. */
export type Address = string & { readonly __brand: 'Address' };

/** Names a part inside a resource, such as one alert: `plant-east-1/prometheus-rules/host#HostDown`. */
export type PartAddress = string & { readonly __brand: 'PartAddress' };

/** The three words of an address. */
export interface AddressFields {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
}

// A name may hold what item ids hold, Chinese text included; what would break an address, a path or a terminal may not.
const word = '[a-z0-9][a-z0-9-]*';
const addressPattern = new RegExp(`^(${word})/(${word})/([^\\s/#\\\\\\p{Cc}]+)$`, 'u');

/** Builds an address from its fields; throws on fields that no declaration can have (a bug of the compiler). */
export function makeAddress(fields: AddressFields): Address {
  const address = parseAddress(`${fields.stack}/${fields.type}/${fields.name}`);
  if (address === null) throw new Error(`Bug: ${JSON.stringify(fields)} cannot be an address.`);
  return address;
}

/** The text as an address, or null when it is none. */
export function parseAddress(text: string): Address | null {
  return addressPattern.test(text) ? (text as Address) : null;
}

/** Takes an address apart: `plant-1/cmdb-record/pump-1` is stack `plant-1`, type `cmdb-record`, name `pump-1`. */
export function addressFields(address: Address): AddressFields {
  const [afterStack, afterType] = [address.indexOf('/'), address.lastIndexOf('/')];
  return {
    stack: address.slice(0, afterStack),
    type: address.slice(afterStack + 1, afterType),
    name: address.slice(afterType + 1),
  };
}

export function makePartAddress(address: Address, part: string): PartAddress {
  return `${address}#${part}` as PartAddress;
}

/** Splits `address#part`; the part is null when the text names a whole resource. Null when it is no address at all. */
export function splitPartAddress(text: string): { readonly address: Address; readonly part: string | null } | null {
  const mark = text.indexOf('#');
  const address = parseAddress(mark < 0 ? text : text.slice(0, mark));
  return address && { address, part: mark < 0 ? null : text.slice(mark + 1) };
}
