/**
 * Comments and suggestions on a draft. They live beside the text, never in it: whoever may only comment writes nothing into
 * the document. A suggestion that is taken in is an edit of the server's, and only where the paragraph still reads as it did.
 */
import { newId } from '#core/ids.ts';
import { isStaff, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { dutyAllows } from '#core/strategy/duty.ts';
import { findPassage, reword, textOf } from '#core/strategy/passages.ts';
import { checkRemark, checkSettling, MAX_REMARK, type RemarkInput, type RemarkState } from '#core/strategy/remark.ts';
import { cleanText } from '#core/board/text.ts';
import type { Remark } from '../store/working-group.ts';
import type { Deps } from './deps.ts';
import { draftDocumentOf, enterDraft, type DraftAccess } from './draft-doors.ts';

const MOST = 5_000;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export function remarks({ store, live, now }: Pick<Deps, 'store' | 'live' | 'now'>) {
  /** Everybody who has the draft open hears that there is news, through the document itself. */
  const tell = (id: string): Promise<void> =>
    live.edit(draftDocumentOf(id), (doc) => void doc.getMap('meta').set('remarks', newId(8)));

  async function collecting({ strategy }: DraftAccess): Promise<string | null> {
    if (strategy.status !== 'sent') return null;
    return (await store.strategies.versions(strategy.id)).find(({ status }) => status === 'sent')?.id ?? null;
  }

  async function known(id: string, remarkId: string): Promise<Result<Remark>> {
    const remark = await store.workingGroup.remark(remarkId);
    return remark?.strategyId === id ? ok(remark) : refuse('not-found');
  }

  /** Puts the wording where the paragraph stands, if it reads as it did when this was suggested. */
  async function takeIn(id: string, remark: Remark): Promise<boolean> {
    let done = false;
    await live.edit(draftDocumentOf(id), (doc) => {
      const element = remark.passage === null ? null : findPassage(doc, remark.passage);
      if (!element || textOf(element) !== remark.quote) return;
      reword(element, remark.wording ?? '');
      done = true;
    });
    return done;
  }

  return {
    async list(caller: Caller, id: string) {
      const access = await enterDraft(store, caller, id, 'see');
      if (!access.ok) return access;
      const { duty, person, strategy } = access.value;
      const may = (act: Parameters<typeof dutyAllows>[1]) => dutyAllows(duty, act, strategy.status ?? 'draft') === null;
      const [all, replies] = await Promise.all([store.workingGroup.remarks(id), store.workingGroup.replies(id)]);
      return ok({
        may: { comment: may('comment'), suggest: may('suggest'), settle: may('settle') },
        /** The version that is out for comment; null: none. */
        collecting: await collecting(access.value),
        remarks: all.map((one) => ({
          ...{
            id: one.id,
            kind: one.kind,
            passage: one.passage,
            quote: one.quote,
            body: one.body,
            wording: one.wording,
          },
          ...{ name: one.name, organisation: one.organisation, versionId: one.versionId, state: one.state },
          ...{ answer: one.answer, settledBy: one.settledBy, mine: one.personId === person.id },
          createdAt: new Date(one.createdAt).toISOString(),
          settledAt: iso(one.settledAt),
          replies: replies
            .filter(({ remarkId }) => remarkId === one.id)
            .map(({ id: replyId, name, organisation, body, createdAt }) => ({
              ...{ id: replyId, name, organisation, body },
              createdAt: new Date(createdAt).toISOString(),
            })),
        })),
      });
    },

    async add(caller: Caller, id: string, input: RemarkInput): Promise<Result<{ id: string }>> {
      const access = await enterDraft(store, caller, id, input.kind === 'comment' ? 'comment' : 'suggest');
      if (!access.ok) return access;
      const { passage } = input;
      const now_ =
        passage === undefined
          ? null
          : await live.read(draftDocumentOf(id), (doc) => {
              const element = findPassage(doc, passage);
              return element && textOf(element);
            });
      const checked = checkRemark(input, now_);
      if (!checked.ok) return checked;
      if ((await store.workingGroup.remarks(id)).length >= MOST) return refuse('too-large', { limit: String(MOST) });
      const { person } = access.value;
      const remark: Remark = {
        ...{ id: newId(), strategyId: id, ...checked.value },
        ...{ personId: person.id, name: person.name, organisation: person.organisation },
        ...{ versionId: await collecting(access.value), createdAt: now(), state: 'open' },
        ...{ answer: null, settledBy: null, settledAt: null },
      };
      await store.workingGroup.addRemark(remark);
      await tell(id);
      return ok({ id: remark.id });
    },

    async reply(caller: Caller, id: string, remarkId: string, text: string): Promise<Result<{ id: string }>> {
      const access = await enterDraft(store, caller, id, 'comment');
      if (!access.ok) return access;
      const remark = await known(id, remarkId);
      if (!remark.ok) return remark;
      const checked = checkRemark({ kind: 'comment', body: text }, null);
      if (!checked.ok) return checked;
      const { person } = access.value;
      const reply = { id: newId(), remarkId, body: checked.value.body, createdAt: now() };
      await store.workingGroup.addReply({
        ...reply,
        ...{ personId: person.id, name: person.name, organisation: person.organisation },
      });
      await tell(id);
      return ok({ id: reply.id });
    },

    /** Whoever writes settles; a comment may be resolved by its author too. */
    async settle(
      caller: Caller,
      id: string,
      remarkId: string,
      to: { readonly state: RemarkState; readonly answer?: string | undefined },
    ): Promise<Result<null>> {
      const access = await enterDraft(store, caller, id, 'comment');
      if (!access.ok) return access;
      const remark = await known(id, remarkId);
      if (!remark.ok) return remark;
      const { value } = remark;
      const { duty, strategy, person } = access.value;
      const collected = value.versionId !== null;
      const own = value.personId === person.id && value.kind === 'comment' && !collected;
      const refusal = own ? null : dutyAllows(duty, 'settle', strategy.status ?? 'draft');
      // What came from members of the association is answered in the name of the secretariat.
      if (refusal || (collected && value.kind === 'comment' && !isStaff(caller))) return refuse(refusal ?? 'forbidden');
      const answer = cleanText(to.answer ?? '').trim();
      if (answer.length > MAX_REMARK) return refuse('text-too-long', { limit: MAX_REMARK });
      const wrong = checkSettling({ kind: value.kind, collected, state: value.state }, to.state, answer);
      if (wrong) return refuse(wrong);
      const settled = {
        ...{ state: to.state, answer: answer === '' ? null : answer },
        ...(to.state === 'open' ? { by: null, at: null } : { by: person.name, at: now() }),
      };
      if (!(await store.workingGroup.settleRemark(remarkId, value.state, settled))) return refuse('changed-meanwhile');
      if (value.kind === 'suggestion' && to.state === 'accepted' && !(await takeIn(id, value))) {
        await store.workingGroup.settleRemark(remarkId, 'accepted', {
          state: 'open',
          answer: null,
          by: null,
          at: null,
        });
        return refuse('changed-meanwhile');
      }
      await tell(id);
      return ok(null);
    },
  };
}
