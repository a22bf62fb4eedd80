/**
 * What a template is: the areas of a board and the stages that a room goes through on it. Templates are data; no code asks
 * for one by name.
 */
import type { Language } from '../people/caller.ts';
import type { StageKind } from '../room/room.ts';

export type Words = Readonly<Record<Language, string>>;

export interface Zone {
  readonly id: string;
  readonly name: Words;
  /** Which sign stands beside the name; the screen knows how to draw it. */
  readonly icon?: ZoneIcon;
  /** Which tint the area has; notes keep their own colours. */
  readonly tint?: ZoneTint;
}

export const ZONE_ICONS = [
  'strength',
  'weakness',
  'opportunity',
  'threat',
  'achievement',
  'problem',
  'resource',
  'action',
  'option',
  'idea',
  'so',
  'wo',
  'st',
  'wt',
  'political',
  'economic',
  'social',
  'technological',
  'legal',
  'environmental',
] as const;
export type ZoneIcon = (typeof ZONE_ICONS)[number];

export const ZONE_TINTS = ['green', 'rose', 'blue', 'yellow', 'violet', 'grey'] as const;
export type ZoneTint = (typeof ZONE_TINTS)[number];

export interface TemplateStage {
  readonly kind: StageKind;
  readonly title: Words;
  readonly minutes: number;
}

export interface Template {
  readonly id: string;
  readonly name: Words;
  /** One sentence for the person who chooses. */
  readonly about: Words;
  /** In reading order. */
  readonly zones: readonly Zone[];
  /** In the order of the day; every template people write on has a `collect` stage. */
  readonly stages: readonly TemplateStage[];
}
