import type { Check } from '../check.ts';

/** Of files that are provisioned, every one: what is changed in Grafana is lost with the next reload. */
export const check: Check = {
  code: 'dashboard-editable',
  about: 'dashboard',
  severity: 'notice',
  summary: 'Dashboard that people can change in Grafana',
  why: 'A dashboard from a file is replaced whenever the file is loaded, and with it what somebody improved in the browser.',
  hint: 'Set editable to false, so that changes are made where they last.',
  bad: '{"title": "Hosts", "schemaVersion": 39, "editable": true, "panels": []}',
  good: '{"title": "Hosts", "schemaVersion": 39, "editable": false, "panels": []}',
  judge: ({ value, title }) =>
    value.editable === true ? [{ text: `"${title}" is editable.`, pointer: '/editable' }] : [],
};
