import type { Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery as PrometheusQuery } from '@grafana/grafana-foundation-sdk/prometheus';

/**
 * A dashboard as it is in a file. Names of enumerations are not in JSON, only their values, so they stand in their
 * place; a query of the SDK may be any data source's, and ours are all for Prometheus.
 */
export type JsonDashboard = Json<Dashboard>;

type Json<T> = T extends string
  ? `${T}`
  : T extends readonly (infer Entry)[]
    ? Json<Entry>[]
    : T extends Dataquery
      ? Fields<Omit<PrometheusQuery, keyof Dataquery>>
      : T extends object
        ? Fields<T>
        : T;

type Fields<T> = { [Name in keyof T]: Json<T[Name]> };
