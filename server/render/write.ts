/**
 * One document from its data to its bytes: what a worker does for the server, and a test does without one. Everything it is
 * given can be copied between threads; it reads fonts and nothing else.
 */
import { createHash } from 'node:crypto';
import { draftDocument, type DraftSource } from '#core/export/draft.ts';
import { formatLongDate } from '#core/export/format.ts';
import type { Format } from '#core/export/formats.ts';
import { minutesDocument, type AgendaItem, type MinutesFields } from '#core/export/minutes.ts';
import { resultsRows } from '#core/export/rows.ts';
import { resultsDocument } from '#core/export/results.ts';
import { resultsSheets } from '#core/export/sheets.ts';
import { textIn, type ResultsSource, type SourceBoard, type SourceRound } from '#core/export/source.ts';
import { cleanLine } from '#core/export/text.ts';
import type { Document } from '#core/export/tree.ts';
import type { Language } from '#core/people/caller.ts';
import { resultsSource } from '#core/strategy/results.ts';
import { buildSnapshot, type Snapshot, type SnapshotSource } from '#core/strategy/snapshot.ts';
import { renderCsv } from './csv.ts';
import { LOCALES } from './docx/look.ts';
import { renderDocx } from './docx.ts';
import { renderJson } from './json.ts';
import { documentLabels } from './labels.ts';
import { renderMarkdown } from './md.ts';
import { pdfDocument } from './pdf/document.ts';
import { writePdf } from './pdf.ts';
import { boardDrawing } from './picture/board.ts';
import { boardPng, posterDocument } from './picture/poster.ts';
import { renderXlsx } from './xlsx.ts';

/** A snapshot as it is stored, or the state at this moment with the rounds that still run (named, without figures). */
export type From =
  { readonly snapshot: string } | { readonly gathered: SnapshotSource; readonly running: readonly SourceRound[] };

export type Job = { readonly format: Format; readonly language: Language } & (
  | { readonly kind: 'results'; readonly from: From; readonly boardId: string | null }
  | { readonly kind: 'poster'; readonly from: From; readonly boardId: string | null }
  | {
      readonly kind: 'minutes';
      readonly from: From;
      readonly fields: MinutesFields;
      readonly agenda: readonly AgendaItem[];
    }
  | { readonly kind: 'strategy'; readonly draft: DraftSource; readonly data: object }
);

/** How much is done, 0 to 1. */
export type OnShare = (share: number) => void;

/** Letters up to which a worker computes the pages of the contents; it takes some 20 microseconds a letter. */
const LETTERS_LAID_OUT = 300_000;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function sourceOf(from: From): ResultsSource {
  if ('snapshot' in from) return resultsSource(JSON.parse(from.snapshot) as Snapshot);
  const { snapshot } = buildSnapshot(from.gathered, sha256);
  const source = resultsSource(snapshot);
  return { ...source, rounds: [...source.rounds, ...from.running], snapshot: null };
}

export async function writeJob(job: Job, onShare: OnShare = () => {}): Promise<Uint8Array | string> {
  const { language, format } = job;
  const labels = documentLabels(language);
  if (job.kind === 'strategy')
    return writeDocument(draftDocument(job.draft, language, labels), format, job.data, onShare);
  const source = sourceOf(job.from);
  onShare(0.1);
  if (job.kind === 'minutes') {
    const minutes = { results: source, fields: job.fields, agenda: job.agenda };
    return writeDocument(minutesDocument(minutes, language, labels), format, minutes, onShare);
  }
  if (job.kind === 'poster' || format === 'png') return writeBoard(source, job.boardId, job, onShare);
  if (format === 'csv') return renderCsv(resultsRows(source, language, labels), language);
  const document = resultsDocument(source, language, labels);
  onShare(0.2);
  if (format === 'xlsx') return renderXlsx(resultsSheets(source, document, language, labels));
  return writeDocument(document, format, source, onShare);
}

async function writeDocument(
  document: Document,
  format: Format,
  data: object,
  onShare: OnShare,
): Promise<Uint8Array | string> {
  onShare(0.25);
  switch (format) {
    case 'docx':
      return renderDocx(document, LETTERS_LAID_OUT);
    case 'pdf':
      return writePdf(pdfDocument(document), (share) => onShare(0.6 + 0.4 * share));
    case 'md':
      return renderMarkdown(document);
    // For programs: the document as people read it, and beside it the figures and texts it was made from.
    case 'json':
      return renderJson({ ...document, ...{ data } });
    default:
      throw new Error(`no writer for ${format}`);
  }
}

/** The board that is asked for, else the one on which most was written. */
function boardOf({ boards }: ResultsSource, id: string | null): SourceBoard | undefined {
  return id === null
    ? [...boards].sort((a, b) => b.notes.length - a.notes.length)[0]
    : boards.find((board) => board.id === id);
}

async function writeBoard(
  source: ResultsSource,
  id: string | null,
  { format, language }: Job,
  onShare: OnShare,
): Promise<Uint8Array> {
  const board = boardOf(source, id);
  if (!board) throw new Error('no such board');
  const labels = documentLabels(language);
  const { workshop, snapshot } = source;
  const title = cleanLine(textIn(workshop.title, language));
  const drawing = boardDrawing(board, language, {
    title: `${title}, ${formatLongDate(workshop.date, language, workshop.timeZone)}`,
    foot: snapshot === null ? labels.sourceLive : `${labels.snapshot}: ${snapshot.hash}`,
    zoneEmpty: labels.zoneEmpty,
    noteEmpty: labels.noteEmpty,
    groupUntitled: labels.groupUntitled,
  });
  onShare(0.4);
  if (format === 'png') return boardPng(drawing);
  return writePdf(posterDocument(drawing, title, LOCALES[language]), (share) => onShare(0.5 + 0.5 * share));
}
