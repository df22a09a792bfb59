import { catalogue } from './catalogue.ts';
import { growth } from './growth.ts';
import { kubernetes } from './kubernetes.ts';
import { lead } from './lead.ts';
import { lint } from './lint.ts';
import { plan } from './plan.ts';
import { pulumi } from './pulumi.ts';
import { routing } from './routing.ts';
import type { Section } from './section.ts';
import { start } from './start.ts';

export const sections: readonly Section[] = [start, plan, lead, growth, routing, lint, catalogue, kubernetes, pulumi];
