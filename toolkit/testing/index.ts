export { absentMetrics } from './absent-metrics.ts';
export {
  describeProvider,
  type ProviderHarness,
  type ProviderSample,
  plainContext,
  type RefusedSample,
  type TargetUnderTest,
} from './describe-provider.ts';
export { directoryContents, directoryFingerprint } from './directory-target.ts';
export {
  aChange,
  aCompiledInput,
  anAlertRule,
  anItem,
  anOrganisation,
  aPlan,
  aPolicyInput,
  aResource,
  aRuleFile,
  aStack,
  findingsOf,
  manyResources,
} from './policy-input.ts';
