/** What the facilitator's page knows of a workshop: the answer of GET /api/v1/workshops/{id} to those who lead. */
import type { Language } from '#core/people/caller.ts';
import type { Material, StageKind, StageView } from '#core/room/room.ts';
import type { Permissions } from '#core/stage/permissions.ts';

export type Titles = Readonly<Partial<Record<Language, string>>>;

export interface LedStage {
  readonly id: string;
  readonly kind: StageKind;
  readonly title: Titles;
  readonly boardId: string | null;
  readonly minutes: number | null;
  readonly instruction?: Titles | null;
  /** What differs from the defaults of its kind. */
  readonly permissions?: Partial<Permissions> | null;
  readonly materials?: readonly Material[] | null;
  readonly view?: StageView | null;
  readonly skipped?: boolean;
  readonly moderated?: boolean;
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
  readonly organisations: readonly { readonly id: string; readonly name: string; readonly seats?: number | null }[];
  readonly boards: readonly LedBoard[];
  readonly stages: readonly LedStage[];
  readonly stage: string | null;
  /** The workshop that is rehearsed here; null: this is a real one. */
  readonly rehearsalOf: string | null;
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

/** A line of a round's roll. */
export interface RollRow {
  readonly participantId: string;
  readonly name: string | null;
  readonly organisationId: string | null;
  readonly voter: boolean;
  readonly admittedLate: boolean;
  readonly struck: boolean;
  /** Leads as well: votes only where the round says so. */
  readonly crew: boolean;
  /** The number of a group of people who may be one; null: nobody like them. */
  readonly double: number | null;
}

export interface LedPerson {
  /** ISO 8601, UTC. */
  readonly joinedAt?: string;
  readonly id: string;
  readonly name: string | null;
  readonly organisationId: string | null;
}
