/**
 * Runs `work` over all items, at most `width` at a time, and gives the results in the order of the items. The first
 * failure stops new work from starting and is thrown once what runs has ended, so nothing goes on behind the caller.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Array<Result>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      // `index` is below the length, so there is an item.
      await work(items[index] as Item, index).then(
        (result) => {
          results[index] = result;
        },
        (failure: unknown) => failures.push(failure),
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
