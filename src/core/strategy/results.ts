/** A snapshot as the source of documents: the same data, in the shape that the document builders ask for. */
import type { ResultsSource } from '../export/source.ts';
import { templateById } from '../templates/index.ts';
import type { Snapshot, SnapshotBoard } from './snapshot.ts';

export function resultsSource(snapshot: Snapshot): ResultsSource {
  const { workshop } = snapshot;
  return {
    workshop: {
      title: workshop.title,
      ...(workshop.strategy ? { strategy: workshop.strategy.title } : {}),
      date: workshop.heldOn ?? snapshot.takenAt,
      timeZone: workshop.timeZone,
    },
    organisations: snapshot.organisations,
    unaffiliated: snapshot.unaffiliated,
    boards: snapshot.boards.map((board) => ({
      id: board.id,
      title: board.title,
      template: board.template,
      zones: zonesWithTint(board),
      notes: board.notes.map(({ id, zone, x, y, text, colour, groupId, language }) => ({
        id,
        at: [zone, x, y],
        text,
        colour,
        ...(groupId === null ? {} : { group: groupId }),
        ...(language === undefined ? {} : { lang: language }),
      })),
      groups: board.groups.map(({ id, zone, x, y, title, noteIds }) => ({ id, at: [zone, x, y], title, noteIds })),
    })),
    rounds: snapshot.rounds,
    snapshot: { id: snapshot.id, hash: snapshot.hash, takenAt: snapshot.takenAt, title: snapshot.title },
  };
}

/** Tints belong to the template, not to what the room said: they are looked up, not frozen. */
function zonesWithTint(board: SnapshotBoard): ResultsSource['boards'][number]['zones'] {
  const template = templateById(board.template);
  return board.zones.map(({ id, name }) => {
    const tint = template?.zones.find((zone) => zone.id === id)?.tint;
    return { id, name, ...(tint === undefined ? {} : { tint }) };
  });
}
