import { applyDiagnostics } from '../../cli/commands/apply-diagnostics.ts';
import { previewDiagnostics } from '../../cli/commands/dashboards/diagnostics.ts';
import { driftDiagnostics } from '../../cli/commands/drift/diagnostics.ts';
import { explainDiagnostics } from '../../cli/commands/explain/diagnostics.ts';
import { generateDiagnostics } from '../../cli/commands/generate-diagnostics.ts';
import { initDiagnostics } from '../../cli/commands/init/diagnostics.ts';
import { renderDiagnostics } from '../../cli/commands/render/diagnostics.ts';
import { budgetDiagnostics } from '../../cli/commands/slo/diagnostics.ts';
import { stateCommandDiagnostics } from '../../cli/commands/state/diagnostics.ts';
import { opsctlDiagnostics } from '../../cli/program-diagnostics.ts';
import { bindingsDiagnostics } from '../../toolkit/compile/bindings/bindings-diagnostics.ts';
import { compileDiagnostics } from '../../toolkit/compile/compile-diagnostics.ts';
import { dashboardDiagnostics } from '../../toolkit/compile/dashboards/diagnostics.ts';
import { inclusionDiagnostics } from '../../toolkit/compile/included/diagnostics.ts';
import { inventoryDiagnostics } from '../../toolkit/compile/inventory/inventory-diagnostics.ts';
import { homeDiagnostics } from '../../toolkit/compile/kubernetes/diagnostics.ts';
import { manifestFileDiagnostics } from '../../toolkit/compile/manifests/diagnostics.ts';
import { pipelineDiagnostics } from '../../toolkit/compile/pipelines/pipeline-diagnostics.ts';
import { scriptDiagnostics } from '../../toolkit/compile/scripts/script-diagnostics.ts';
import { silenceDiagnostics } from '../../toolkit/compile/silences/diagnostics.ts';
import { sloDiagnostics } from '../../toolkit/compile/slos/slo-diagnostics.ts';
import { tenancyDiagnostics } from '../../toolkit/compile/tenancy/diagnostics.ts';
import type { DiagnosticDefinition } from '../../toolkit/diagnostics/define-diagnostics.ts';
import { engineDiagnostics } from '../../toolkit/engine/engine-diagnostics.ts';
import { lockDiagnostics } from '../../toolkit/engine/lock/lock-diagnostics.ts';
import { pulumiDiagnostics } from '../../toolkit/engine/pulumi/pulumi-diagnostics.ts';
import { stateDiagnostics } from '../../toolkit/engine/state/state-diagnostics.ts';
import { contentFileDiagnostics } from '../../toolkit/host/content-file-diagnostics.ts';
import { fileDiagnostics } from '../../toolkit/host/file-diagnostics.ts';
import { fileSetDiagnostics } from '../../toolkit/host/file-set/diagnostics.ts';
import { httpDiagnostics } from '../../toolkit/host/http/diagnostics.ts';
import { programDiagnostics } from '../../toolkit/host/program-diagnostics.ts';
import { importDiagnostics } from '../../toolkit/import/diagnostics.ts';
import { csvDiagnostics } from '../../toolkit/languages/csv/csv-diagnostics.ts';
import { opensloDiagnostics } from '../../toolkit/languages/openslo/openslo-diagnostics.ts';
import { promqlDiagnostics } from '../../toolkit/languages/promql/promql-diagnostics.ts';
import { textEncodingDiagnostics } from '../../toolkit/languages/text-encoding/text-encoding-diagnostics.ts';
import { yamlDiagnostics } from '../../toolkit/languages/yaml/yaml-diagnostics.ts';
import { lintDiagnostics, waiverDiagnostics } from '../../toolkit/lint/lint-diagnostics.ts';
import { lintReadingDiagnostics } from '../../toolkit/lint/read/diagnostics.ts';
import { declarationDiagnostics } from '../../toolkit/model/declaration-diagnostics.ts';
import { agentDiagnostics } from '../../toolkit/operate/agents/agent-diagnostics.ts';
import { backtestDiagnostics } from '../../toolkit/operate/backtest-diagnostics.ts';
import { baselineDiagnostics } from '../../toolkit/operate/baseline-diagnostics.ts';
import { contentDiagnostics } from '../../toolkit/operate/content-diagnostics.ts';
import { operateDiagnostics } from '../../toolkit/operate/operate-diagnostics.ts';
import { scriptTestDiagnostics } from '../../toolkit/operate/scripts/script-test-diagnostics.ts';
import { tenancyVerifyDiagnostics } from '../../toolkit/operate/tenancy/diagnostics.ts';
import { planDiagnostics } from '../../toolkit/plan/plan-diagnostics.ts';
import { policyDiagnostics } from '../../toolkit/policy/policy-diagnostics.ts';
import { alertmanagerDiagnostics } from '../../toolkit/providers/alertmanager/diagnostics.ts';
import { blackboxDiagnostics } from '../../toolkit/providers/blackbox/diagnostics.ts';
import { exporterDiagnostics } from '../../toolkit/providers/exporter/diagnostics.ts';
import { filesDiagnostics } from '../../toolkit/providers/files/diagnostics.ts';
import { grafanaDiagnostics } from '../../toolkit/providers/grafana/diagnostics.ts';
import { kubernetesDiagnostics } from '../../toolkit/providers/kubernetes/diagnostics.ts';
import { pipelineProgramDiagnostics } from '../../toolkit/providers/pipelines/diagnostics.ts';
import { prometheusDiagnostics } from '../../toolkit/providers/prometheus/diagnostics.ts';
import { manifestDiagnostics } from '../../toolkit/render-manifests/diagnostics.ts';
import { ruleTestDiagnostics } from '../../toolkit/rule-tests/diagnostics.ts';

export interface KnownCatalogue {
  readonly area: string;
  // biome-ignore lint/suspicious/noExplicitAny: the facts of a code are contravariant; here they are stand-ins.
  readonly definitions: Readonly<Record<string, DiagnosticDefinition<any>>>;
}

/** Every area of diagnostics. `test/docs/diagnostic-catalogues.test.ts` compares the list with the sources. */
export const diagnosticCatalogues: readonly KnownCatalogue[] = [
  // What is written in the repository.
  contentDiagnostics,
  contentFileDiagnostics,
  textEncodingDiagnostics,
  yamlDiagnostics,
  csvDiagnostics,
  promqlDiagnostics,
  opensloDiagnostics,
  inventoryDiagnostics,
  declarationDiagnostics,
  compileDiagnostics,
  sloDiagnostics,
  silenceDiagnostics,
  dashboardDiagnostics,
  previewDiagnostics,
  inclusionDiagnostics,
  manifestFileDiagnostics,
  homeDiagnostics,
  manifestDiagnostics,
  tenancyDiagnostics,
  scriptDiagnostics,
  bindingsDiagnostics,
  policyDiagnostics,
  lintDiagnostics,
  waiverDiagnostics,
  lintReadingDiagnostics,
  importDiagnostics,
  ruleTestDiagnostics,
  scriptTestDiagnostics,
  // What is planned and applied.
  planDiagnostics,
  applyDiagnostics,
  engineDiagnostics,
  pulumiDiagnostics,
  lockDiagnostics,
  stateDiagnostics,
  // Real systems.
  prometheusDiagnostics,
  alertmanagerDiagnostics,
  blackboxDiagnostics,
  exporterDiagnostics,
  pipelineDiagnostics,
  pipelineProgramDiagnostics,
  grafanaDiagnostics,
  kubernetesDiagnostics,
  filesDiagnostics,
  fileSetDiagnostics,
  httpDiagnostics,
  fileDiagnostics,
  programDiagnostics,
  // The program.
  operateDiagnostics,
  driftDiagnostics,
  explainDiagnostics,
  agentDiagnostics,
  backtestDiagnostics,
  baselineDiagnostics,
  budgetDiagnostics,
  tenancyVerifyDiagnostics,
  generateDiagnostics,
  initDiagnostics,
  renderDiagnostics,
  stateCommandDiagnostics,
  opsctlDiagnostics,
];
