/**
 * Setting the cookies that carry identities. HttpOnly and Lax always; Secure and the `__Host-` prefix only where the request
 * came by https: many rooms run on plain http in a LAN, and there a Secure cookie would be lost.
 */
import type { Cookies } from '@sveltejs/kit';
import { DRAFT_COOKIE, PARTICIPANT_COOKIE, SCREEN_COOKIE, SESSION_COOKIE } from '#core/people/cookies.ts';

const DAY = 24 * 3600;

function put(cookies: Cookies, url: URL, name: string, value: string, days: number): void {
  const secure = url.protocol === 'https:';
  cookies.set(secure ? `__Host-${name}` : name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: days * DAY,
  });
}

function drop(cookies: Cookies, url: URL, name: string): void {
  const secure = url.protocol === 'https:';
  cookies.delete(name, { path: '/', secure });
  if (secure) cookies.delete(`__Host-${name}`, { path: '/', secure });
}

export const setSession = (cookies: Cookies, url: URL, id: string): void => put(cookies, url, SESSION_COOKIE, id, 14);
export const dropSession = (cookies: Cookies, url: URL): void => drop(cookies, url, SESSION_COOKIE);
export const sessionOf = (cookies: Cookies): string | undefined =>
  cookies.get(`__Host-${SESSION_COOKIE}`) ?? cookies.get(SESSION_COOKIE);

export const setParticipant = (cookies: Cookies, url: URL, workshopId: string, token: string): void =>
  put(cookies, url, PARTICIPANT_COOKIE + workshopId, token, 180);
export const dropParticipant = (cookies: Cookies, url: URL, workshopId: string): void =>
  drop(cookies, url, PARTICIPANT_COOKIE + workshopId);
export const participantTokenOf = (cookies: Cookies, workshopId: string): string | undefined =>
  cookies.get(`__Host-${PARTICIPANT_COOKIE}${workshopId}`) ?? cookies.get(PARTICIPANT_COOKIE + workshopId);
export const setScreen = (cookies: Cookies, url: URL, workshopId: string, key: string): void =>
  put(cookies, url, SCREEN_COOKIE + workshopId, key, 30);
export const setDraftLink = (cookies: Cookies, url: URL, strategyId: string, link: string): void =>
  put(cookies, url, DRAFT_COOKIE + strategyId, link, 180);
