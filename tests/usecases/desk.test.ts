/** The desk: numbered paper, a second person's confirmation, proxies with a limit, and nothing that tells a choice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '#core/people/caller.ts';
import { accountCaller } from '../fixtures/deps.ts';
import { code, lead, value, votingStage, type Stage } from './voting-scene.ts';

let stage: Stage;
const first = accountCaller('staff');
const second: Caller = { ...first, account: { accountId: 'account-second', role: 'staff', name: 'B' } };
beforeAll(async () => {
  stage = await votingStage();
});
afterAll(() => stage.store.close());

const METHODS = [
  [{ kind: 'dots', budget: 5, perOption: 3 }, { dots: { n0: 2 } }, { dots: { n0: 1 } }],
  [
    { kind: 'score', criteria: [{ name: 'Польза', weight: 1 }], min: 1, max: 5 },
    { scores: { n0: { Польза: 5 } } },
    { scores: { n0: { Польза: 4 } } },
  ],
  [{ kind: 'ranking' }, { ranking: ['n0', 'n1'] }, { ranking: ['n1', 'n0'] }],
  [{ kind: 'consent' }, { choices: { n0: 'object' }, reasons: { n0: 'Нет средств' } }, { choices: { n0: 'support' } }],
  [{ kind: 'verdict', choices: ['да', 'нет'] }, { choices: { n0: 'да' } }, { abstain: true }],
] as const;

describe('the desk', () => {
  test.each(METHODS)(
    '[V91] $kind: a ballot counts once a second person has entered the same; nobody is shown what the first said',
    async (method, ballot, other) => {
      const scene = await stage.openScene(3, { method, deskConfirmation: true });
      const entered = value(await stage.rounds.castAtDesk(first, scene.roundId, { kind: 'paper', body: ballot }));
      if (!('entry' in entered)) throw new Error('it was counted at once');
      const turnout = async () => value(await stage.rounds.view(lead, scene.roundId)).turnout;
      expect(await turnout()).toEqual({ eligible: 3, cast: 0 });
      const state = value(await stage.rounds.deskState(second, scene.roundId));
      expect(Object.keys(state.entries[0] ?? {}).toSorted()).toEqual([
        'enteredAt',
        'enteredBy',
        'id',
        'kind',
        'mine',
        'number',
        'organisationId',
      ]);
      const confirm = (caller: Caller, body: unknown) =>
        stage.rounds.confirmAtDesk(caller, scene.roundId, entered.entry, { body });
      expect(code(await confirm(first, ballot))).toBe('second-person-needed');
      expect(code(await confirm(second, other))).toBe('entries-differ');
      expect(code(await confirm(lead, ballot))).toBe('forbidden');
      expect(code(await confirm(second, ballot))).toBe('ok');
      expect(code(await confirm(second, ballot))).toBe('not-found');
      expect(await turnout()).toEqual({ eligible: 4, cast: 1 });
      value(await stage.rounds.close(lead, scene.roundId));
      expect(value(await stage.rounds.view(lead, scene.roundId)).result?.turnout).toMatchObject({
        cast: 1,
        paper: 1,
        proxy: 0,
      });
    },
  );

  test('[V92] each number is used once: by its code, not twice, not while it waits, and again once it was taken back', async () => {
    const scene = await stage.openScene(3, { deskConfirmation: true });
    expect(value(await stage.rounds.issueSheets(first, scene.roundId, 3))).toEqual({ from: 1, to: 3 });
    expect(value(await stage.rounds.issueSheets(first, scene.roundId, 2))).toEqual({ from: 4, to: 5 });
    for (const count of [0, -1, 1.5, 1000])
      expect(code(await stage.rounds.issueSheets(first, scene.roundId, count))).toBe('number-invalid');
    expect(code(await stage.rounds.issueSheets(lead, scene.roundId, 1))).toBe('forbidden');
    const sheets = await stage.store.rounds.sheets(scene.roundId);
    expect(new Set(sheets.map((sheet) => sheet.code)).size).toBe(5);
    const paper = (number?: number, sheetCode?: string) =>
      stage.rounds.castAtDesk(first, scene.roundId, {
        kind: 'paper',
        body: { dots: { n0: 1 } },
        number,
        code: sheetCode,
      });
    const codeOf = (number: number) => sheets[number - 1]?.code ?? '';
    expect(code(await paper())).toBe('sheet-needed');
    expect(code(await paper(6, 'AAAAAA'))).toBe('sheet-unknown');
    expect(code(await paper(1, codeOf(2)))).toBe('sheet-unknown');
    const entered = value(await paper(1, codeOf(1).toLowerCase()));
    expect(code(await paper(1, codeOf(1)))).toBe('sheet-used');
    if (!('entry' in entered)) throw new Error('it was counted at once');
    value(await stage.rounds.withdrawAtDesk(first, scene.roundId, entered.entry));
    const again = value(await paper(1, codeOf(1)));
    if (!('entry' in again)) throw new Error('it was counted at once');
    value(await stage.rounds.confirmAtDesk(second, scene.roundId, again.entry, { body: { dots: { n0: 1 } } }));
    expect(code(await paper(1, codeOf(1)))).toBe('sheet-used');
    expect(value(await stage.rounds.deskState(first, scene.roundId)).sheets[0]).toEqual({ number: 1, used: true });
    expect(value(await stage.rounds.log(first, scene.roundId)).map(({ kind }) => kind)).toEqual([
      'opened',
      'sheets',
      'sheets',
      'dropped',
    ]);
  });

  test('[V93] an organisation has so many proxies at most, those that wait among them', async () => {
    const scene = await stage.openScene(3, { proxyLimit: 2, deskConfirmation: true });
    const proxy = (organisation?: string) =>
      stage.rounds.castAtDesk(first, scene.roundId, { kind: 'proxy', organisation, body: { dots: { n1: 1 } } });
    expect(code(await proxy())).toBe('organisation-needed');
    expect(code(await proxy('Неизвестная'))).toBe('organisation-unknown');
    const entered = value(await proxy('гамсумо'));
    if (!('entry' in entered)) throw new Error('it was counted at once');
    value(await stage.rounds.confirmAtDesk(second, scene.roundId, entered.entry, { body: { dots: { n1: 1 } } }));
    value(await proxy('ГАМСУМО'));
    expect(code(await proxy('ГАМСУМО'))).toBe('proxy-limit');
    expect(code(await proxy('Дирекция'))).toBe('ok');
  });

  test('[V94] what nobody confirmed is not counted, goes with the close, and is told', async () => {
    const scene = await stage.openScene(3, { deskConfirmation: true });
    value(await stage.rounds.castAtDesk(first, scene.roundId, { kind: 'paper', body: { dots: { n0: 1 } } }));
    const closed = value(await stage.rounds.close(lead, scene.roundId));
    expect(closed.result).toMatchObject({ unconfirmed: 1, turnout: { eligible: 3, cast: 0, paper: 0 } });
    expect(value(await stage.rounds.deskState(first, scene.roundId)).entries).toEqual([]);
    expect(code(await stage.rounds.castAtDesk(first, scene.roundId, { kind: 'paper', body: { dots: {} } }))).toBe(
      'round-closed',
    );
  });
});
