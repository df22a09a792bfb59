import type { Diagnostic, SourceSpan } from '../../diagnostics/index.ts';
import type {
  ConfigurationItem,
  JsonObject,
  KubernetesHome,
  Resource,
  ResourcePart,
  Stack,
} from '../../model/index.ts';
import type { OperatedStack } from '../operated-stack.ts';
import { homeDiagnostics } from './diagnostics.ts';

/** What a compiler of objects knows: the stack, where it is at home, and all that was derived for it. */
export interface HomeContext {
  readonly operated: OperatedStack;
  readonly home: KubernetesHome;
  /** Control points below, at all depths: their alerts arrive here. */
  readonly below: readonly Stack[];
  /** Of the stack, as they are where its systems have files. */
  readonly resources: readonly Resource[];
}

/** One object of the cluster, without what all objects of the stack have. */
export interface ObjectDraft {
  /** What it is where the systems have files; it gives owner, protection, reasons. */
  readonly of: Resource;
  readonly apiVersion: string;
  readonly kind: string;
  /** Name of the object by the name of what it is made of, so that a rename of that is one of the object. */
  readonly nameOf: (name: string) => string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** `spec`, `data`, what its kind has besides the metadata. */
  readonly body: JsonObject;
  readonly parts?: readonly ResourcePart[];
  /** The one item that it is about. */
  readonly item?: ConfigurationItem;
}

export interface Translated {
  readonly objects: readonly ObjectDraft[];
  readonly diagnostics: readonly Diagnostic[];
}

export const nothing: Translated = { objects: [], diagnostics: [] };

export function together(parts: readonly Translated[]): Translated {
  return {
    objects: parts.flatMap(({ objects }) => objects),
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
  };
}

interface Unsaid {
  /** Such as `The scrape job host-node`. */
  readonly what: string;
  /** JSON pointer of it in the spec of what it is in. */
  readonly pointer: string;
  readonly kind: string;
  readonly remedy: string;
  /** Where it is declared, when no part of the resource says so. */
  readonly position?: SourceSpan;
}

/** Fields that no object has a place for; told where the part is declared that has them. */
export function tellUnsaid(
  { operated }: HomeContext,
  resource: Resource,
  { what, pointer, kind, remedy, position = positionAt(resource, pointer) }: Unsaid,
  fields: readonly string[],
): readonly Diagnostic[] {
  return fields.map((field) =>
    homeDiagnostics.create(
      'inexpressible',
      { stack: operated.stack.name, what, field, kind, remedy },
      { position, subject: resource.address, found: field },
    ),
  );
}

/** Where the innermost part that a pointer leads to is declared. */
function positionAt({ parts, source }: Resource, pointer: string): SourceSpan {
  const around = parts
    .filter((part) => pointer === part.pointer || pointer.startsWith(`${part.pointer}/`))
    .sort((left, right) => right.pointer.length - left.pointer.length);
  return around[0]?.derivation.findLast((step) => step.source !== undefined)?.source ?? source;
}

/** The parts of a resource at their places in an object. */
export function movedParts({ parts }: Resource, from: string, to: string): readonly ResourcePart[] {
  return parts
    .filter(({ pointer }) => pointer === from || pointer.startsWith(`${from}/`))
    .map((part) => ({ ...part, pointer: `${to}${part.pointer.slice(from.length)}` }));
}

/** One job of Prometheus with its targets, wherever they are listed. */
export interface JobToMove {
  readonly job: JsonObject;
  readonly name: string;
  /** The main configuration, and where the job is in it. */
  readonly config: Resource;
  readonly pointer: string;
  /** The target list that it reads; null where its targets stand in the job. */
  readonly list: Resource | null;
}
