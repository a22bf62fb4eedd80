/** Methods of voting in words, and the settings of a new round as its form holds them, made into what the API takes. */
import type { Method } from '#core/voting/types.ts';
import { m } from '#messages/messages.js';
import type { RoundView } from '$lib/voting/round.ts';

export function methodName(method: Method): string {
  switch (method.kind) {
    case 'dots':
      return m.lead_round_dots_summary({ budget: method.budget, cap: method.perOption });
    case 'score':
      return m.lead_method_score();
    case 'ranking':
      return m.lead_method_ranking();
    case 'consent':
      return m.lead_method_consent();
    case 'verdict':
      return method.choices.join(' · ');
  }
}

export interface MethodForm {
  kind: Method['kind'];
  budget: number | null;
  perOption: number | null;
  criteria: string;
  min: number | null;
  max: number | null;
  choices: string;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What most rounds leave as it is, as its form holds it: the quorum in per cent. */
export interface MoreForm {
  secret: boolean;
  publish: boolean;
  receipts: boolean;
  quorum: number | null;
  cut: number | null;
  grace: number | null;
  confirm: boolean;
  proxies: number | null;
  crew: boolean;
}

/** A new round asks for a second person at the desk: stricter is the safe side. */
export const NEW_MORE: MoreForm = {
  ...{
    secret: true,
    publish: true,
    receipts: true,
    quorum: null,
    cut: null,
    grace: 0,
    confirm: true,
    proxies: null,
    crew: false,
  },
};

export function moreFrom(round: RoundView): MoreForm {
  const { secret, publish, quorum, cut, graceSeconds, deskConfirmation, proxyLimit, crewVotes } = round;
  const percent = quorum === null ? null : Math.round(quorum * 100);
  return {
    secret,
    publish,
    receipts: round.receipts ?? true,
    quorum: percent,
    cut,
    grace: graceSeconds,
    confirm: deskConfirmation ?? false,
    proxies: proxyLimit ?? null,
    crew: crewVotes ?? false,
  };
}

/** As the API takes them; null takes a setting away. */
export function moreSettings(more: MoreForm): Record<string, unknown> {
  return {
    ...{ secret: more.secret, publish: more.publish, cut: more.cut, graceSeconds: more.grace ?? 0 },
    ...{
      quorum: more.quorum === null ? null : more.quorum / 100,
      deskConfirmation: more.confirm,
      proxyLimit: more.proxies,
      crewVotes: more.crew,
      receipts: more.receipts,
    },
  };
}

/** A method as its form holds it; what belongs to the others keeps its first values. */
export function formFrom(method: Method): MethodForm {
  const first: MethodForm = {
    ...{ kind: method.kind, budget: 3, perOption: 1, min: 1, max: 5 },
    ...{ criteria: m.lead_criteria_default(), choices: m.lead_choices_default() },
  };
  if (method.kind === 'dots') return { ...first, budget: method.budget, perOption: method.perOption };
  if (method.kind === 'verdict') return { ...first, choices: method.choices.join('\n') };
  if (method.kind !== 'score') return first;
  const criteria = method.criteria.map(({ name, weight }) => (weight === 1 ? name : `${name}; ${weight}`)).join('\n');
  return { ...first, criteria, min: method.min, max: method.max };
}

/** Wrong figures are sent as they are: the server refuses them with its sentence. */
export function methodFrom(form: MethodForm): Method {
  switch (form.kind) {
    case 'dots':
      return { kind: 'dots', budget: form.budget ?? 0, perOption: form.perOption ?? form.budget ?? 0 };
    case 'score':
      return {
        kind: 'score',
        criteria: linesOf(form.criteria).map((line) => {
          const [name = '', weight] = line.split(';');
          return { name: name.trim(), weight: weight === undefined ? 1 : Number(weight.trim().replace(',', '.')) };
        }),
        min: form.min ?? 1,
        max: form.max ?? 5,
      };
    case 'ranking':
      return { kind: 'ranking' };
    case 'consent':
      return { kind: 'consent' };
    case 'verdict':
      return { kind: 'verdict', choices: linesOf(form.choices) };
  }
}
