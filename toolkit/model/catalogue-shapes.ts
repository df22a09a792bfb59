import type { AlertDeclaration } from './alert-pack.ts';
import { alert, alertFields, extraLabels } from './alert-shapes.ts';
import type { AlertDisabling, AlertPatch, PatchChange } from './catalogue-patch.ts';
import type { ClassDashboard, DashboardRow } from './class-dashboard.ts';
import { classFields, exporterScheme, metricsPath, objectClass } from './class-shapes.ts';
import type { LibraryPanel } from './dashboard-panel.ts';
import { bilingual, criticality, duration, severity, source, terms } from './declared-words.ts';
import { ipmiModule, modbusModule, snmpAccess, snmpModule } from './device-module-shapes.ts';
import { exporterAccess } from './exporter-access-shape.ts';
import type { ObjectClass } from './object-class.ts';
import { andOthers, anObject, fieldsOf, listOf, made, maybe, oneOf, recordOf, someText, variants } from './shape.ts';
import { threshold, thresholdCase } from './threshold-shapes.ts';

const aPanel = andOthers(
  made<Pick<LibraryPanel, 'kind' | 'id'>>(
    { kind: oneOf(['panel']), id: someText },
    'a panel made by definePanel({...})',
  ),
);

const dashboardFields = {
  title: bilingual,
  rows: listOf(fieldsOf<DashboardRow>({ title: bilingual, signals: listOf(someText), panels: maybe(listOf(aPanel)) })),
  overview: maybe(listOf(someText)),
  forecast: maybe(listOf(someText)),
};

export const dashboard = made<ClassDashboard>(
  { ...dashboardFields, class: objectClass, source },
  'a dashboard made by defineClassDashboard(...)',
);

export const catalogueShapes = {
  class: fieldsOf<Omit<ObjectClass, 'source'>>(classFields),
  /** What the function `module` of a probe gives. */
  module: fieldsOf<{ name: string; settings: unknown }>({ name: someText, settings: anObject }),
  metricsPath,
  exporterScheme,
  exporterAccess,
  snmpModule,
  snmpAccess,
  modbusModule,
  ipmiModule,
  alertPack: fieldsOf<{ class: unknown; alerts: unknown }>({
    class: objectClass,
    alerts: recordOf(fieldsOf<AlertDeclaration>(alertFields)),
  }),
  dashboard: fieldsOf<{ class: unknown; declaration: unknown }>({
    class: objectClass,
    declaration: fieldsOf<Omit<ClassDashboard, 'class' | 'source'>>(dashboardFields),
  }),
};

/** The arguments of each call. */
export const patchShapes = {
  patch: fieldsOf<Pick<AlertPatch, 'alert' | 'change'>>({
    alert,
    change: fieldsOf<PatchChange>(
      {
        threshold: maybe(threshold),
        thresholds: maybe(listOf(thresholdCase)),
        for: maybe(duration),
        severity: maybe(severity),
        summary: maybe(bilingual),
        runbook: maybe(someText),
        labels: maybe(extraLabels()),
        criticality: maybe(listOf(criticality)),
        reason: someText,
      },
      'what changes, and why: { threshold, thresholds, for, severity, summary, runbook, labels, criticality, reason }',
    ),
  }),
  disable: fieldsOf<Pick<AlertDisabling, 'alert' | 'terms'>>({ alert, terms }),
};

export const cataloguePatch = variants(
  'kind',
  { 'alert-patch': andOthers(patchShapes.patch), 'alert-disabling': andOthers(patchShapes.disable) },
  { expected: 'patch(alert, {...}) or disable(alert, {...})' },
);
