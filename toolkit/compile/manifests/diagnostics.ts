import { defineDiagnostics } from '../../diagnostics/index.ts';

export const manifestFileDiagnostics = defineDiagnostics('manifest-file', {
  'no-files': {
    severity: 'error',
    summary: 'No manifest files of that name',
    detail: ({ pattern, known }: { pattern: string; known: readonly string[] }) =>
      `${pattern} matches no YAML file below stacks/manifests/. There ${known.length === 0 ? 'is none' : `are ${known.slice(0, 8).join(', ')}${known.length > 8 ? ' and others' : ''}`}.`,
    hint: 'Correct the pattern, or put the files there. `*` stands for any text.',
  },
  template: {
    severity: 'error',
    summary: 'Manifest is a template',
    detail: ({ found }: { found: string }) =>
      `${found} is filled in by Helm or the like, and nobody has done that here.`,
    hint: 'Render it first (`helm template ... > stacks/manifests/NAME.yaml`), or declare the object with defineKubernetesObject.',
  },
  'no-object': {
    severity: 'error',
    summary: 'Not an object of Kubernetes',
    detail: ({ lacks }: { lacks: string }) => `It has no ${lacks}.`,
    hint: 'Each document is one object, or a List of them: with apiVersion, kind and metadata.name. Delete what is none.',
  },
  'two-meanings': {
    severity: 'error',
    summary: 'Value means something else to kubectl',
    detail: ({ written, here, there }: { written: string; here: string; there: string }) =>
      `${written} is ${here} in YAML 1.2, as it is read here, and ${there} in YAML 1.1, as kubectl reads it.`,
    hint: ({ there, here }) =>
      `Write what is meant so that it has one meaning: ${there}, or "${here}" in quotes for a text.`,
  },
});
