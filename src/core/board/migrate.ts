/**
 * Versions of the board document. There is one so far. A client or server that meets a newer one must not write: it would
 * drop what it does not know.
 */
import type * as Y from 'yjs';
import { ok, refuse, type Result } from '../result.ts';
import { rootMap, SCHEMA_VERSION } from './schema.ts';

/** The version of a document; 0 before its beginning has arrived. */
export function schemaVersionOf(doc: Y.Doc): number {
  const version = rootMap(doc, 'meta')?.get('schemaVersion');
  return typeof version === 'number' && Number.isInteger(version) ? version : 0;
}

/** The start that a document belongs to; null before its beginning has arrived. */
export function epochOf(doc: Y.Doc): string | null {
  const epoch = rootMap(doc, 'meta')?.get('epoch');
  return typeof epoch === 'string' ? epoch : null;
}

/** Brings a document to the current version; refuses one made by a newer Ashar. */
export function migrateBoard(doc: Y.Doc): Result<{ readonly version: number }> {
  const version = schemaVersionOf(doc);
  return version > SCHEMA_VERSION ? refuse('malformed', { version }) : ok({ version });
}
