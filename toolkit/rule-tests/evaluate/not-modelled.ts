/** Something of PromQL that the model does not know: the rule is then listed as uncovered, with this as the reason. */
export class NotModelled extends Error {}

/** Prometheus itself would stop at this, such as at two series where one is to match. */
export class EvaluationFails extends Error {}
