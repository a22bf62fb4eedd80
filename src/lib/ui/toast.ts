/**
 * Short news at the edge of the screen, read out by screen readers: `toast('Note deleted', { undo })`. What can be taken
 * back offers it here instead of asking beforehand. Shown by Toasts.svelte, which the root layout holds once; the library
 * behind it comes with the first toast.
 */
import type { Component } from 'svelte';
import { m } from '#messages/messages.js';
import { onDemand } from './on-demand.svelte.ts';

export interface ToastOptions {
  tone?: 'plain' | 'good' | 'warn';
  /** Takes back what the toast tells of. */
  undo?: () => void;
  /** Something else to do about it. */
  action?: { label: string; run: () => void };
  /** The same key replaces the toast that is still there. */
  key?: string;
  seconds?: number;
}

export const toaster = onDemand<Component>(() => import('./Toaster.svelte'));

const SECONDS = 5;
/** Long enough to read, understand and reach the button. */
const SECONDS_WITH_ACTION = 10;

export function toast(text: string, { tone = 'plain', undo, action, key, seconds }: ToastOptions = {}): void {
  const offer = undo ? { label: m.ui_undo(), run: undo } : action;
  const options = {
    duration: 1000 * (seconds ?? (offer ? SECONDS_WITH_ACTION : SECONDS)),
    ...(key === undefined ? {} : { id: key }),
    ...(offer ? { action: { label: offer.label, onClick: () => offer.run() } } : {}),
  };
  toaster.ask();
  import('svelte-sonner').then(
    ({ toast: show }) => {
      if (tone === 'good') show.success(text, options);
      else if (tone === 'warn') show.warning(text, options);
      else show(text, options);
    },
    // Without network, and never one before: the screen itself shows what happened.
    () => undefined,
  );
}
