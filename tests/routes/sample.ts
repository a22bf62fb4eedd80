/** The smallest body that a schema takes, with ids of things that are there: so that what answers is the rule and not the parser. */
import type { JsonSchema } from '../../src/lib/http/json-schema.ts';
import type { World } from './world.ts';

/** By name of the property, whatever its schema says. */
function known(name: string, world: World): unknown {
  const { boardId, noteId, groupId, snapshotId, participantId, optionIds, stages, strategyId } = world;
  const values: Record<string, unknown> = {
    ...{ boardId, noteId, groupId, snapshotId, participantId, strategyId },
    noteIds: [noteId],
    optionIds,
    stageId: stages['collect'],
    zone: 'strengths',
    template: 'swot',
    of: 'notes',
    method: { kind: 'dots', budget: 3 },
    at: undefined,
    from: boardId,
    fromBoardId: boardId,
    roundId: world.roundId,
    workshopId: world.workshopId,
  };
  return values[name];
}

export function sample(schema: JsonSchema, world: World, name = ''): unknown {
  const given = known(name, world);
  if (given !== undefined) return given;
  const s = schema as {
    type?: string;
    properties?: Record<string, JsonSchema>;
    required?: string[];
    enum?: unknown[];
    const?: unknown;
    anyOf?: JsonSchema[];
    items?: JsonSchema;
    minItems?: number;
    minimum?: number;
    minLength?: number;
    format?: string;
    default?: unknown;
  };
  if (s.const !== undefined) return s.const;
  if (s.enum) return s.enum[0];
  if (s.anyOf) return sample(s.anyOf[0] ?? {}, world, name);
  switch (s.type) {
    case 'object':
      return Object.fromEntries((s.required ?? []).map((key) => [key, sample(s.properties?.[key] ?? {}, world, key)]));
    case 'array':
      return Array.from({ length: s.minItems ?? 0 }, () => sample(s.items ?? {}, world, name));
    case 'integer':
    case 'number':
      return s.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      if (s.format === 'date-time') return '2026-01-01T00:00:00Z';
      if (s.format === 'date') return '2026-01-01';
      return 'x'.repeat(Math.max(1, s.minLength ?? 1));
    default:
      return {};
  }
}
