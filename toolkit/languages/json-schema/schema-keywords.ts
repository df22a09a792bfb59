/**
 * What a schema may say. Schemas come out of the sandbox, from code under review, and ajv turns them into code of this
 * process; so only known keywords with plain arguments get that far, no references, no formats, and no pattern that
 * could run for hours.
 */
export function refuseSchema(schema: unknown, path = ''): string | null {
  if (typeof schema === 'boolean') return null;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return `${path || '/'} is not a schema`;
  for (const [keyword, argument] of Object.entries(schema)) {
    const accepts = keywords[keyword];
    if (accepts === undefined) return `${path}/${keyword} is not a keyword that is read here`;
    const problem = accepts(argument, `${path}/${keyword}`);
    if (problem !== null) return problem;
  }
  return null;
}

type Accepts = (argument: unknown, path: string) => string | null;

const number: Accepts = (argument, path) => (Number.isFinite(argument) ? null : `${path} is not a number`);
const count: Accepts = (argument, path) =>
  Number.isSafeInteger(argument) && Number(argument) >= 0 ? null : `${path} is not a count`;
const flag: Accepts = (argument, path) => (typeof argument === 'boolean' ? null : `${path} is not true or false`);
const words: Accepts = (argument, path) =>
  Array.isArray(argument) && argument.every((word) => typeof word === 'string')
    ? null
    : `${path} is not a list of texts`;
const anything: Accepts = () => null;

const types = ['string', 'integer', 'number', 'boolean', 'array', 'object', 'null'];
const type: Accepts = (argument, path) => {
  const named = Array.isArray(argument) ? argument : [argument];
  return named.length > 0 && named.every((name) => types.includes(name as string)) ? null : `${path} is not a type`;
};

const options: Accepts = (argument, path) =>
  Array.isArray(argument) &&
  argument.length > 0 &&
  argument.every((option) => option === null || typeof option !== 'object')
    ? null
    : `${path} is not a list of options`;

const schemas: Accepts = (argument, path) => {
  if (typeof argument !== 'object' || argument === null || Array.isArray(argument))
    return `${path} is not a table of schemas`;
  for (const [name, schema] of Object.entries(argument)) {
    const problem = refuseSchema(schema, `${path}/${name}`);
    if (problem !== null) return problem;
  }
  return null;
};

const alternatives: Accepts = (argument, path) => {
  if (!Array.isArray(argument) || argument.length === 0) return `${path} is not a list of schemas`;
  return (
    argument.map((schema, index) => refuseSchema(schema, `${path}/${index}`)).find((problem) => problem !== null) ??
    null
  );
};

const pattern: Accepts = (argument, path) => {
  if (typeof argument !== 'string' || argument.length > 500)
    return `${path} is not a pattern of at most 500 characters`;
  // A repeated group that repeats inside takes exponential time on some texts: (a+)+.
  if (/\([^()]*[+*}][^()]*\)[+*{]/.test(argument))
    return `${path} repeats a group that repeats inside, which can take hours`;
  return isRegularExpression(argument) ? null : `${path} is not a regular expression`;
};

function isRegularExpression(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

const keywords: Readonly<Record<string, Accepts>> = {
  type,
  enum: options,
  const: anything,
  title: anything,
  description: anything,
  writeOnly: anything,
  default: anything,
  examples: anything,
  minLength: count,
  maxLength: count,
  pattern,
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: number,
  items: refuseSchema,
  minItems: count,
  maxItems: count,
  uniqueItems: flag,
  properties: schemas,
  required: words,
  additionalProperties: refuseSchema,
  minProperties: count,
  maxProperties: count,
  propertyNames: refuseSchema,
  anyOf: alternatives,
  oneOf: alternatives,
  allOf: alternatives,
};
