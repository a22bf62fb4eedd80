import type { Caller, Language } from '#core/people/caller.ts';
import type { App as AsharApp } from '#server/app.ts';

declare global {
  namespace App {
    interface Locals {
      app: AsharApp;
      caller: Caller;
      language: Language;
      theme: 'system' | 'light' | 'dark';
      requestId: string;
      /** An error of this request says that the store cannot be reached. */
      isStoreAway?: boolean;
    }
    interface Error {
      message: string;
      incident?: string;
    }
  }
}
