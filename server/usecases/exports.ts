/**
 * Documents out of a workshop or a draft: gathered by the same functions as a snapshot, turned into the neutral document,
 * written by the format's writer. An export shows what the screen shows: nothing of a round that is not closed.
 */
import { draftDocument } from '#core/export/draft.ts';
import { resultsRows, type Rows } from '#core/export/rows.ts';
import { resultsDocument } from '#core/export/results.ts';
import type { ResultsSource } from '#core/export/source.ts';
import { textIn } from '#core/export/source.ts';
import type { Document } from '#core/export/tree.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { readDraft, type Prose } from '#core/strategy/fragment.ts';
import { resultsSource } from '#core/strategy/results.ts';
import { buildSnapshot, type Snapshot } from '#core/strategy/snapshot.ts';
import { renderCsv } from '../render/csv.ts';
import { renderDocx } from '../render/docx.ts';
import { renderJson } from '../render/json.ts';
import { documentLabels } from '../render/labels.ts';
import { renderMarkdown } from '../render/md.ts';
import { contentDisposition, downloadName } from '../render/names.ts';
import type { Workshop } from '../store/workshops.ts';
import type { Deps } from './deps.ts';
import { accountOf, passTo } from './doors.ts';
import { gather, localText } from './gather.ts';
import { sha256 } from './snapshots.ts';
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

/** What a writer is given: the document, its language, and the data behind it where a format carries data. */
interface Written {
  readonly document: Document;
  readonly language: Language;
  readonly data: object;
  readonly rows: () => Rows;
}

interface Writer {
  readonly type: string;
  write(what: Written): Promise<Uint8Array | string>;
}

const DOCX: Writer = {
  type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  write: ({ document }) => renderDocx(document),
};
const MARKDOWN: Writer = {
  type: 'text/markdown; charset=utf-8',
  write: async ({ document }) => renderMarkdown(document),
};
// For programs: the document as people read it, and beside it the figures and texts it was made from.
const JSON_FILE: Writer = {
  type: 'application/json',
  write: async ({ document, data }) => renderJson({ ...document, ...{ data } }),
};
const CSV: Writer = {
  type: 'text/csv; charset=utf-8',
  write: async ({ rows, language }) => renderCsv(rows(), language),
};

const OF_WORKSHOP: Readonly<Record<string, Writer>> = { docx: DOCX, csv: CSV, json: JSON_FILE, md: MARKDOWN };
const OF_STRATEGY: Readonly<Record<string, Writer>> = { docx: DOCX, json: JSON_FILE, md: MARKDOWN };

function writerOf(writers: Readonly<Record<string, Writer>>, format: string): Result<Writer> {
  const writer = Object.hasOwn(writers, format) ? writers[format] : undefined;
  return writer ? ok(writer) : refuse('format-not-available', { formats: Object.keys(writers).join(', ') || '–' });
}

async function fileOf(
  writer: Writer,
  name: { kind: string; title: string; day: string; format: string },
  what: Written,
): Promise<Result<FileOut>> {
  const fileName = downloadName(name.kind, name.title, name.day, name.format);
  return ok({ body: await writer.write(what), type: writer.type, fileName, disposition: contentDisposition(fileName) });
}

export function exports_({ store, live, now }: Deps) {
  /** A snapshot that was taken, or the state at this moment, which nobody has fixed and which therefore has no hash. */
  async function stateOf(
    workshop: Workshop,
    snapshotId: string | undefined,
  ): Promise<Result<{ snapshot: Snapshot; source: ResultsSource }>> {
    if (snapshotId !== undefined) {
      const stored = await store.snapshots.byId(snapshotId);
      if (stored?.workshopId !== workshop.id) return refuse('not-found');
      const snapshot = JSON.parse(stored.body) as Snapshot;
      return ok({ snapshot, source: resultsSource(snapshot) });
    }
    const gathered = await gather({ store, live }, workshop, {
      id: workshop.id,
      title: workshop.title,
      takenAt: now(),
    });
    const { snapshot } = buildSnapshot(gathered, sha256);
    // Every round is named, as PRODUCT's first rule of voting asks; of those still open nothing else is known.
    const running = (await store.rounds.inWorkshop(workshop.id)).filter(
      ({ status }) => status === 'open' || status === 'closing',
    );
    const rounds = [
      ...snapshot.rounds,
      ...running.map(({ id, boardId, settings, openedAt }) => ({
        id,
        boardId,
        settings,
        openedAt,
        closedAt: null,
        result: null,
      })),
    ];
    return ok({ snapshot, source: { ...resultsSource(snapshot), rounds, snapshot: null } });
  }

  return {
    /** The results of a workshop, from a snapshot where one is named, else as they stand now. */
    async workshop(
      caller: Caller,
      id: string,
      asked: {
        readonly format: string;
        readonly kind: string;
        readonly language: Language;
        readonly snapshotId?: string | undefined;
      },
    ): Promise<Result<FileOut>> {
      const workshop = await passTo(store, caller, id, 'workshop.export');
      if (!workshop.ok) return workshop;
      const writer = writerOf(asked.kind === 'results' ? OF_WORKSHOP : {}, asked.format);
      if (!writer.ok) return writer;
      const state = await stateOf(workshop.value, asked.snapshotId);
      if (!state.ok) return state;
      const { snapshot, source } = state.value;
      const title = textIn(snapshot.workshop.title, asked.language);
      const day = snapshot.workshop.heldOn ?? snapshot.takenAt.slice(0, 10);
      const labels = documentLabels(asked.language);
      return fileOf(
        writer.value,
        { kind: 'results', title, day, format: asked.format },
        {
          document: resultsDocument(source, asked.language, labels),
          language: asked.language,
          data: source,
          rows: () => resultsRows(source, asked.language, labels),
        },
      );
    },

    /** The draft as it is now, or a version of it. */
    async strategy(
      caller: Caller,
      id: string,
      asked: { readonly format: string; readonly language: Language; readonly version?: string | undefined },
    ): Promise<Result<FileOut>> {
      const account = accountOf(caller, 'draft.export');
      if (!account.ok) return account;
      const strategy = await store.strategies.byId(id);
      if (!strategy) return refuse('not-found');
      const writer = writerOf(OF_STRATEGY, asked.format);
      if (!writer.ok) return writer;
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
      const document = draftDocument(
        { title, timeZone: TIME_ZONE, content, snapshots, ...(version && { subtitle: version.title }) },
        asked.language,
        documentLabels(asked.language),
      );
      const { periodStart, periodEnd } = strategy;
      const data = { id, title: strategy.title, periodStart, periodEnd, version: version?.title ?? null, content };
      return fileOf(
        writer.value,
        { kind: 'strategy', title, day, format: asked.format },
        { document, language: asked.language, data, rows: () => ({ head: [], rows: [] }) },
      );
    },
  };
}
