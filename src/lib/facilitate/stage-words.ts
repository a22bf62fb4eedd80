/** What a kind of stage asks of the room, and what setting it does: written on the projector and on the "next" button. */
import type { StageKind } from '#core/room/room.ts';
import { boardRights } from '#core/stage/rights.ts';
import type { Language } from '#core/people/caller.ts';
import { wordsIn, type SomeWords } from '$lib/i18n/words.ts';
import { m } from '#messages/messages.js';

type Saying = (inputs: Record<string, never>, options: { locale: Language }) => string;

const INSTRUCTIONS: Readonly<Record<StageKind, Saying>> = {
  welcome: m.screen_do_welcome,
  collect: m.screen_do_collect,
  reveal: m.screen_do_reveal,
  group: m.screen_do_group,
  rate: m.screen_do_rate,
  pair: m.screen_do_pair,
  discuss: m.screen_do_discuss,
  vote: m.screen_do_vote,
  review: m.screen_do_review,
  close: m.screen_do_close,
};

const EFFECTS: Readonly<Record<StageKind, () => string>> = {
  welcome: m.lead_effect_welcome,
  collect: m.lead_effect_collect,
  reveal: m.lead_effect_reveal,
  group: m.lead_effect_group,
  rate: m.lead_effect_rate,
  pair: m.lead_effect_pair,
  discuss: m.lead_effect_discuss,
  vote: m.lead_effect_vote,
  review: m.lead_effect_review,
  close: m.lead_effect_close,
};

export const instructionOf = (kind: StageKind, locale: Language): string => INSTRUCTIONS[kind]({}, { locale });

/** What the facilitator wrote for this stage, in the reader's language or the one it has; else what its kind says. */
export function instructionFor(
  stage: { readonly kind: StageKind; readonly instruction?: SomeWords | null | undefined },
  language: Language,
): string {
  return wordsIn(stage.instruction ?? {}, language) || instructionOf(stage.kind, language);
}

const KINDS: Readonly<Record<StageKind, () => string>> = {
  welcome: m.kind_welcome,
  collect: m.kind_collect,
  reveal: m.kind_reveal,
  group: m.kind_group,
  rate: m.kind_rate,
  pair: m.kind_pair,
  discuss: m.kind_discuss,
  vote: m.kind_vote,
  review: m.kind_review,
  close: m.kind_close,
};
export const kindName = (kind: StageKind): string => KINDS[kind]();
export const effectOf = (kind: StageKind): string => EFFECTS[kind]();

/** Whether a stage of this kind is one in which people write on the board: then it can be locked. */
export function peopleWriteIn(stage: StageKind): boolean {
  const situation = { stage, here: true, role: 'member', locked: false, private: false, anonymous: false } as const;
  return boardRights(situation).byCommand;
}
