/**
 * A server with one defence switched off, for `npm run rel -- self-check`. Loaded before the server (`node --import`), it
 * changes a line of the source as it is read; nothing of it is in the product. A line that is no longer there ends the
 * server at once, so that no switch rots unseen.
 */
import { registerHooks } from 'node:module';

interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const append = 'await this.#commit.append(edit);';

export const WEAKNESSES = {
  /** Told "saved" from memory; the log follows when there is time, as stock servers do it. */
  'saved-from-memory': [
    {
      file: 'server/live/guard.ts',
      from: append,
      to: 'setTimeout(() => this.#commit.append(edit).catch(() => undefined), 60_000);',
    },
  ],
  /** A failing store is not noticed. */
  'failure-ignored': [{ file: 'server/live/guard.ts', from: append, to: `${append.slice(0, -1)}.catch(() => 0);` }],
  /** What is open stays open. */
  'never-unloaded': [
    {
      file: 'server/live/hooks.ts',
      from: 'if (!isOpening && !documents.guard(documentName)?.isSaving) return;',
      to: '',
    },
  ],
  /** Whoever joins waits for a while. */
  'slow-loading': [
    {
      file: 'server/live/hooks.ts',
      from: 'await documents.fetch(documentName);',
      to: 'await documents.fetch(documentName); await new Promise((resolve) => setTimeout(resolve, 1_500));',
    },
  ],
  /** Ending as if all were well. */
  'silent-end': [{ file: 'server/live/server.ts', from: 'if (unsaved > 0) throw', to: 'if (unsaved < 0) throw' }],
  /** Open documents are not compared with the log. */
  'no-comparing': [
    {
      file: 'server/live/guard.ts',
      from: 'async #read(isThorough: boolean): Promise<boolean> {',
      to: 'async #read(isThorough: boolean): Promise<boolean> { return false;',
    },
  ],
  /** What is saved is told to nobody, and the log is not read. */
  'no-telling': [
    { file: 'server/live/guard.ts', from: 'this.#events.saved(this.name, edit.update);', to: '' },
    {
      file: 'server/live/guard.ts',
      from: 'async #read(isThorough: boolean): Promise<boolean> {',
      to: 'async #read(isThorough: boolean): Promise<boolean> { return false;',
    },
  ],
  /** Every save takes two seconds. */
  'slow-saving': [
    {
      file: 'server/live/guard.ts',
      from: append,
      to: `await new Promise((resolve) => setTimeout(resolve, 2_000)); ${append}`,
    },
  ],
  /** Orders are followed here and told to nobody. */
  'no-orders': [{ file: 'server/live/server.ts', from: 'await peers?.order(order);', to: '' }],
  /** Nothing that a client writes is checked. */
  'no-guard': [
    {
      file: 'server/live/guard.ts',
      from: 'const update = readUpdate(bytes, isFirstSync ?',
      to: 'Y.applyUpdate(this.#doc, bytes, origin); if (bytes.length > 0) return ok(null); const update = readUpdate(bytes, isFirstSync ?',
    },
  ],
  /** Clients may ask and say as much as they like. */
  'no-counting': [{ file: 'server/live/limits.ts', from: 'if (this.#tokens < cost) return false;', to: '' }],
  /** The answer to a first step is made for each who asks, and unread bytes are nobody's business. */
  'no-watching': [
    { file: 'server/live/socket.ts', from: 'if (isStuck || unread > LIMITS.unreadMost) this.terminate();', to: '' },
    { file: 'server/live/limits.ts', from: 'if (this.#tokens < cost) return false;', to: '' },
  ],
  /** Messages of any length. */
  'no-size': [{ file: 'server/live/upgrade.ts', from: 'maxPayload: LIMITS.message', to: 'maxPayload: 0' }],
  /** Documents are opened by whoever names one. */
  'no-rights': [
    {
      file: 'server/live/rights.ts',
      from: 'const rights = await this.#rightsOn(caller, document);',
      to: `const rights = (await this.#rightsOn(caller, document)) ?? {
        person: { personId: 'anybody', kind: 'participant', name: null, organisation: null, organisationId: null },
        ...{ workshopId: null, write: false, presence: false, zones: [], recordAuthors: false },
      };`,
    },
  ],
  /** A frame that cannot be read ends more than its socket. */
  throwing: [
    {
      file: 'server/live/socket.ts',
      from: "if (frame === null) return this.close(4400, 'malformed');",
      to: 'if (frame === null) process.exit(7);',
    },
  ],
  /** People say who they are. */
  'no-stamp': [
    { file: 'server/live/presence.ts', from: 'name: person.name,', to: "name: (claimed['name'] as string) ?? null," },
  ],
  /** Origins are not looked at. */
  'no-origin': [
    {
      file: 'server/live/upgrade.ts',
      from: "if (origin === undefined) return 'missing';",
      to: "if (origin !== '') return 'own';",
    },
  ],
  /** Forms of other sites are believed: the server does not see where they come from. */
  'no-origin-http': [
    {
      file: 'server/http.ts',
      from: 'settleAddress(request, config);\n    handler(',
      to: "settleAddress(request, config); delete request.headers.origin; request.headers['x-requested'] = '1'; if (request.headers.cookie) request.headers.origin = `http://${request.headers.host}`;\n    handler(",
    },
  ],
  /** A ballot may hold ten times its dots. */
  'no-budget': [
    {
      file: 'server/usecases/ballots.ts',
      from: 'const ballot = checkBallot(\n          settings.method,',
      to: "const ballot = checkBallot(\n          settings.method.kind === 'dots' ? { ...settings.method, budget: 50, perOption: 50 } : settings.method,",
    },
  ],
  /** The room hears what was voted last. */
  'told-aloud': [
    {
      file: 'server/usecases/ballots.ts',
      from: 'if (!ballot.ok) return ballot;',
      to: 'if (!ballot.ok) return ballot; globalThis.lastVote = JSON.stringify(input.body);',
    },
    {
      file: 'server/live/projection.ts',
      from: '{ ...round, order }',
      to: '{ ...round, order, last: globalThis.lastVote ?? null }',
    },
  ],
  /** The key of a round stays after its close. */
  'kept-key': [{ file: 'server/store/ballots.ts', from: 'round_key: null,', to: '' }],
  /** Some ballots are acknowledged and not written. */
  'told-unwritten': [
    {
      file: 'server/usecases/ballots.ts',
      from: 'const written = await rounds.putBallot(',
      to: "if (Math.random() < 0.2) return ok({ remaining: 0, receipt: 'none' });\n        const written = await rounds.putBallot(",
    },
  ],
  /** Whoever asks is on the roll. */
  'no-roll': [
    {
      file: 'server/usecases/ballots.ts',
      from: 'const seat = await rounds.seat(id, participantId);',
      to: 'const seat = (await rounds.seat(id, participantId)) ?? { organisationId: null };',
    },
  ],
  /** Failures at the door are not counted. */
  'no-failures': [
    { file: 'server/usecases/limits.ts', from: 'await own.penalty(key, 1);', to: '' },
    { file: 'server/usecases/limits.ts', from: 'await total?.penalty(ALL, 1);', to: '' },
  ],
  /** A change of rights is not asked for while people sit. */
  'no-reconsidering': [
    { file: 'server/live/server.ts', from: 'return seats.reconsider(order.documents);', to: 'return;' },
  ],
} as const satisfies Record<string, readonly Change[]>;

export type Weakness = keyof typeof WEAKNESSES;

const wanted = process.env['ASHAR_REL_WEAKNESS'];
if (wanted !== undefined && process.env['NODE_ENV'] === 'test') {
  const changes: readonly Change[] = WEAKNESSES[wanted as Weakness] ?? [];
  if (changes.length === 0) throw new Error(`there is no defence called ${wanted}`);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const mine = changes.filter(({ file }) => url.endsWith(`/${file}`));
      if (mine.length === 0) return loaded;
      let source = String(
        loaded.source instanceof Uint8Array ? new TextDecoder().decode(loaded.source) : loaded.source,
      );
      for (const { from, to } of mine) {
        if (source.split(from).length !== 2) throw new Error(`${wanted}: ${url} has no single ${from}`);
        source = source.replace(from, () => to);
      }
      return { ...loaded, source };
    },
  });
}
