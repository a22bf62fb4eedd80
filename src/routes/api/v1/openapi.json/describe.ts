/**
 * The description of the API (OpenAPI 3.1), put together from the operations and the schemas that the routes parse with.
 * What follows from an operation is not said twice: who is refused how, what a path's parameters are, the shape of errors.
 */
import type * as v from 'valibot';
import { jsonSchema, type JsonSchema, type Names } from '$lib/http/json-schema.ts';
import * as bodies from '../schemas.ts';
import * as draftBodies from '../draft-schemas.ts';
import * as votingBodies from '../voting-schemas.ts';
import * as answers from './answers.ts';
import * as draftAnswers from './draft-answers.ts';
import type { Method, Operation } from './operation.ts';
import { OPERATIONS, statusesOf } from './operations.ts';
import { ballotWhole, deskBallotWhole, newRoundWhole } from './voting.ts';

const MEANING: Readonly<Record<number, string>> = {
  200: 'Done',
  201: 'Made',
  400: 'Malformed',
  401: 'Who are you?',
  403: 'Not yours to do, or a page of another site',
  404: 'Unknown, or not visible to you',
  409: 'Not in this state',
  413: 'Too large',
  422: 'Against a rule',
  429: 'Slow down; Retry-After says for how long',
};

const upper = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);

/** Every schema that has a name of its own, once. */
function named(): Map<unknown, string> {
  const names = new Map<unknown, string>();
  const taken = new Set<string>();
  const add = (from: Readonly<Record<string, unknown>>, suffix: string): void => {
    for (const [key, schema] of Object.entries(from)) {
      if (typeof schema !== 'object' || schema === null || !('kind' in schema) || names.has(schema)) continue;
      const name = taken.has(upper(key)) ? upper(key) + suffix : upper(key);
      taken.add(name);
      names.set(schema, name);
    }
  };
  add({ error: answers.failure, newRound: newRoundWhole, ballot: ballotWhole, deskBallot: deskBallotWhole }, '');
  const { newRound: _round, ballot: _ballot, deskBallot: _desk, ...voting } = votingBodies;
  add({ ...bodies, ...voting, ...draftBodies }, 'Body');
  add({ ...answers, ...draftAnswers, failure: undefined }, 'Answer');
  return names;
}

const json = (schema: JsonSchema) => ({ content: { 'application/json': { schema } } });

function parametersOf(path: string, { query = {} }: Operation, names: Names) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(query).map(([name, { text, schema, required }]) => ({
    name,
    in: 'query',
    description: text,
    ...(required && { required }),
    schema: jsonSchema(schema, names),
  }));
  return [...inPath, ...inQuery];
}

export function describe(workshopFile: v.GenericSchema): JsonSchema {
  const names = named();
  const refer = (schema: v.GenericSchema): JsonSchema =>
    names.has(schema) ? { $ref: `#/components/schemas/${names.get(schema)}` } : jsonSchema(schema, names);

  function responses(path: string, method: Method, operation: Operation) {
    const answer = operation.file
      ? {
          content: Object.fromEntries(
            operation.file.map((type) => [
              type,
              type === 'application/json' ? {} : { schema: { type: 'string', format: 'binary' } },
            ]),
          ),
        }
      : json(operation.answer ? refer(operation.answer) : { type: 'object' });
    const of = (status: number) => ({
      description: MEANING[status] ?? String(status),
      ...(status < 300 ? answer : json(refer(answers.failure))),
    });
    return Object.fromEntries(statusesOf(path, method, operation).map((status) => [String(status), of(status)]));
  }

  function one(path: string, method: Method, operation: Operation) {
    const parameters = parametersOf(path, operation, names);
    return {
      summary: operation.summary,
      description: `For ${operation.who}.`,
      operationId:
        method + path.replace(/[{}.]/g, '').replace(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase()),
      tags: [path.split('/')[1] ?? ''],
      ...(operation.who === 'anyone' && { security: [] }),
      ...(parameters.length > 0 && { parameters }),
      ...(operation.body && { requestBody: { required: true, ...json(refer(operation.body)) } }),
      ...(operation.upload && {
        requestBody: {
          required: true,
          content: Object.fromEntries(
            operation.upload.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
          ),
        },
      }),
      responses: responses(path, method, operation),
    };
  }

  const schemas = Object.fromEntries(
    [...names].map(([schema, name]) => [name, jsonSchema(schema as v.GenericSchema, names)]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Ashar',
      version: '1',
      description: 'JSON; times ISO 8601 UTC; ids opaque. Accept-Language chooses the language of messages.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { session: [] }],
    paths: Object.fromEntries(
      Object.entries(OPERATIONS).map(([path, methods]) => [
        path,
        Object.fromEntries(
          (Object.entries(methods) as [Method, Operation][]).map(([method, operation]) => [
            method,
            one(path, method, operation),
          ]),
        ),
      ]),
    ),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of an account, or the one that join gives' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'ashar_session',
          description: 'Set by POST /session; __Host-ashar_session over https',
        },
      },
      schemas: {
        ...schemas,
        WorkshopFile: jsonSchema(workshopFile),
      },
    },
  };
}
