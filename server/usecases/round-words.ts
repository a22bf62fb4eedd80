/** Translations of rounds and of what is voted on, from the store; for pages, the API and the room document alike. */
import type { RoundWords } from '#core/voting/words.ts';
import type { Store } from '../store/port.ts';

interface Asked {
  readonly id: string;
  readonly optionIds: readonly string[];
}

/** By round; what has no translation is not in the answer. */
export async function wordsOfRounds(
  store: Pick<Store, 'translations'>,
  rounds: readonly Asked[],
): Promise<ReadonlyMap<string, RoundWords>> {
  const optionIds = [...new Set(rounds.flatMap((round) => round.optionIds))];
  const [titles, notes, groups] = await Promise.all([
    store.translations.of(
      'round',
      rounds.map(({ id }) => id),
    ),
    store.translations.of('note', optionIds),
    store.translations.of('group', optionIds),
  ]);
  const found = new Map<string, RoundWords>();
  for (const round of rounds) {
    const texts = Object.fromEntries(
      round.optionIds.flatMap((id) => {
        const words = notes.get(id) ?? groups.get(id);
        return words && Object.keys(words).length > 0 ? [[id, words]] : [];
      }),
    );
    const title = titles.get(round.id) ?? {};
    if (Object.keys(title).length + Object.keys(texts).length > 0) found.set(round.id, { titles: title, texts });
  }
  return found;
}
