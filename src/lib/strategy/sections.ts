/** The sections that a strategy of an association usually has, as headings to begin with; each language has its own. */
import type { Language } from '#core/people/caller.ts';
import { m } from '#messages/messages.js';

const TITLES = [
  m.draft_section_introduction,
  m.draft_section_review,
  m.draft_section_analysis,
  m.draft_section_swot,
  m.draft_section_mission,
  m.draft_section_priorities,
  m.draft_section_monitoring,
] as const;

export function sectionTitles(language: Language): string[] {
  return TITLES.map((title) => title({}, { locale: language }));
}
