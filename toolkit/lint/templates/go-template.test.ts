import { describe, expect, it } from 'vitest';
import { readTemplate } from './go-template.ts';

describe('what a template uses', () => {
  it.each([
    { text: '{{ $labels.instance }} of {{ .Labels.job }}', labels: ['instance', 'job'] },
    { text: '{{ with printf "up{x=\'%s\'}" .Labels.job | query }}{{ . | first | value }}{{ end }}', labels: ['job'] },
    { text: '{{ range query "up" }}{{ .Labels.instance }}{{ end }}{{ $labels.site }}', labels: ['site'] },
    { text: '{{- $labels.site -}} {{-$labels.job-}}', labels: ['site', 'job'] },
    { text: '{{ "}}" }} and {{ $labels.job }}', labels: ['job'] },
    { text: 'no action', labels: [] },
  ])('$text', ({ text, labels }) => {
    expect(readTemplate(text)).toMatchObject({ labels, problem: null });
  });

  it.each(['{{ $value }}', '{{ .Value | humanize }}', '{{ printf "%.2f" $value }}'])('%s shows the value', (text) => {
    expect(readTemplate(text)).toMatchObject({ usesValue: true, problem: null });
  });

  it.each([
    '{{ $x := printf "a" | query | first | value }}{{ if gt $x 1.0 }}s{{ else }}t{{ end }}',
    '{{/* a note */}}{{- range $i, $s := query "up" -}}{{ $i }}{{ $s.Value }}{{ end }}',
    '{{ $externalLabels.site }} {{ externalURL }} {{ "}}" }} {{ `{{` }}',
    '{{ define "x" }}{{ .args }}{{ end }}{{ template "x" (args 1 2) }}',
  ])('nothing is wrong with %s', (text) => {
    expect(readTemplate(text).problem).toBeNull();
  });
});

describe('what is wrong with a template', () => {
  it.each([
    { text: '{{ $labels.job is down', says: 'An action {{ is not closed with }}.' },
    { text: '{{ $value }} {{ $labels.job is down', says: 'An action {{ is not closed with }}.' },
    { text: '{{ if $value }}a', says: '{{ if }} has no {{ end }}.' },
    { text: 'a{{ end }}', says: 'An {{ end }} has nothing to end.' },
    { text: '{{ else }}', says: 'An {{ else }} stands in no {{ if }}.' },
    { text: '{{ if }}a{{ end }}', says: '{{ if }} has no condition.' },
    { text: '{{ }}', says: 'An action {{ }} is empty.' },
    { text: '{{ $value | humanise }}', says: "Prometheus' templates have no function humanise." },
    { text: '{{ $lables.job }}', says: "$lables is no variable of Prometheus' templates." },
    { text: '{{ .Annotations.x }}', says: ".Annotations is no field of Prometheus' templates." },
    { text: '{{ value }}', says: 'value is a function here, and is given nothing. Is $value meant?' },
    { text: '{{ "open }}', says: 'A text in quotes is not closed.' },
  ])('$text', ({ text, says }) => {
    expect(readTemplate(text).problem?.text).toBe(says);
  });
});
