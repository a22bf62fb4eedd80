import type { ApiAnswer } from '$lib/http/api.ts';

/** Runs one command of the desk; `done` is said where the server took it. Answers whether it did. */
export type Send = <T>(command: () => Promise<ApiAnswer<T>>, done?: (value: T) => string) => Promise<boolean>;
