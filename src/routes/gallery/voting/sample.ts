/** A round as it could have been in the meeting of March 2020: for the gallery, counted by the real tally. */
import { checkBallot } from '#core/voting/ballot.ts';
import { tally } from '#core/voting/tally.ts';
import { optionOrder } from '#core/voting/order.ts';
import type { CountedBallot, Method, RoundSettings } from '#core/voting/types.ts';
import type { RoundView } from '$lib/voting/round.ts';

const TEXTS = [
  'Айыл өкмөттөрүнүн өздүк кирешелерин көбөйтүү жана бюджеттик мамилелерди өркүндөтүү',
  'Повышение квалификации муниципальных служащих и депутатов айылных кенешей',
  'Развитие муниципальной службы',
  'Укрепление роли Союза в защите интересов органов местного самоуправления',
  'Жарандардын катышуусу жана жергиликтүү өз алдынча башкаруунун отчеттуулугу',
  'Межмуниципальное сотрудничество и улучшение муниципальных услуг',
  'Цифровизация работы айыл окмоту',
];
export const options = TEXTS.map((text, place) => ({ id: `option${place}`, text, noteIds: [], zone: 'strengths' }));
const ids = options.map(({ id }) => id);

export const organisations = [
  { id: 'union', name: 'Союз местных самоуправлений' },
  { id: 'gamsumo', name: 'ГАМСУМО' },
  { id: 'dpi', name: 'Институт политики развития' },
  { id: 'usaid', name: 'USAID «Успешный аймак»' },
];

export const METHODS: readonly Method[] = [
  { kind: 'dots', budget: 5, perOption: 3 },
  {
    kind: 'score',
    criteria: [
      { name: 'Важность', weight: 2 },
      { name: 'Осуществимость', weight: 1 },
    ],
    min: 1,
    max: 5,
  },
  { kind: 'ranking' },
  { kind: 'consent' },
  { kind: 'verdict', choices: ['Выполнено', 'Частично', 'Не выполнено', 'Не знаю'] },
];

export function viewOf(method: Method): RoundView {
  return {
    id: 'sample',
    title: 'Приоритетные направления 2020–2025',
    of: 'groups',
    method,
    secret: true,
    status: 'open',
    options,
    turnout: { eligible: 24, cast: 9 },
    result: null,
    boardId: 'board',
    quorum: 0.5,
    cut: 3,
    graceSeconds: 0,
    publish: true,
    voter: true,
    closesAt: null,
  };
}

function dotsFor(voter: number): unknown {
  const order = optionOrder(ids, `sample ${voter % 7}`);
  return voter === 5
    ? { abstain: true }
    : { dots: { [order[0] ?? '']: 3, [order[1] ?? '']: 1, [order[voter % 3] ?? '']: voter % 3 ? 1 : 3 } };
}

export function sampleResult(eligible: number) {
  const method: Method = { kind: 'dots', budget: 5, perOption: 3 };
  const settings: RoundSettings = {
    title: 'Приоритетные направления',
    of: 'groups',
    method,
    secret: true,
    quorum: 0.5,
    cut: 3,
    graceSeconds: 0,
    publish: true,
  };
  const ballots: CountedBallot[] = Array.from({ length: 18 }, (_, voter) => {
    const ballot = checkBallot(method, ids, dotsFor(voter));
    return {
      ballot: ballot.ok ? ballot.value : { kind: 'abstain' },
      organisationId: organisations[voter % organisations.length]?.id ?? null,
      source: voter > 15 ? 'paper' : 'device',
      receipt: `ABCD-EFGH-J${String(voter).padStart(3, 'K')}`,
    };
  });
  return tally({ settings, options, ballots, organisations, eligible, receivedAfterClose: 1 });
}
