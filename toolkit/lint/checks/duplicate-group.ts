import type { Check } from '../check.ts';

export const check: Check = {
  code: 'duplicate-group',
  about: 'rule-file',
  severity: 'error',
  summary: 'Two groups of one name',
  why: 'Prometheus refuses a file in which a name of a group is used twice.',
  hint: 'Rename one of them, or put their rules together.',
  bad: 'groups:\n  - name: hosts\n    rules: [{record: "job:up:sum", expr: sum by (job) (up)}]\n  - name: hosts\n    rules: [{record: "site:up:sum", expr: sum by (site) (up)}]\n',
  good: 'groups:\n  - name: jobs\n    rules: [{record: "job:up:sum", expr: sum by (job) (up)}]\n  - name: sites\n    rules: [{record: "site:up:sum", expr: sum by (site) (up)}]\n',
  judge: ({ groups, pointer }) => {
    const names = new Set<string>();
    return groups.flatMap((group) => {
      const isTwice = names.has(group.name);
      names.add(group.name);
      return isTwice
        ? [
            {
              text: `There is another group ${group.name} above.`,
              pointer: `${group.pointer.slice(pointer.length)}/name`,
            },
          ]
        : [];
    });
  },
};
