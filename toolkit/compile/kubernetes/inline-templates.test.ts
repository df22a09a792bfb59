import { expect, it } from 'vitest';
import { templateInliner } from './inline-templates.ts';

const file = `{{ define "subject" }}[{{ .Status | toUpper }}]{{ end }}
{{ define "one" }}
{{ if .Labels.item }}{{ .Labels.item }}{{ else }}{{ "}} {{ end }}" }}{{ end }}
{{ end }}
{{ define "all" -}}
{{ range .Alerts }}{{ template "one" . }}{{ end }}{{ end }}
`;
const subject = '{{ define "subject" }}[{{ .Status | toUpper }}]{{ end }}';
const one = `{{ define "one" }}
{{ if .Labels.item }}{{ .Labels.item }}{{ else }}{{ "}} {{ end }}" }}{{ end }}
{{ end }}`;
const all = `{{ define "all" -}}
{{ range .Alerts }}{{ template "one" . }}{{ end }}{{ end }}`;

it.each([
  { name: 'a text that calls nothing stays as it is', text: 'plain', inlined: 'plain' },
  {
    name: 'a template comes before the text that calls it, with nothing between',
    text: '{{ template "subject" . }}',
    inlined: `${subject}{{ template "subject" . }}`,
  },
  {
    name: 'templates that it calls come with it',
    text: 'All: {{- template "all" . -}}',
    inlined: `${one}${all}All: {{- template "all" . -}}`,
  },
  {
    name: 'one that nobody defines is left to Alertmanager',
    text: '{{ template "x" . }}',
    inlined: '{{ template "x" . }}',
  },
])('$name', ({ text, inlined }) => {
  expect(templateInliner([file])(text)).toBe(inlined);
});
