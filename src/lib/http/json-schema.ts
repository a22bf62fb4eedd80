/**
 * From a valibot schema to JSON Schema 2020-12, for the description of the API: what the routes parse with and what is
 * written down is one thing. Total for the constructs in use; an unknown one throws, which the test of the description
 * finds. Checks that JSON Schema cannot say (a text that is not blank) are left to the sentence beside.
 */
import type * as v from 'valibot';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** What stands under `components.schemas`, by the schema it was made from. */
export type Names = ReadonlyMap<unknown, string>;

/** The parts of valibot's schemas and actions that are read here. */
interface Part {
  readonly kind: 'schema' | 'validation' | 'transformation' | 'metadata';
  readonly type: string;
  readonly requirement?: unknown;
  readonly pipe?: readonly Part[];
  readonly entries?: Readonly<Record<string, Part>>;
  readonly item?: Part;
  readonly wrapped?: Part;
  readonly default?: unknown;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly key?: Part;
  readonly value?: Part;
  readonly getter?: (input: unknown) => Part;
}

const OPTIONAL = ['optional', 'exact_optional', 'undefinedable'];

/** @param names schemas that are referred to; the one that is asked for itself is always written out. */
export function jsonSchema(schema: v.GenericSchema, names: Names = new Map()): JsonSchema {
  return write(schema as unknown as Part, names, true);
}

function write(part: Part, names: Names, whole = false): JsonSchema {
  const name = names.get(part);
  if (name !== undefined && !whole) return { $ref: `#/components/schemas/${name}` };
  if (!part.pipe) return base(part, names);
  const [first, ...actions] = part.pipe;
  const shape = first ? write(first, names) : {};
  return Object.assign({}, shape, ...actions.map((action) => limit(action, shape))) as JsonSchema;
}

function base(part: Part, names: Names): JsonSchema {
  const inner = (one: Part | undefined): JsonSchema => (one ? write(one, names) : {});
  switch (part.type) {
    case 'string':
    case 'number':
    case 'boolean':
      return { type: part.type };
    case 'unknown':
    case 'any':
      return {};
    case 'null':
      return { type: 'null' };
    case 'literal':
      return { const: part.literal };
    case 'picklist':
      return { type: 'string', enum: part.options };
    case 'array':
      return { type: 'array', items: inner(part.item) };
    case 'record':
      return { type: 'object', additionalProperties: inner(part.value) };
    case 'object':
    case 'loose_object':
    case 'strict_object':
      return object(part, names);
    case 'nullable':
    case 'nullish':
      return { anyOf: [inner(part.wrapped), { type: 'null' }], ...preset(part) };
    case 'optional':
    case 'exact_optional':
    case 'undefinedable':
      return { ...inner(part.wrapped), ...preset(part) };
    case 'union':
    case 'variant':
      return { anyOf: (part.options as readonly Part[]).map(inner) };
    case 'lazy':
      // Those in use look at their input: a text, or an object with a text for each language.
      return { anyOf: [inner(part.getter?.('')), inner(part.getter?.({}))] };
    default:
      throw new Error(`no JSON Schema for valibot's ${part.type}`);
  }
}

function object(part: Part, names: Names): JsonSchema {
  const entries = Object.entries(part.entries ?? {});
  const required = entries
    .filter(([, entry]) => !OPTIONAL.includes(entry.type) && entry.type !== 'nullish')
    .map(([key]) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, entry]) => [key, write(entry, names)])),
    ...(required.length > 0 && { required }),
    ...(part.type === 'strict_object' && { additionalProperties: false }),
  };
}

function preset(part: Part): JsonSchema {
  return part.default === undefined ? {} : { default: part.default };
}

/** What one step of a pipe adds. */
function limit({ kind, type, requirement }: Part, shape: JsonSchema): JsonSchema {
  if (kind !== 'validation') return {};
  const isList = shape['type'] === 'array';
  switch (type) {
    case 'integer':
      return { type: 'integer' };
    case 'regex':
      return { pattern: (requirement as RegExp).source };
    case 'min_length':
      return { [isList ? 'minItems' : 'minLength']: requirement };
    case 'max_length':
      return { [isList ? 'maxItems' : 'maxLength']: requirement };
    case 'min_value':
      return { minimum: requirement };
    case 'max_value':
      return { maximum: requirement };
    case 'iso_date':
      return { format: 'date' };
    case 'iso_timestamp':
      return { format: 'date-time' };
    case 'check':
      return {};
    default:
      throw new Error(`no JSON Schema for valibot's check ${type}`);
  }
}
