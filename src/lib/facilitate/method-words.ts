/** Methods of voting in words, and the settings of a new round as its form holds them, made into what the API takes. */
import type { Method } from '#core/voting/types.ts';
import { m } from '#messages/messages.js';

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
