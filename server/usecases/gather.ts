/**
 * Everything a snapshot or an export is made from, gathered from the store and the living boards through the same
 * visibility functions as the screen. No person's name is ever read here.
 */
import { readBoard } from '#core/board/read.ts';
import type { LocalText } from '#core/export/source.ts';
import type { SnapshotSource } from '#core/strategy/snapshot.ts';
import type { Titles, Workshop } from '../store/workshops.ts';
import type { Deps } from './deps.ts';

/** A text in the languages it was given in, else as it was typed. */
export function localText(plain: string, texts: Titles | undefined): LocalText {
  return texts && Object.keys(texts).length > 0 ? texts : plain;
}

export async function gather(
  { store, live }: Pick<Deps, 'store' | 'live'>,
  workshop: Workshop,
  taking: { readonly id: string; readonly title: string; readonly takenAt: number },
): Promise<SnapshotSource> {
  const [boards, organisations, people, rounds] = await Promise.all([
    store.workshops.boards(workshop.id),
    store.workshops.organisations(workshop.id),
    store.participants.inWorkshop(workshop.id),
    store.rounds.inWorkshop(workshop.id),
  ]);
  const came = new Map<string | null, number>();
  for (const { organisationId } of people) came.set(organisationId, (came.get(organisationId) ?? 0) + 1);
  const contents: SnapshotSource['boards'][number][] = [];
  for (const { id, template, title, zones } of boards) {
    const authors = workshop.anonymous ? [] : await store.notes.authorsOf(id);
    contents.push({
      ...{ id, template, title, zones },
      content: await live.read(`board/${id}`, (doc) =>
        readBoard(
          doc,
          zones.map((zone) => zone.id),
        ),
      ),
      sight: {
        attributed: !workshop.anonymous,
        authors: new Map(
          authors.map((author) => [
            author.noteId,
            { authorId: author.personId, organisationId: author.organisationId },
          ]),
        ),
      },
    });
  }
  return {
    ...taking,
    workshop: {
      id: workshop.id,
      title: localText(workshop.title, workshop.titles),
      languages: workshop.languages,
      timeZone: workshop.timeZone,
      heldOn: workshop.heldOn,
      strategy: await strategyOf(store, workshop.strategyId),
    },
    organisations: organisations.map(({ id, name, seats }) => ({ id, name, seats, people: came.get(id) ?? 0 })),
    unaffiliated: came.get(null) ?? 0,
    boards: contents,
    rounds,
  };
}

async function strategyOf(store: Deps['store'], id: string | null): Promise<SnapshotSource['workshop']['strategy']> {
  const strategy = id === null ? null : await store.strategies.byId(id);
  if (!strategy) return null;
  const titles = (await store.translations.of('strategy', [strategy.id])).get(strategy.id);
  return { id: strategy.id, title: localText(strategy.title, titles) };
}
