/**
 * Documents out of a workshop or a draft: gathered by the same functions as a snapshot, then written by the press in a
 * thread of its own. An export shows what the screen shows: nothing of a round that is not closed.
 */
import { isFormat, FORMATS, type DocumentKind, type Format } from '#core/export/formats.ts';
import { NO_FIELDS, type AgendaItem } from '#core/export/minutes.ts';
import { textIn } from '#core/export/source.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { readDraft, type Prose } from '#core/strategy/fragment.ts';
import { contentDisposition, downloadName } from '../render/names.ts';
import { JobCancelled, openPress, PressBusy } from '../render/press.ts';
import type { From, Job, OnShare } from '../render/write.ts';
import type { Workshop } from '../store/workshops.ts';
import type { Deps } from './deps.ts';
import { accountOf, passTo } from './doors.ts';
import { gather, localText } from './gather.ts';
import { draftDocumentOf } from './draft-doors.ts';

/** A strategy has no place of its own; its times are shown as the office reads its clock. */
const TIME_ZONE = 'Asia/Bishkek';

export interface FileOut {
  readonly body: Uint8Array | string;
  readonly type: string;
  readonly fileName: string;
  /** As it stands in Content-Disposition. */
  readonly disposition: string;
}

/** How a download is waited for: `signal` calls it off, `onShare` hears how far it is (0 to 1). */
export interface Watched {
  readonly signal?: AbortSignal | undefined;
  readonly onShare?: OnShare | undefined;
}

export interface WorkshopExport extends Watched {
  readonly format: string;
  readonly kind: string;
  readonly language: Language;
  readonly snapshotId?: string | undefined;
  /** For pictures: which board; the one with the most notes where it is left out. */
  readonly boardId?: string | undefined;
}

const TYPES: Readonly<Record<Format, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  png: 'image/png',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  md: 'text/markdown; charset=utf-8',
};

/** What a workshop gives away under which word of the address. */
const OF_WORKSHOP: readonly string[] = ['results', 'minutes', 'poster'] satisfies DocumentKind[];

function formatOf(kind: DocumentKind | null, format: string): Result<Format> {
  if (kind !== null && isFormat(kind, format)) return ok(format);
  return refuse('format-not-available', { formats: kind === null ? '–' : FORMATS[kind].join(', ') });
}

export function exports_({ store, live, now }: Deps) {
  const press = openPress();

  async function printed(job: Job, title: string, day: string, { signal, onShare }: Watched): Promise<Result<FileOut>> {
    try {
      const body = await press.write(job, { signal, ...(onShare && { onShare }) });
      const fileName = downloadName(job.kind, title, day, job.format);
      return ok({ body, type: TYPES[job.format], fileName, disposition: contentDisposition(fileName) });
    } catch (error) {
      if (error instanceof JobCancelled) return refuse('export-cancelled');
      if (error instanceof PressBusy) return refuse('too-many-requests');
      throw error;
    }
  }

  /** A snapshot that was taken, or the state at this moment, which nobody has fixed and which therefore has no hash. */
  async function stateOf(workshop: Workshop, snapshotId: string | undefined): Promise<Result<From>> {
    if (snapshotId !== undefined) {
      const stored = await store.snapshots.byId(snapshotId);
      return stored?.workshopId === workshop.id ? ok({ snapshot: stored.body }) : refuse('not-found');
    }
    const taking = { id: workshop.id, title: workshop.title, takenAt: now() };
    const gathered = await gather({ store, live }, workshop, taking);
    // Every round is named, as PRODUCT's first rule of voting asks; of those still open nothing else is known.
    const running = (await store.rounds.inWorkshop(workshop.id)).filter(
      ({ status }) => status === 'open' || status === 'closing',
    );
    return ok({
      gathered: {
        ...gathered,
        // Only what a snapshot holds: a round's key and its roll stay in this thread.
        rounds: gathered.rounds.flatMap(({ id, boardId, settings, options, openedAt, closedAt, result }) =>
          result === null ? [] : [{ id, boardId, settings, options, openedAt, closedAt, result }],
        ),
      },
      running: running.map(({ id, boardId, settings, openedAt }) => ({
        ...{ id, boardId, settings, openedAt },
        closedAt: null,
        result: null,
      })),
    });
  }

  /** Stages in their order, each with the time it really took. */
  async function agendaOf(workshopId: string): Promise<AgendaItem[]> {
    const [stages, runs] = await Promise.all([
      store.workshops.stages(workshopId),
      store.workshops.stageRuns(workshopId),
    ]);
    return stages.map(({ id, title, minutes, skipped, materials }) => ({
      title,
      plannedMinutes: minutes,
      skipped: skipped ?? false,
      runs: runs
        .filter(({ stageId }) => stageId === id)
        .map(({ startedAt, endedAt }) => ({ from: startedAt, to: endedAt })),
      materials: (materials ?? []).map((material) => ({ title: material.title, url: material.url })),
    }));
  }

  return {
    /** Results, minutes or poster of a workshop, from a snapshot where one is named, else as things stand now. */
    async workshop(caller: Caller, id: string, asked: WorkshopExport): Promise<Result<FileOut>> {
      const found = await passTo(store, caller, id, 'workshop.export');
      if (!found.ok) return found;
      const workshop = found.value;
      const { language } = asked;
      const kind = OF_WORKSHOP.includes(asked.kind) ? (asked.kind as 'results' | 'minutes' | 'poster') : null;
      const format = formatOf(kind, asked.format);
      if (!format.ok || kind === null) return format.ok ? refuse('not-found') : format;
      const boards = await store.workshops.boards(id);
      const boardId = asked.boardId ?? null;
      const picture = kind === 'poster' || format.value === 'png';
      if (picture && (boardId === null ? boards.length === 0 : !boards.some((board) => board.id === boardId)))
        return refuse('not-found');
      const from = await stateOf(workshop, asked.snapshotId);
      if (!from.ok) return from;
      const title = textIn(localText(workshop.title, workshop.titles), language);
      const day = workshop.heldOn ?? new Date(now()).toISOString().slice(0, 10);
      const common = { format: format.value, language, from: from.value };
      if (kind !== 'minutes') return printed({ ...common, kind, boardId }, title, day, asked);
      const [fields, agenda] = await Promise.all([store.papers.minutes(id), agendaOf(id)]);
      return printed({ ...common, kind, fields: fields ?? NO_FIELDS, agenda }, title, day, asked);
    },

    /** The draft as it is now, or a version of it. */
    async strategy(
      caller: Caller,
      id: string,
      asked: Watched & {
        readonly format: string;
        readonly language: Language;
        readonly version?: string | undefined;
      },
    ): Promise<Result<FileOut>> {
      const account = accountOf(caller, 'draft.export');
      if (!account.ok) return account;
      const strategy = await store.strategies.byId(id);
      if (!strategy) return refuse('not-found');
      const format = formatOf('strategy', asked.format);
      if (!format.ok) return format;
      const version = asked.version === undefined ? null : await store.strategies.version(id, asked.version);
      if (asked.version !== undefined && !version) return refuse('not-found');
      const content = version
        ? (JSON.parse(version.content) as Prose)
        : await live.read(draftDocumentOf(id), readDraft);
      const inserts = await Promise.all(
        (await store.strategies.inserts(id)).map(({ snapshotId }) => store.snapshots.byId(snapshotId)),
      );
      const snapshots = new Map(
        inserts.flatMap((one) =>
          one ? [[one.id, { title: one.title, hash: one.hash, takenAt: one.takenAt }] as const] : [],
        ),
      );
      const titles = (await store.translations.of('strategy', [id])).get(id);
      const title = textIn(localText(strategy.title, titles), asked.language);
      const day = new Date(version?.createdAt ?? now()).toISOString().slice(0, 10);
      const draft = { title, timeZone: TIME_ZONE, content, snapshots, ...(version && { subtitle: version.title }) };
      const { periodStart, periodEnd } = strategy;
      const data = { id, title: strategy.title, periodStart, periodEnd, version: version?.title ?? null, content };
      const job: Job = { kind: 'strategy', format: format.value, language: asked.language, draft, data };
      return printed(job, title, day, asked);
    },
  };
}
