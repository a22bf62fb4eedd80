/** The description of the API against the doors that are there, in both directions. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { checkMethod } from '#core/voting/settings.ts';
import { WorkshopFileSchema } from '#server/usecases/workshop-format.ts';
import { jsonSchema } from '../../src/lib/http/json-schema.ts';
import { describe as describeApi } from '../../src/routes/api/v1/openapi.json/describe.ts';
import { describedPath } from '../../src/routes/api/v1/openapi.json/operations.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;
const ROOT = 'src/routes/api/v1';
const document: Json = JSON.parse(JSON.stringify(describeApi(WorkshopFileSchema)));

/** `GET /workshops/{id}` for every exported method of every door. */
const doors = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('+server.ts'))
  .flatMap((file) => {
    const path = `/${file
      .replaceAll('\\', '/')
      .replace(/\/?\+server\.ts$/, '')
      .replace(/\[(\w+)\]/g, '{$1}')}`;
    const source = readFileSync(`${ROOT}/${file}`, 'utf8');
    return [
      ...source.matchAll(/export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b/g),
    ].map(([, method]) => `${method} ${path}`);
  });
const described = Object.entries<Json>(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

function every(node: Json, visit: (node: Json) => void): void {
  if (typeof node !== 'object' || node === null) return;
  visit(node);
  for (const child of Object.values(node)) every(child, visit);
}

describe('/api/v1/openapi.json', () => {
  test('[R58] describes every door, and no door that is not there', () => {
    expect(doors.length).toBeGreaterThan(40);
    expect(described.toSorted()).toEqual(doors.toSorted());
  });

  test('[R58] every $ref leads somewhere, every parameter of a path is named, every operation has its own id', () => {
    const refs: string[] = [];
    every(document, (node) => typeof node.$ref === 'string' && refs.push(node.$ref));
    expect(refs.length).toBeGreaterThan(40);
    for (const ref of refs)
      expect(
        ref
          .replace('#/', '')
          .split('/')
          .reduce((at: Json, key) => at?.[key], document),
        ref,
      ).toBeTypeOf('object');
    const ids: string[] = [];
    for (const [path, methods] of Object.entries<Json>(document.paths))
      for (const operation of Object.values<Json>(methods)) {
        ids.push(operation.operationId);
        const named = (operation.parameters ?? [])
          .filter((one: Json) => one.in === 'path')
          .map((one: Json) => one.name);
        expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      }
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('[R58] a door that parses a body has a request body, and says 400 and 413', () => {
    for (const door of doors) {
      const [method = '', path = ''] = door.split(' ');
      const source = readFileSync(`${ROOT}${path.replace(/\{(\w+)\}/g, '[$1]')}/+server.ts`, 'utf8');
      const part = source.slice(source.search(new RegExp(`export (?:const|async function|function) ${method}\\b`)));
      const own = part.slice(0, part.indexOf('export', 7) > 0 ? part.indexOf('export', 7) : undefined);
      const operation = document.paths[path][method.toLowerCase()];
      expect(Boolean(operation.requestBody), door).toBe(/readB(ody|ytes)\(/.test(own));
      if (operation.requestBody)
        expect(Object.keys(operation.responses), door).toEqual(expect.arrayContaining(['400', '413']));
    }
  });

  test('[R58] who needs no identity has no security; everybody else has 401 and 403; errors have one shape', () => {
    for (const methods of Object.values<Json>(document.paths))
      for (const operation of Object.values<Json>(methods)) {
        if (operation.security === undefined)
          expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403']));
        for (const [status, response] of Object.entries<Json>(operation.responses))
          if (Number(status) >= 400)
            expect(response.content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Error' });
      }
    expect(Object.keys(document.components.securitySchemes)).toEqual(['bearer', 'session']);
  });

  test('[R58] the methods of a round are those that the core reads', () => {
    const examples = [
      { kind: 'dots', budget: 3, perOption: 2 },
      { kind: 'score', criteria: [{ name: 'a', weight: 1 }], min: 1, max: 5 },
      { kind: 'ranking' },
      { kind: 'consent' },
      { kind: 'verdict', choices: ['a', 'b'] },
    ];
    const kinds = document.components.schemas.NewRound.properties.method.anyOf.map(
      (one: Json) => one.properties.kind.const,
    );
    expect(kinds).toEqual(examples.map(({ kind }) => kind));
    for (const example of examples) expect(checkMethod(example).ok).toBe(true);
  });

  test('[R58] an address is told from a parameter', () => {
    expect(describedPath('/workshops/import')).toBe('/workshops/import');
    expect(describedPath('/workshops/abc')).toBe('/workshops/{id}');
    expect(describedPath('/nowhere')).toBeNull();
  });
});

describe('valibot as JSON Schema', () => {
  test('[R58] keeps what is required, the limits and the defaults', () => {
    const schema = v.strictObject({
      id: v.pipe(v.string(), v.regex(/^[a-z]+$/), v.maxLength(9)),
      count: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 2),
      list: v.nullable(v.pipe(v.array(v.picklist(['a', 'b'])), v.minLength(1))),
    });
    expect(jsonSchema(schema)).toEqual({
      type: 'object',
      properties: {
        id: { type: 'string', pattern: '^[a-z]+$', maxLength: 9 },
        count: { type: 'integer', minimum: 1, default: 2 },
        list: {
          anyOf: [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] }, minItems: 1 }, { type: 'null' }],
        },
      },
      required: ['id', 'list'],
      additionalProperties: false,
    });
  });

  test('[R58] does not guess at what it does not know', () => {
    expect(() => jsonSchema(v.date())).toThrow('date');
    expect(() => jsonSchema(v.pipe(v.string(), v.email()))).toThrow('email');
  });
});
