import { defineStack, items } from 'opsctl';

export default defineStack({ name: 'hq', tier: 'L1', site: 'hq', team: 'hq-ops' }).operate(items.where({ site: 'hq' }));
