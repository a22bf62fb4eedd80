import { redirect } from '@sveltejs/kit';
import { text } from '$lib/http/form.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  /** The code goes into the address: what is wrong with it, the door says. */
  default: async ({ request }) => {
    const code = text(await request.formData(), 'code').replace(/[\s.-]/g, '');
    redirect(303, `/join/${encodeURIComponent(code.slice(0, 100) || '0')}`);
  },
};
