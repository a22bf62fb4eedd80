/**
 * A rehearsal: the agenda with simulated people, on a copy of the workshop, so that nothing of it can reach the real one and
 * one button wipes it. Simulated people do what people do, by the same use cases and under the same rules.
 */
import { newId, newSecret } from '#core/ids.ts';
import { NOBODY, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { hashOf, markOf } from '../auth/secrets.ts';
import { allowed, passTo } from './doors.ts';
import type { boards } from './boards.ts';
import type { Deps } from './deps.ts';
import type { rounds } from './rounds.ts';
import type { workshops } from './workshops.ts';

const PEOPLE = 12;
/** Words to write; the language is the workshop's first, the subject nobody's. */
const WORDS = {
  ky: ['Окуу керек', 'Кадрлар жетишпейт', 'Жакшы байланыш', 'Бюджет аз', 'Жаңы мыйзам', 'Тажрыйба бар'],
  ru: ['Нужно обучение', 'Кадров не хватает', 'Хорошие связи', 'Мало средств', 'Новый закон', 'Есть опыт'],
  en: ['Training is needed', 'Not enough staff', 'Good relations', 'Little money', 'A new law', 'There is experience'],
};

interface Parts {
  readonly workshops: ReturnType<typeof workshops>;
  readonly boards: ReturnType<typeof boards>;
  readonly rounds: Pick<ReturnType<typeof rounds>, 'cast'>;
}

export function rehearsal({ store, now, room }: Deps, parts: Parts) {
  async function rehearsed(caller: Caller, id: string) {
    const found = await passTo(store, caller, id, 'workshop.rehearse');
    return found.ok && !found.value.rehearsalOf ? refuse('not-found') : found;
  }

  return {
    /** Makes the copy and its people; where to go on. */
    async start(caller: Caller, id: string, origin: string): Promise<Result<{ id: string; people: number }>> {
      const passes = allowed(caller, 'workshop.rehearse');
      if (!passes.ok) return passes;
      const copy = await parts.workshops.duplicate(caller, id, origin, { rehearsalOf: id });
      if (!copy.ok) return copy;
      const organisations = await store.workshops.organisations(copy.value.id);
      for (let n = 0; n < PEOPLE; n += 1) {
        const organisationId = organisations[n % Math.max(1, organisations.length)]?.id ?? null;
        const person = {
          id: newId(),
          workshopId: copy.value.id,
          name: `№ ${n + 1}`,
          organisationId,
          language: copy.value.languages[0] ?? 'ru',
          joinedAt: now(),
          removedAt: null,
        };
        await store.participants.insert(person, hashOf(newSecret()));
      }
      await room.project(copy.value.id);
      return ok({ id: copy.value.id, people: PEOPLE });
    },

    /** Lets everybody do what the stage asks: write a note each, or vote in the open round. */
    async act(caller: Caller, id: string): Promise<Result<{ notes: number; ballots: number }>> {
      const found = await rehearsed(caller, id);
      if (!found.ok) return found;
      const workshop = found.value;
      const people = (await store.participants.inWorkshop(id)).filter(({ name }) => name?.startsWith('№ '));
      const boards = await store.workshops.boards(id);
      const stage = (await store.workshops.stages(id)).find((one) => one.id === workshop.stageId);
      const target = boards.find((one) => one.id === stage?.boardId) ?? boards[0];
      const open = (await store.rounds.inWorkshop(id)).find(({ status }) => status === 'open');
      const words = WORDS[workshop.languages[0] ?? 'ru'];
      let [notes, votes] = [0, 0];
      for (const [n, { id: participantId, organisationId, language, name }] of people.entries()) {
        const person: Caller = {
          ...NOBODY,
          participants: [
            { participantId, workshopId: id, organisationId, name, language, noteKey: markOf(id, participantId) },
          ],
        };
        if (open) {
          const { method } = open.settings;
          const [one, two = one] = [open.options[n % open.options.length], open.options[0]];
          if (!one || !two) continue;
          const ballot =
            method.kind === 'dots'
              ? { dots: { [one.id]: 1 } }
              : method.kind === 'ranking'
                ? { ranking: [...new Set([two.id, one.id])] }
                : method.kind === 'score'
                  ? {
                      scores: {
                        [one.id]: Object.fromEntries(method.criteria.map(({ name: each }) => [each, method.max])),
                      },
                    }
                  : {
                      choices: {
                        [one.id]:
                          method.kind === 'verdict' ? (method.choices[n % method.choices.length] ?? '') : 'support',
                      },
                    };
          if ((await parts.rounds.cast(person, open.id, { body: ballot })).ok) votes += 1;
        } else if (target) {
          const zone = target.zones[n % target.zones.length]?.id ?? '';
          const made = await parts.boards.addNote(person, target.id, {
            zone,
            text: words[n % words.length] ?? '',
            language,
          });
          if (made.ok) notes += 1;
        }
      }
      return ok({ notes, ballots: votes });
    },

    /** Wipes the rehearsal, people, notes, votes and all. The real workshop never knew of it. */
    async wipe(caller: Caller, id: string): Promise<Result<null>> {
      const found = await rehearsed(caller, id);
      return found.ok ? parts.workshops.remove(caller, id) : found;
    },
  };
}
