/** What a component takes as an icon: one of `@lucide/svelte/icons/…`, imported by its deep path. */
import type { Component } from 'svelte';

export type Icon = Component<{ size?: number | string; strokeWidth?: number | string; class?: string }>;
