/** `doctor --snapshot FILE`: is the file what was taken, and do its ballots give its results? No store is opened. */
import { readFileSync, statSync } from 'node:fs';
import { textIn } from '#core/export/source.ts';
import { inspectSnapshot, type Finding, type Recount } from '#core/strategy/inspect.ts';
import { sha256 } from '../auth/secrets.ts';
import { Refused } from './outcome.ts';

const LARGEST = 256 * 1024 * 1024;

function bytesOf(file: string): Uint8Array {
  try {
    if (statSync(file).size > LARGEST) throw new Refused(`${file} is larger than any snapshot.`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}.`, {
      cause: error,
    });
  }
}

function sentenceOf(finding: Finding): string {
  switch (finding.kind) {
    case 'not-utf8':
      return `Byte ${finding.at} is not UTF-8: it was changed.`;
    case 'not-json':
      return `The file stops being JSON at byte ${finding.at}: a byte there or just before was changed.`;
    case 'not-a-snapshot':
      return 'This is no snapshot (ashar.snapshot/1).';
    case 'not-canonical':
      return `Byte ${finding.at} is not what canonical JSON (RFC 8785) has there: the file was changed or written anew.`;
    case 'changed':
      return `${finding.path === 'head' ? 'The head (title, day, workshop)' : finding.path} was changed${finding.now ? `. It reads now: ${finding.now}` : '.'}`;
    case 'hash':
      return `The hash does not fit: the file says ${finding.stated}, its content gives ${finding.computed}.`;
    case 'result':
      return `Round "${finding.round}"${finding.option ? `, "${finding.option}"` : ''}: ${finding.figure} is stated as ${finding.stated}, the ballots give ${finding.counted}.`;
  }
}

/** The result as the file alone gives it, a line an option. */
function linesOf({ round, ballots }: Recount): string[] {
  const { turnout, options } = round.result;
  const counted = ballots === null ? 'ballots not published: as stated' : `counted again from ${ballots} ballots`;
  return [
    `Round "${round.settings.title}": ${turnout.cast} of ${turnout.eligible} voted, ${counted}.`,
    ...options.map(
      ({ rank, tied, text, dots, voters }) =>
        `  ${rank}${tied ? '=' : ''}  ${text.replaceAll('\n', ' ')}: ${Math.round(dots * 100) / 100} from ${voters} people`,
    ),
  ];
}

/** Prints what is in the file; throws Refused where anything is wrong with it. */
export function inspectFile(file: string): void {
  const { snapshot, findings, recounts } = inspectSnapshot(bytesOf(file), sha256);
  for (const finding of findings) console.log(sentenceOf(finding));
  if (findings.length > 0 || !snapshot)
    throw new Refused('The snapshot was changed after it was taken, or is none: restore the file from a copy.');
  const notes = snapshot.boards.reduce((sum, board) => sum + board.notes.length, 0);
  console.log(
    `Snapshot "${snapshot.title}" of ${textIn(snapshot.workshop.title, 'en')}, taken ${snapshot.takenAt}: ${notes} notes, ${snapshot.rounds.length} rounds.`,
  );
  for (const recount of recounts) for (const line of linesOf(recount)) console.log(line);
  console.log(`The hash fits: ${snapshot.hash}`);
}
