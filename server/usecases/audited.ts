/**
 * Puts the audit log around the use cases, in one place: what stands in the table is written down whenever somebody with an
 * account did it, by whichever door (page, API, command line), and only when it was done. What participants do is not
 * logged: who wrote what is for the board's own rules to say.
 */
import type { Caller } from '#core/people/caller.ts';
import type { Result } from '#core/result.ts';
import type { App } from '../app.ts';
import type { Deps } from './deps.ts';
import { record } from './recording.ts';

/** By part of the App, its methods that are written down; all of them take the caller first. */
export const AUDITED = {
  accounts: ['invite', 'resetLink', 'changeRole', 'deactivate', 'reactivate', 'dropSecondFactor', 'endSessionsOf'],
  workshops: ['create', 'change', 'duplicate', 'archive', 'remove'],
  joining: ['remove'],
  stages: ['set'],
  leading: ['setAgenda', 'timer', 'lock', 'takeLead'],
  revealing: ['reveal', 'approve', 'setAside'],
  rounds: [
    ...([
      'create',
      'change',
      'discard',
      'open',
      'close',
      'extend',
      'decide',
      'runOff',
      'revote',
      'admit',
      'strike',
    ] as const),
    ...(['castAtDesk', 'confirmAtDesk', 'withdrawAtDesk', 'issueSheets', 'printSheets'] as const),
  ],
  snapshots: ['take'],
  strategies: ['create', 'change', 'duplicate', 'archive', 'remove'],
  drafts: ['insert', 'saveVersion'],
  exports: ['workshop', 'strategy'],
  carrying: ['importActions', 'seed', 'carryVerdicts'],
  templates: ['save', 'remove'],
  transfer: ['bringIn', 'takeOut', 'file'],
  rehearsal: ['start', 'wipe'],
  privacy: ['erasePerson', 'eraseAccount', 'eraseBoard', 'eraseWorkshop', 'setRetention', 'personData'],
} as const satisfies { readonly [P in keyof App]?: readonly (keyof App[P])[] };

type Use = (caller: Caller, ...rest: unknown[]) => Promise<Result<unknown>>;

/** Which of the following is the id of what it was done to: the first text, or the id of what was made. */
function subjectOf(rest: readonly unknown[], result: Result<unknown>): string | null {
  if (typeof rest[0] === 'string') return rest[0];
  const value = result.ok ? (result.value as { id?: unknown; account?: { id?: unknown } } | null) : null;
  const id = value?.id ?? value?.account?.id;
  return typeof id === 'string' ? id : null;
}

/** Formats, roles and the like may be told; anything longer is somebody's text. */
const SAYABLE = [
  'role',
  'format',
  'kind',
  'status',
  'locked',
  'private',
  'anonymous',
  'doorOpen',
  'stageId',
  'seconds',
];

function detailOf(rest: readonly unknown[]): string | null {
  const given = rest.find((one) => typeof one === 'object' && one !== null) as Record<string, unknown> | undefined;
  const words = SAYABLE.flatMap((key) => {
    const value = given?.[key];
    return ['string', 'number', 'boolean'].includes(typeof value) && String(value).length <= 40
      ? [`${key}=${String(value)}`]
      : [];
  });
  const plain = rest.slice(1).filter((one) => typeof one === 'boolean' || typeof one === 'number' || isId(one));
  return [...plain.map(String), ...words].join(' ') || null;
}

const isId = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(value);

export function audited<A extends Partial<App>>(app: A, deps: Pick<Deps, 'store' | 'now'>): A {
  const parts = Object.entries(AUDITED).flatMap(([part, methods]) => {
    const own = app[part as keyof typeof AUDITED] as unknown as Record<string, Use | undefined> | undefined;
    if (!own) return [];
    const wrapped = methods.flatMap((method) => {
      const use = own[method];
      if (typeof use !== 'function') return [];
      const withRecord: Use = async (caller, ...rest) => {
        const result = await use(caller, ...rest);
        if (result.ok && caller.account)
          await record(deps, caller.account, {
            act: `${part}.${method}`,
            subject: subjectOf(rest, result),
            detail: detailOf(rest),
          });
        return result;
      };
      return [[method, withRecord] as const];
    });
    return [[part, { ...own, ...Object.fromEntries(wrapped) }] as const];
  });
  return { ...app, ...Object.fromEntries(parts) };
}
