import { redirect } from '@sveltejs/kit';
import { isLanguage } from '#core/people/caller.ts';
import { failWith, text } from '$lib/http/form.ts';
import { signIn } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (!locals.caller.account) signIn(url);
  const templates = await locals.app.templates.list(locals.caller);
  const strategies = await locals.app.strategies.list(locals.caller, { q: '' });
  return {
    templates: templates.ok
      ? templates.value.map(({ id, name, zones }) => ({ id, name, zones: zones.map((zone) => zone.name) }))
      : [],
    strategies: strategies.ok ? strategies.value.items.map(({ id, title }) => ({ id, title })) : [],
    zones: Intl.supportedValuesOf('timeZone'),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const strategyId = text(form, 'strategy');
    const input = {
      title: text(form, 'title'),
      template: text(form, 'template'),
      // The board chosen above is there already.
      moreTemplates: form
        .getAll('moreTemplates')
        .filter((one) => typeof one === 'string' && one !== text(form, 'template')) as string[],
      languages: form.getAll('languages').filter(isLanguage),
      timeZone: text(form, 'timeZone') || undefined,
      strategyId: strategyId || undefined,
      namesNeeded: form.get('namesNeeded') === 'on',
      organisationNeeded: form.get('organisationNeeded') === 'on',
      organisations: text(form, 'organisations')
        .split(/\r?\n/)
        .map((name) => ({ name: name.trim() }))
        .filter(({ name }) => name !== ''),
    };
    const made = await event.locals.app.workshops.create(event.locals.caller, input, event.url.origin);
    if (!made.ok)
      return failWith(event, made.refusal, { title: input.title, organisations: text(form, 'organisations') });
    redirect(303, `/w/${made.value.id}/lead`);
  },
};
