/** What of an account is shown, and the bounds of its password. */
import type { Role } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { Account } from '../store/accounts.ts';

const LEAST_PASSWORD = 10;
export const MOST_PASSWORD = 200;

export interface AccountView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: Account['status'];
  /** Signs in with a second factor. */
  readonly twoStep: boolean;
}

export const accountView = ({ id, email, name, role, status, totpSecret }: Account): AccountView => ({
  ...{ id, email, name, role, status },
  twoStep: Boolean(totpSecret),
});

export function checkPassword(password: string): Result<string> {
  const length = [...password].length;
  if (length < LEAST_PASSWORD) return refuse('password-too-short', { limit: LEAST_PASSWORD });
  return length > MOST_PASSWORD ? refuse('too-large', { limit: MOST_PASSWORD }) : ok(password);
}
