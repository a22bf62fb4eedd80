import { redirect } from '@sveltejs/kit';
import { isCrew, isLanguage, participantIn } from '#core/people/caller.ts';
import { dropParticipant, participantTokenOf, setParticipant } from '$lib/http/cookies.ts';
import { failWith, text } from '$lib/http/form.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, getClientAddress, setHeaders }) => {
  const door = await locals.app.joining.door(params.code, getClientAddress());
  setHeaders({ 'x-robots-tag': 'noindex' });
  if (!door.ok) return { door: null, back: null, problem: sentence(door.refusal, locals.language), code: params.code };
  const person = participantIn(locals.caller, door.value.id);
  return { door: door.value, back: person && { name: person.name }, problem: null, code: params.code };
};

const OTHER = '+';

export const actions: Actions = {
  join: async (event) => {
    const { locals, params, cookies, url } = event;
    const form = await event.request.formData();
    const chosen = text(form, 'organisation');
    const values = {
      name: text(form, 'name'),
      organisation: chosen,
      otherOrganisation: text(form, 'otherOrganisation'),
    };
    const address = event.getClientAddress();
    const door = await locals.app.joining.door(params.code, address);
    if (!door.ok) return failWith(event, door.refusal, values);
    const joined = await locals.app.joining.join(
      {
        code: params.code,
        name: values.name,
        organisation: chosen === OTHER ? values.otherOrganisation : chosen,
        language: locals.language,
        deviceToken: participantTokenOf(cookies, door.value.id),
        crew: isCrew(locals.caller),
      },
      address,
    );
    if (!joined.ok) return failWith(event, joined.refusal, values);
    setParticipant(cookies, url, joined.value.workshopId, joined.value.token);
    redirect(303, `/w/${joined.value.workshopId}`);
  },
  recover: async (event) => {
    const form = await event.request.formData();
    const joined = await event.locals.app.joining.reattach(
      event.params.code,
      text(form, 'recovery'),
      event.getClientAddress(),
    );
    if (!joined.ok) return failWith(event, joined.refusal, { name: '', organisation: '', otherOrganisation: '' });
    setParticipant(event.cookies, event.url, joined.value.workshopId, joined.value.token);
    redirect(303, `/w/${joined.value.workshopId}`);
  },
  /** Another person takes this device: the next one starts afresh. */
  leave: async ({ locals, params, cookies, url, getClientAddress }) => {
    const door = await locals.app.joining.door(params.code, getClientAddress());
    if (door.ok) {
      const token = participantTokenOf(cookies, door.value.id);
      if (token) await locals.app.joining.leave(token);
      dropParticipant(cookies, url, door.value.id);
    }
    const lang = url.searchParams.get('lang');
    redirect(303, `/join/${params.code}${isLanguage(lang) ? `?lang=${lang}` : ''}`);
  },
};
