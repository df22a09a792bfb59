import type { Signal } from 'opsctl';

/**
 * Of what is measured by a program beside it: while that does not answer, there is no word about the item itself, neither
 * good nor bad. The endpoints' `probed` says the same of a prober.
 */
export function exporterAnswers(from: string): Signal {
  return {
    title: { en: 'Exporter answers', zh: '采集器应答' },
    unit: 'boolean',
    direction: 'state',
    from,
    expression: (series) => series('up'),
    metrics: ['up'],
  };
}

/** Of what answers with its own metrics: whoever does not answer gives no service either. */
export function answersItself(from: string): Signal {
  return { ...exporterAnswers(from), title: { en: 'Answers', zh: '应答' } };
}
