import type { JsonObject } from '../../model/index.ts';

const name = {
  type: 'string',
  pattern: '^[a-z0-9][a-z0-9-]*$',
  title: 'a name of lower-case letters, digits and dashes',
};

/** The shape of a bindings file; the settings of a target are its provider's to judge. */
export const bindingsSchema: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['stacks'],
  properties: {
    environment: name,
    stacks: {
      type: ['object', 'null'],
      propertyNames: name,
      additionalProperties: {
        type: ['object', 'null'],
        propertyNames: name,
        additionalProperties: { type: ['object', 'null'] },
      },
    },
    addresses: {
      type: ['object', 'null'],
      additionalProperties: {
        type: 'string',
        pattern: '^(https?://)?[^\\s/@]+$',
        title: 'an address such as 127.0.0.1:9100',
      },
    },
    speed: { type: 'number', minimum: 0.001, maximum: 10_000 },
  },
};
