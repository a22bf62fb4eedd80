/** When a workshop has had its time: so many days after it was put away, and a month after it was deleted. */
const DAY = 24 * 3600 * 1000;
const DELETED_DAYS = 30;
export const MOST_DAYS = 36_500;

/** @param standard days of the server's setting, for workshops without their own; null: kept until somebody erases them. */
export function dueAt(
  workshop: {
    readonly archivedAt: number | null;
    readonly deletedAt: number | null;
    readonly retentionDays: number | null;
  },
  standard: number | null,
): number | null {
  const days = workshop.retentionDays ?? standard;
  const ends = [
    ...(workshop.deletedAt === null ? [] : [workshop.deletedAt + DELETED_DAYS * DAY]),
    ...(workshop.archivedAt === null || days === null ? [] : [workshop.archivedAt + days * DAY]),
  ];
  return ends.length > 0 ? Math.min(...ends) : null;
}
