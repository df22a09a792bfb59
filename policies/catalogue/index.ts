import type { Policy } from 'opsctl';
import { labelHygiene } from './alerts/label-hygiene.ts';
import { routed } from './alerts/routed.ts';
import { runbookRequired } from './alerts/runbook-required.ts';
import { severityKnown } from './alerts/severity-known.ts';
import { silenceByHand } from './alerts/silence-by-hand.ts';
import { silenceOver } from './alerts/silence-over.ts';
import { silenceTerm } from './alerts/silence-term.ts';
import { tuningReason } from './alerts/tuning-reason.ts';
import { waiverTerm } from './alerts/waiver-term.ts';
import { blastRadius } from './changes/blast-radius.ts';
import { deleteBrake } from './changes/delete-brake.ts';
import { overwritesDrift } from './changes/overwrites-drift.ts';
import { protectedObjects } from './changes/protected.ts';
import { criticalMonitored } from './cmdb/critical-monitored.ts';
import { hostRelation } from './cmdb/host-relation.ts';
import { naming } from './cmdb/naming.ts';
import { owned } from './cmdb/owned.ts';
import { supplierContract } from './cmdb/supplier-contract.ts';
import { escalationSet } from './routing/escalation-set.ts';
import { loopbackOrTls } from './security/loopback-or-tls.ts';
import { noPlainSecrets } from './security/no-plain-secrets.ts';
import { isolated } from './tenancy/isolated.ts';
import { openingReason } from './tenancy/opening-reason.ts';

/** Policies by area, for waivers: `.waive(item('old-plc-gw'), cmdb.criticalMonitored, { ... })`. */
export const alerts = {
  labelHygiene,
  routed,
  runbookRequired,
  severityKnown,
  silenceByHand,
  silenceOver,
  silenceTerm,
  tuningReason,
  waiverTerm,
};
/** Policies over a plan. */
export const changes = { blastRadius, deleteBrake, overwritesDrift, protected: protectedObjects };
/** Policies over items. */
export const cmdb = { criticalMonitored, hostRelation, naming, owned, supplierContract };
/** Policies over who is told. */
export const routing = { escalationSet };
/** Policies over secrets and connections. */
export const security = { loopbackOrTls, noPlainSecrets };
/** Policies over what tenants have in clusters. */
export const tenancy = { isolated, openingReason };

/** Policies that any organisation uses. */
export const standardPolicies: readonly Policy[] = Object.freeze(
  [alerts, changes, cmdb, routing, security, tenancy].flatMap((area) => Object.values<Policy>(area)),
);
