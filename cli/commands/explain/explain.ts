import {
  addressFields,
  type ConfigurationItem,
  makePartAddress,
  type Resource,
  type ResourcePart,
  splitPartAddress,
} from '../../../toolkit/model/index.ts';
import type { Content } from '../../../toolkit/operate/index.ts';
import type { OverrideDescription } from '../../../toolkit/plan/index.ts';
import { type AlertLinks, linksOfAlert, overridesIn } from './alert-links.ts';
import { type HeldBack, heldBackBy } from './held-back.ts';
import { type ItemSilence, silencesOfItem } from './silences-of-item.ts';

/** What `explain` has to say about one name. */
export type Explanation =
  | {
      readonly kind: 'resource';
      readonly resource: Resource;
      /** Tunings and waivers of alerts in it; none for what holds no rules. */
      readonly overrides: readonly OverrideDescription[];
    }
  | {
      readonly kind: 'part';
      readonly resource: Resource;
      readonly part: ResourcePart;
      /** Null when the part is no rule of an alert. */
      readonly links: AlertLinks | null;
    }
  | {
      readonly kind: 'item';
      readonly item: ConfigurationItem;
      /** Addresses of resources and parts that name the item among their reasons. */
      readonly derived: readonly string[];
      /** Parts that every item of its class has a share in, such as alerts: part names by address. */
      readonly byClass: readonly { readonly address: string; readonly parts: readonly string[] }[];
      readonly relatedFrom: readonly { readonly item: string; readonly type: string }[];
      /** Tunings and waivers of alerts for it. */
      readonly overrides: readonly OverrideDescription[];
      /** Declared silences that keep people from hearing of it. */
      readonly silences: readonly ItemSilence[];
      /** Alerts of what it depends on, while which its own are not told. */
      readonly heldBackBy: readonly HeldBack[];
    };

type Explained = Pick<Content, 'items' | 'resources'> & Partial<Pick<Content, 'placed'>>;

/** Null when nothing has that name. What is in a cluster has two: of the object, and of what it is elsewhere. */
export function explain(subject: string, content: Explained): Explanation | null {
  const item = content.items.find(({ id }) => id === subject);
  if (item !== undefined) return explainItem(item, content);
  const address = splitPartAddress(subject);
  const resource = [...content.resources, ...(content.placed ?? [])].find(
    (candidate) => candidate.address === address?.address,
  );
  if (address === null || resource === undefined) return null;
  const meant = content.resources.find((candidate) => candidate.address === resource.origin) ?? resource;
  if (address.part === null) return { kind: 'resource', resource, overrides: overridesIn(meant) };
  const part = resource.parts.find(({ name }) => name === address.part);
  if (part === undefined) return null;
  const meantPart = meant.parts.find(({ name }) => name === part.name) ?? part;
  return { kind: 'part', resource, part, links: linksOfAlert(meant, meantPart, content.resources) };
}

/** Everything that `explain` knows, for suggestions. */
export function explainableNames({ items, resources }: Pick<Content, 'items' | 'resources'>): readonly string[] {
  return [
    ...items.map(({ id }) => id),
    ...resources.flatMap(({ address, parts }) => [address, ...parts.map(({ name }) => makePartAddress(address, name))]),
  ];
}

function explainItem(item: ConfigurationItem, { items, resources }: Pick<Content, 'items' | 'resources'>): Explanation {
  const names = ({ derivation }: Pick<ResourcePart, 'derivation'>) =>
    derivation.some(({ subject }) => subject === item.id);
  const derived = resources.flatMap((resource): readonly string[] => {
    const parts = resource.parts.filter(names).map(({ name }) => makePartAddress(resource.address, name));
    return parts.length === 0 && names(resource) ? [resource.address] : parts;
  });
  const relatedFrom = items.flatMap(({ id, relations }) =>
    relations.filter(({ to }) => to === item.id).map(({ type }) => ({ item: id, type })),
  );
  const overrides = resources.flatMap(overridesIn).filter((override) => override.item === item.id);
  const waived = new Set(overrides.filter(({ severity }) => severity.after === null).map(({ alert }) => alert));
  const byClass = byClassOf(item, { derived, waived }, resources);
  const stacks = stacksOf(derived);
  const silences = silencesOfItem({ item, stacks, alerts: alertsIn(byClass) }, resources);
  const held = heldBackBy(item.id, stacks, resources);
  return { kind: 'item', item, derived, byClass, relatedFrom, overrides, silences, heldBackBy: held };
}

function stacksOf(derived: readonly string[]): ReadonlySet<string> {
  return new Set(derived.map((address) => address.slice(0, address.indexOf('/'))));
}

/** A tuned alert has a part of its own beside the common one: `HostDown:tuned-1`. */
function alertsIn(byClass: (Explanation & { kind: 'item' })['byClass']): readonly string[] {
  const rules = byClass.filter(({ address }) => address.split('/')[1] === 'prometheus-rules');
  return [...new Set(rules.flatMap(({ parts }) => parts.map((part) => part.split(':')[0] ?? part)))];
}

/** In the stacks that operate the item: what a rule of its class made. Recorded signals only serve the others. */
function byClassOf(
  item: ConfigurationItem,
  { derived, waived }: { readonly derived: readonly string[]; readonly waived: ReadonlySet<string> },
  resources: readonly Resource[],
) {
  const stacks = stacksOf(derived);
  const isOfClass = ({ name, derivation }: ResourcePart) =>
    !name.startsWith('signal:') &&
    !waived.has(name) &&
    derivation.some(({ kind, subject }) => kind === 'class-rule' && subject.startsWith(`${item.class}.`));
  return resources
    .filter(({ address }) => stacks.has(addressFields(address).stack))
    .map(({ address, parts }) => ({ address, parts: parts.filter(isOfClass).map(({ name }) => name) }))
    .filter(({ parts }) => parts.length > 0);
}
