import type { SourceSpan } from '../diagnostics/index.ts';

/** Namespaces of a cluster that are one tenant's alone, as a stack declares them. */
export interface TenantIsolation {
  /** Id of a tenant of the organisation. */
  readonly tenant: string;
  readonly terms: IsolationTerms;
  readonly source: SourceSpan;
}

/**
 * What a tenant is given. Everything that is not said here is closed: nobody but its groups gets in, no packet goes in
 * or out, no privileged pod starts.
 */
export interface IsolationTerms {
  /** Names of namespaces, all with the terms below. A namespace is one tenant's only. */
  readonly namespaces: readonly string[];
  /** Groups of the tenant, as the cluster knows them from its logins. */
  readonly access: TenantAccess;
  /** What each of the namespaces may use, requests and limits alike. */
  readonly quota: TenantQuota;
  /** What a container has that does not say itself. */
  readonly limits?: TenantLimits;
  /** Traffic that is let through. */
  readonly openings?: readonly TenantOpening[];
  /** Pod Security Standard that pods are held to; `restricted` when not given. */
  readonly podSecurity?: PodSecurityLevel;
  /** Version of that standard, such as `v1.34`; `latest` when not given: that of the cluster. */
  readonly podSecurityVersion?: string;
}

export type PodSecurityLevel = 'restricted' | 'baseline';

/** Groups by what they may do; at least one. */
export interface TenantAccess {
  /** As `edit`, and in containers: `exec`, `port-forward`; and accounts of services. */
  readonly admin?: readonly string[];
  /** Workloads, configuration and secrets. */
  readonly edit?: readonly string[];
  /** Looks at everything but secrets, and changes nothing. */
  readonly view?: readonly string[];
}

export type AccessLevel = keyof TenantAccess;

/** Quantities as Kubernetes writes them. */
export interface TenantQuota {
  /** Such as `8`, `500m`. */
  readonly cpu: string;
  /** Such as `16Gi`. */
  readonly memory: string;
  /** Of volumes, all together; none may be claimed when not given. */
  readonly storage?: string;
  /** Disk of the nodes that containers fill; `20Gi` when not given. */
  readonly ephemeralStorage?: string;
  /** 50 when not given. */
  readonly pods?: number;
  /** How many objects of a kind there may be, where that differs from what is usual. */
  readonly objects?: Readonly<Partial<Record<QuotaObject, number>>>;
}

/** Kinds that fill a store or cost something outside. Neither load balancers nor node ports unless they are given. */
export type QuotaObject =
  | 'configmaps'
  | 'cronjobs'
  | 'deployments'
  | 'jobs'
  | 'loadBalancers'
  | 'nodePorts'
  | 'secrets'
  | 'services'
  | 'statefulsets'
  | 'volumeClaims';

/** Of one container. */
export interface TenantLimits {
  /** What is reserved for it; 100m, 128Mi and 100Mi when not given. */
  readonly request?: ContainerSize;
  /** What it may use at most; 500m, 512Mi and 1Gi when not given. */
  readonly limit?: ContainerSize;
  /** What it may ask for at most; all of the quota when not given. */
  readonly max?: ContainerSize;
}

export interface ContainerSize {
  readonly cpu?: string;
  readonly memory?: string;
  readonly ephemeralStorage?: string;
}

/** Traffic that is let through, to somewhere or from somewhere, and why. */
export type TenantOpening = OpeningTo | OpeningFrom;

export interface OpeningTo extends OpeningTerms {
  /**
   * `dns`: the name service of the cluster. `itself`: between the pods of the tenant, both ways. Another tenant has to
   * open the other end.
   */
  readonly to: 'dns' | 'itself' | OpeningPeer;
}

export interface OpeningFrom extends OpeningTerms {
  /** `monitoring`: the namespace that the stack is at home in. */
  readonly from: 'monitoring' | OpeningPeer;
}

export interface OpeningTerms {
  /** Such as `5432`, `'53/udp'`; all when not given. */
  readonly ports?: readonly (number | string)[];
  readonly reason: string;
}

export type OpeningPeer = TenantPeer | NamespacePeer | NetworkPeer;

export interface TenantPeer {
  readonly tenant: string;
}

/** Pods of a namespace that is no tenant's, such as those behind a Service. */
export interface NamespacePeer {
  readonly namespace: string;
  /** Labels of the pods; all of them when not given. */
  readonly pods?: Readonly<Record<string, string>>;
}

/** Addresses outside of the cluster. */
export interface NetworkPeer {
  readonly cidr: string;
  readonly except?: readonly string[];
}
