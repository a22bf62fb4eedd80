/** The words of a passage that is inserted into the draft: those of documents, and what makes a sentence of a fact. */
import type { Language } from '#core/people/caller.ts';
import type { PassageWords } from '#core/strategy/passage.ts';
import { m } from '#messages/messages.js';
import { documentLabels } from './labels.ts';

export function passageWords(language: Language): PassageWords {
  const to = { locale: language } as const;
  return {
    ...documentLabels(language),
    votedSecretly: m.draft_voted_secretly({}, to),
    votedOpenly: m.draft_voted_openly({}, to),
  };
}
