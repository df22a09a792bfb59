/** First line of written files that may hold a comment: for the person who opens one to change it by hand. */
export const managedHeader =
  '# Written by opsctl. A change by hand is reported as drift, and the next apply writes over it.\n';
