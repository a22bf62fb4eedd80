/** The cookies that carry identities, and how they are read from a raw header (sockets have no cookie parser). */

/** Session of an account. */
export const SESSION_COOKIE = 'ashar_session';
/** Token of a participant, one cookie a workshop: `ashar_p_<workshopId>`. */
export const PARTICIPANT_COOKIE = 'ashar_p_';
/** Key of a projector, one cookie a workshop. */
export const SCREEN_COOKIE = 'ashar_s_';
/** Link of somebody invited to a draft, one cookie a strategy: `ashar_d_<strategyId>`. */
export const DRAFT_COOKIE = 'ashar_d_';

/** More workshops than that in one browser are not looked up: a cookie header is attacker-sized input. */
const MOST = 20;

export interface CookieCredentials {
  readonly session: string | null;
  readonly participantTokens: readonly string[];
  readonly screenKeys: readonly string[];
  readonly draftLinks: readonly string[];
}

export function readCookies(header: string | null): CookieCredentials {
  const participantTokens: string[] = [];
  const screenKeys: string[] = [];
  const draftLinks: string[] = [];
  let session: string | null = null;
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair
      .slice(0, at)
      .trim()
      .replace(/^__Host-/, '');
    const value = pair.slice(at + 1).trim();
    if (at < 0 || !/^[A-Za-z0-9_-]{10,128}$/.test(value)) continue;
    if (name === SESSION_COOKIE) session = value;
    else if (name.startsWith(PARTICIPANT_COOKIE) && participantTokens.length < MOST) participantTokens.push(value);
    else if (name.startsWith(SCREEN_COOKIE) && screenKeys.length < MOST) screenKeys.push(value);
    else if (name.startsWith(DRAFT_COOKIE) && draftLinks.length < MOST) draftLinks.push(value);
  }
  return { session, participantTokens, screenKeys, draftLinks };
}
