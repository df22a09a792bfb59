/** Who applies rendered manifests, and what it has to be told. */
export type Reconciler =
  /** A person or a pipeline, with `kubectl apply --server-side -R -f`. */
  | { readonly tool: 'kubectl' }
  /** Flux, from a source that it has already. */
  | {
      readonly tool: 'flux';
      /** Name of the GitRepository. */
      readonly source: string;
      /** Where the rendered folder is in the source; empty: it is all of it. */
      readonly path: string;
      /** In which Flux keeps its objects. */
      readonly namespace: string;
    }
  /** Argo CD, from a repository of Git. */
  | {
      readonly tool: 'argocd';
      /** URL of the repository. */
      readonly source: string;
      readonly path: string;
      /** Branch, tag or commit. */
      readonly revision: string;
      readonly namespace: string;
      /** Name of the cluster in Argo CD, or its URL. */
      readonly cluster: string;
    };
