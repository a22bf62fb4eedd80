/** What the server tells of a strategy beside its text. */
import type { App } from '#server/app.ts';

export type StrategyView = Extract<Awaited<ReturnType<App['strategies']['view']>>, { ok: true }>['value'];
