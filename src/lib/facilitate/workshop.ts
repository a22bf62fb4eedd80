/** What the facilitator's page knows of a workshop: the answer of GET /api/v1/workshops/{id} to those who lead. */
import type { Language } from '#core/people/caller.ts';
import type { StageKind } from '#core/room/room.ts';

export type Titles = Readonly<Partial<Record<Language, string>>>;

export interface LedStage {
  readonly id: string;
  readonly kind: StageKind;
  readonly title: Titles;
  readonly boardId: string | null;
  readonly minutes: number | null;
}

export interface LedBoard {
  readonly id: string;
  readonly title: Titles;
  readonly zones: readonly { readonly id: string; readonly name: Titles }[];
}

export interface LedWorkshop {
  readonly id: string;
  readonly title: string;
  readonly titles: Titles;
  readonly timeZone: string;
  readonly languages: readonly Language[];
  readonly strategyId: string | null;
  readonly status: 'open' | 'closed';
  readonly doorOpen: boolean;
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly boards: readonly LedBoard[];
  readonly stages: readonly LedStage[];
  readonly stage: string | null;
  readonly joinCode: string;
  readonly joinUrl: string;
  readonly screenUrl: string;
}

export interface LedSnapshot {
  readonly id: string;
  readonly title: string;
  readonly hash: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
}

export interface LedPerson {
  readonly id: string;
  readonly name: string | null;
  readonly organisationId: string | null;
}
