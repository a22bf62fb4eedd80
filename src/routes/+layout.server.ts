import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
  language: locals.language,
  account: locals.caller.account && { name: locals.caller.account.name, role: locals.caller.account.role },
});
