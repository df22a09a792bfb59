export { counted, groupThousands } from './counted.ts';
export { type DiagnosticCatalogue, type DiagnosticDefinition, defineDiagnostics } from './define-diagnostics.ts';
export { type Diagnostic, type Occurrence, sortDiagnostics } from './diagnostic.ts';
export { Failure } from './failure.ts';
export { pointerSteps, pointerTo } from './json-pointer.ts';
export { nearestName } from './nearest-name.ts';
export { isAtLeast, type Severity, severities } from './severity.ts';
export { compareSpans, printSpan, type SourceSpan } from './source-span.ts';
