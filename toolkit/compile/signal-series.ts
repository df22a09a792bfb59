/**
 * Name under which a signal is recorded: `signal:http_endpoint_up`. Rules write it, dashboards and the tiers above read
 * it, so no compiler owns it.
 */
export function signalSeries(classId: string, signalKey: string): string {
  const words = `${classId}_${signalKey.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
  return `signal:${words.replaceAll('-', '_')}`;
}
