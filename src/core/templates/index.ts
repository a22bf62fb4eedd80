/** All templates, in the order in which they are offered. */
import { pestle, situation, swot } from './analysis.ts';
import { blank, priorities, programmeReview, tows } from './choices.ts';
import type { Template } from './types.ts';

export const TEMPLATES: readonly Template[] = [swot, situation, priorities, programmeReview, tows, pestle, blank];

export function templateById(id: string): Template | null {
  return TEMPLATES.find((template) => template.id === id) ?? null;
}

/** Zone ids of a template in reading order; none for an unknown one. */
export function zonesOf(templateId: string): readonly string[] {
  return templateById(templateId)?.zones.map(({ id }) => id) ?? [];
}

export type { Template, TemplateStage, Words, Zone, ZoneIcon, ZoneTint } from './types.ts';
