/** Languages by their own names, as everywhere in the product. */
import type { Language } from '#core/people/caller.ts';
import { m } from '#messages/messages.js';

export const languageName: Readonly<Record<Language, () => string>> = {
  ky: m.ui_language_ky,
  ru: m.ui_language_ru,
  en: m.ui_language_en,
};
