/** Texts that come in up to three languages (titles, template names): the reader's, else any there is, else the plain one. */
import type { Language } from '#core/people/caller.ts';

type Titles = Readonly<Partial<Record<Language, string>>>;

export function titleIn(titles: Titles | undefined, plain: string, language: Language): string {
  return titles?.[language] ?? (plain || (titles?.ru ?? titles?.ky ?? titles?.en ?? ''));
}
