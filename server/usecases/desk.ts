/**
 * The desk: ballots on numbered paper and by proxy. Where the round asks for it a ballot counts only once a second person
 * has entered the same again from the paper: so nobody reads a choice off the server, not even to confirm it. What is
 * entered joins the roll and is counted apart and together.
 */
import { randomBytes } from 'node:crypto';
import { textIn } from '#core/export/source.ts';
import { newId } from '#core/ids.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { fold } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { checkBallot, sameBallot } from '#core/voting/ballot.ts';
import { newSheetCode, readSheetCode } from '#core/voting/receipt.ts';
import type { Ballot } from '#core/voting/types.ts';
import { contentDisposition, downloadName } from '../render/names.ts';
import { renderPaperBallots } from '../render/paper-ballots.ts';
import type { BallotAnswer } from '../store/ballots.ts';
import type { DeskEntry } from '../store/desk.ts';
import type { Repositories } from '../store/port.ts';
import type { StoredRound } from '../store/rounds.ts';
import { command, isRunning, told, type CastInput } from './ballots.ts';
import type { Deps } from './deps.ts';
import { accountOf } from './doors.ts';
import type { FileOut } from './exports.ts';
import { localText } from './gather.ts';

export interface DeskInput extends CastInput {
  readonly kind: DeskEntry['kind'];
  /** Name or id of the organisation it speaks for. */
  readonly organisation?: string | undefined;
  /** Of a numbered sheet. */
  readonly number?: number | undefined;
  readonly code?: string | undefined;
}

/** A ballot that waits for its second person. */
export interface PendingEntry {
  readonly entry: string;
  readonly pending: true;
}

export interface DeskState {
  readonly sheets: readonly { readonly number: number; readonly used: boolean }[];
  readonly entries: readonly {
    readonly id: string;
    readonly kind: DeskEntry['kind'];
    readonly organisationId: string | null;
    readonly number: number | null;
    readonly enteredBy: string;
    /** Entered by the caller, who cannot confirm it. */
    readonly mine: boolean;
    /** ISO 8601, UTC. */
    readonly enteredAt: string;
  }[];
}

/** A stack that a venue can still print. */
const SHEETS_LIMIT = 1000;

export function desk(
  { store, room, now }: Deps,
  visible: (caller: Caller, id: string) => Promise<Result<StoredRound>>,
) {
  async function deskIn(caller: Caller, id: string): Promise<Result<StoredRound & { accountId: string }>> {
    const account = accountOf(caller, 'ballot.paper');
    if (!account.ok) return account;
    const found = await visible(caller, id);
    return found.ok ? ok({ ...found.value, accountId: account.value.accountId }) : found;
  }

  async function organisationOf(workshopId: string, named: string | undefined): Promise<Result<string | null>> {
    if (named === undefined || named.trim() === '') return ok(null);
    const organisations = await store.workshops.organisations(workshopId);
    const found = organisations.find(({ id, name }) => id === named || fold(name) === fold(named));
    return found ? ok(found.id) : refuse('organisation-unknown');
  }

  /** The running round under its lock; the desk waits its turn, because it changes the roll. */
  async function locked({ rounds }: Repositories, id: string): Promise<Result<StoredRound>> {
    const round = await rounds.lock(id);
    if (!round) return refuse('not-found');
    if (!isRunning(round)) return refuse(round.status === 'closed' ? 'round-closed' : 'round-not-open');
    return ok(round);
  }

  const ballotOn = (round: StoredRound, body: unknown): Result<Ballot> =>
    checkBallot(
      round.settings.method,
      round.options.map((option) => option.id),
      body,
    );

  /** The sheet that an entry names. A round that issued sheets takes no paper without one. */
  async function sheetOf(
    { rounds }: Repositories,
    round: StoredRound,
    input: DeskInput,
  ): Promise<Result<number | null>> {
    if (input.kind === 'proxy') return ok(null);
    const sheets = await rounds.sheets(round.id);
    if (input.number === undefined) return sheets.length > 0 ? refuse('sheet-needed') : ok(null);
    const sheet = sheets.find(({ number }) => number === input.number);
    if (!sheet || sheet.code !== readSheetCode(input.code ?? '')) return refuse('sheet-unknown');
    const waiting = (await rounds.deskEntries(round.id)).some(({ number }) => number === sheet.number);
    return sheet.used || waiting ? refuse('sheet-used') : ok(sheet.number);
  }

  async function proxyFits(
    { rounds }: Repositories,
    round: StoredRound,
    kind: DeskEntry['kind'],
    organisationId: string | null,
  ): Promise<Result<null>> {
    const limit = round.settings.proxyLimit;
    if (kind !== 'proxy' || limit === undefined) return ok(null);
    if (organisationId === null) return refuse('organisation-needed');
    const waiting = (await rounds.deskEntries(round.id)).filter(
      (entry) => entry.kind === 'proxy' && entry.organisationId === organisationId,
    );
    const taken = waiting.length + (await rounds.proxiesFor(round.id, organisationId));
    return taken < limit ? ok(null) : refuse('proxy-limit', { limit });
  }

  async function count(
    { rounds }: Repositories,
    round: StoredRound,
    entry: Pick<DeskEntry, 'kind' | 'organisationId' | 'number' | 'ballot'>,
    by: { readonly commander: string; readonly clientKey: string | null },
  ): Promise<BallotAnswer> {
    await rounds.seatAtDesk(round.id);
    if (entry.number !== null) await rounds.useSheet(round.id, entry.number);
    const voterKey = randomBytes(32).toString('base64url');
    const { organisationId, kind: source } = entry;
    return (await rounds.putBallot(command(round, entry.ballot, { ...by, voterKey, organisationId, source }))).answer;
  }

  return {
    /** A ballot that the desk enters. Whoever it is for joins the roll by it, at once or when it is confirmed. */
    async castAtDesk(caller: Caller, id: string, input: DeskInput): Promise<Result<BallotAnswer | PendingEntry>> {
      const found = await deskIn(caller, id);
      if (!found.ok) return found;
      const organisationId = await organisationOf(found.value.workshopId, input.organisation);
      if (!organisationId.ok) return organisationId;
      const { accountId } = found.value;
      const by = { commander: `desk ${accountId}`, clientKey: input.clientKey ?? null };
      const answer = await store.transaction(async (repositories): Promise<Result<BallotAnswer | PendingEntry>> => {
        const done = await repositories.rounds.answered({ roundId: id, ...by });
        if (done) return ok(done);
        const round = await locked(repositories, id);
        if (!round.ok) return round;
        const ballot = ballotOn(round.value, input.body);
        if (!ballot.ok) return ballot;
        const number = await sheetOf(repositories, round.value, input);
        if (!number.ok) return number;
        const fits = await proxyFits(repositories, round.value, input.kind, organisationId.value);
        if (!fits.ok) return fits;
        const entry = {
          kind: input.kind,
          organisationId: organisationId.value,
          number: number.value,
          ballot: ballot.value,
        };
        if (!round.value.settings.deskConfirmation) return ok(await count(repositories, round.value, entry, by));
        const entryId = newId();
        await repositories.rounds.addDeskEntry({ ...entry, id: entryId, roundId: id, accountId, enteredAt: now() });
        return ok({ entry: entryId, pending: true });
      });
      if (!answer.ok) return answer;
      room.soon(found.value.workshopId);
      return ok(told(found.value, answer.value));
    },

    /** The same ballot, entered again from the paper by somebody else: only then it counts. */
    async confirmAtDesk(caller: Caller, id: string, entryId: string, input: CastInput): Promise<Result<BallotAnswer>> {
      const found = await deskIn(caller, id);
      if (!found.ok) return found;
      const by = { commander: `desk ${found.value.accountId}`, clientKey: input.clientKey ?? null };
      const answer = await store.transaction(async (repositories): Promise<Result<BallotAnswer>> => {
        const done = await repositories.rounds.answered({ roundId: id, ...by });
        if (done) return ok(done);
        const round = await locked(repositories, id);
        if (!round.ok) return round;
        const entry = (await repositories.rounds.deskEntries(id)).find((one) => one.id === entryId);
        if (!entry) return refuse('not-found');
        if (entry.accountId === found.value.accountId) return refuse('second-person-needed');
        const ballot = ballotOn(round.value, input.body);
        if (!ballot.ok) return ballot;
        if (!sameBallot(entry.ballot, ballot.value)) return refuse('entries-differ');
        await repositories.rounds.dropDeskEntry(entryId);
        return ok(await count(repositories, round.value, entry, by));
      });
      if (!answer.ok) return answer;
      room.soon(found.value.workshopId);
      return ok(told(found.value, answer.value));
    },

    /** Takes back what was entered wrongly and not yet confirmed: on record, without what it said. */
    async withdrawAtDesk(caller: Caller, id: string, entryId: string): Promise<Result<null>> {
      const found = await deskIn(caller, id);
      if (!found.ok) return found;
      return store.transaction(async ({ rounds }): Promise<Result<null>> => {
        await rounds.lock(id);
        const entry = (await rounds.deskEntries(id)).find((one) => one.id === entryId);
        if (!entry) return refuse('not-found');
        await rounds.dropDeskEntry(entryId);
        await rounds.record(id, {
          kind: 'dropped',
          at: now(),
          accountId: found.value.accountId,
          detail: entry.number === null ? null : String(entry.number),
        });
        return ok(null);
      });
    },

    /** What waits and which numbers are used; never what a ballot says. */
    async deskState(caller: Caller, id: string): Promise<Result<DeskState>> {
      const account = accountOf(caller, 'desk.read');
      if (!account.ok) return account;
      const found = await visible(caller, id);
      if (!found.ok) return found;
      const entries = await Promise.all(
        (await store.rounds.deskEntries(id)).map(async (entry) => ({
          ...{ id: entry.id, kind: entry.kind, organisationId: entry.organisationId, number: entry.number },
          enteredBy: (await store.accounts.byId(entry.accountId))?.name ?? '',
          mine: entry.accountId === account.value.accountId,
          enteredAt: new Date(entry.enteredAt).toISOString(),
        })),
      );
      const sheets = (await store.rounds.sheets(id)).map(({ number, used }) => ({ number, used }));
      return ok({ sheets, entries });
    },

    /** Issues so many more numbered sheets, each with a code; the options are frozen, so only while the round is open. */
    async issueSheets(
      caller: Caller,
      id: string,
      wanted: number,
    ): Promise<Result<{ readonly from: number; readonly to: number }>> {
      const found = await deskIn(caller, id);
      if (!found.ok) return found;
      return store.transaction(async (repositories): Promise<Result<{ from: number; to: number }>> => {
        const round = await locked(repositories, id);
        if (!round.ok) return round;
        const before = (await repositories.rounds.sheets(id)).length;
        if (!Number.isInteger(wanted) || wanted < 1 || before + wanted > SHEETS_LIMIT) return refuse('number-invalid');
        const sheets = Array.from({ length: wanted }, (_, n) => ({ number: before + n + 1, code: newSheetCode() }));
        await repositories.rounds.addSheets(id, sheets);
        await repositories.rounds.record(id, {
          kind: 'sheets',
          at: now(),
          accountId: found.value.accountId,
          detail: String(wanted),
        });
        return ok({ from: before + 1, to: before + wanted });
      });
    },

    /** The sheets that are not used yet, with their codes, as PDF: the desk's alone. */
    async printSheets(caller: Caller, id: string, language: Language, origin: string): Promise<Result<FileOut>> {
      const found = await deskIn(caller, id);
      if (!found.ok) return found;
      const { settings, options, workshopId } = found.value;
      const sheets = (await store.rounds.sheets(id)).filter(({ used }) => !used);
      const workshop = await store.workshops.byId(workshopId);
      if (sheets.length === 0 || !workshop) return refuse('not-found');
      const body = await renderPaperBallots({
        ...{
          roundId: id,
          workshop: textIn(localText(workshop.title, workshop.titles), language),
          title: settings.title,
          language,
        },
        ...{ method: settings.method, options, sheets, deskUrl: `${origin}/w/${workshopId}/desk?round=${id}` },
      });
      const fileName = downloadName('ballots', settings.title, new Date(now()).toISOString().slice(0, 10), 'pdf');
      return ok({ body, type: 'application/pdf', fileName, disposition: contentDisposition(fileName) });
    },
  };
}
