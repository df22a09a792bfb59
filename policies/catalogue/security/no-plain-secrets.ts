import {
  type ConfigurationItem,
  definePolicy,
  isJsonObject,
  isSecretReference,
  type JsonValue,
  partAt,
  type Resource,
} from 'opsctl';

export const noPlainSecrets = definePolicy({
  id: 'security/no-plain-secrets',
  level: 'mandatory',
  title: { en: 'Secrets must be references', zh: '密钥与口令只能以引用方式出现' },
  rationale:
    'What is once committed stays in the history of every clone, in the state and in the plan, and is read by everybody who reviews.',
  remedy:
    'Declare a reference such as `{ $secret: "env:WECOM_SECRET" }`. If the value was committed, it is known: change it at its system.',
  clauses: ['S2:10.2.2.e', 'S1:8.7.1.1.b'],
  check: ({ items, resources }) => [
    ...items.flatMap(inItem),
    // A record repeats its item, which says where the value stands.
    ...resources.filter(({ type }) => type !== 'cmdb-record').flatMap(inResource),
  ],
});

function inItem({ id, attributes, identity, fieldSources }: ConfigurationItem) {
  return findSecrets({ attributes, identity }).map(({ pointer, what }) => {
    const position = fieldSources?.[pointer];
    return {
      subject: id,
      item: id,
      message: `${id} holds ${what} in ${pointer}.`,
      ...(position === undefined ? {} : { position }),
    };
  });
}

function inResource(resource: Resource) {
  return findSecrets(resource.spec).map(({ pointer, what }) => {
    const subject = partAt(resource, pointer);
    return { subject, item: null, message: `${subject} holds ${what} in ${pointer}.` };
  });
}

interface PlainSecret {
  readonly pointer: string;
  /** What it looks like; never the value. */
  readonly what: string;
}

function findSecrets(root: JsonValue): readonly PlainSecret[] {
  const found: PlainSecret[] = [];
  // The way to the value being looked at; a pointer is made of it only where something is found.
  const path: (string | number)[] = [];
  const search = (value: JsonValue, name: string): void => {
    if (typeof value === 'string') {
      const what = lookOf(name, value);
      if (what !== null) found.push({ pointer: pointerOf(path), what });
    } else if (Array.isArray(value)) {
      for (const [index, child] of value.entries()) {
        path.push(index);
        search(child, name);
        path.pop();
      }
    } else if (isJsonObject(value) && !isSecretReference(value)) {
      for (const key of Object.keys(value)) {
        path.push(key);
        search(value[key] as JsonValue, key);
        path.pop();
      }
    }
  };
  search(root, '');
  return found;
}

function pointerOf(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What gives a secret away whatever field it stands in. */
const shapes: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----|AGE-SECRET-KEY-1[0-9A-Z]{58}/ },
  { what: 'an address with a password in it', pattern: /:\/\/[^\s/:@?#]*:[^\s/@?#${<]+@/ },
  {
    what: 'an address with a key in it',
    pattern: /[?&](?:key|token|access_token|secret|sign|signature|password|apikey|api_key)=[^&\s${<]{8,}/i,
  },
  {
    what: 'a chat webhook, which is a key by itself',
    pattern: /hooks\.slack\.com\/services\/\w+\/\w+\/\w+|open\.feishu\.cn\/open-apis\/bot\/v2\/hook\/[\w-]{20,}/,
  },
  { what: 'an authorization header', pattern: /\b(?:Bearer|Basic) [A-Za-z0-9+/._~-]{16,}/ },
  { what: 'a signed token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]+/ },
  {
    what: 'an access token',
    pattern:
      /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{36,}|github_pat_\w{22,}|glpat-[\w-]{20,}|glsa_\w{32,}|xox[abprs]-[\w-]{10,}|hvs\.[\w-]{24,}|LTAI[0-9A-Za-z]{12,})/,
  },
];

/** One pass over a text tells whether a closer look is worth while; hardly any text is. */
const anyShape = new RegExp(shapes.map(({ pattern }) => `(?:${pattern.source})`).join('|'), 'i');
const shortestShape = 12;

function lookOf(name: string, text: string): string | null {
  if (text === '') return null;
  if (isSecretName(name) && isLiteral(text)) return `what its name says is a secret (${name})`;
  if (text.length < shortestShape || !anyShape.test(text)) return null;
  return shapes.find(({ pattern }) => pattern.test(text))?.what ?? null;
}

const secretNames = new Map<string, boolean>();

/** `smtp_auth_password` and `apiSecret`, but not `password_file` and `tokenCount`. Names come again and again. */
function isSecretName(name: string): boolean {
  const known = secretNames.get(name);
  if (known !== undefined) return known;
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const answer =
    /(?:^|[_.-])(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|(?:api|access|private|secret|routing|service|integration|encryption|signing)[_.-]?key)$/.test(
      words,
    );
  secretNames.set(name, answer);
  return answer;
}

/** A template, a placeholder or a mask holds no secret. */
function isLiteral(text: string): boolean {
  return !/^(?:<[^>]*>|\*+|x+|\$\{?\w.*|\{\{.*\}\}|(?:env|file):.*)$/i.test(text.trim());
}
