export function generateIds(_items: readonly unknown[]): string { return ''; }
