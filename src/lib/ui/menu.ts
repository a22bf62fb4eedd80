/** What a Menu lists, top to bottom: things to do, things to choose, and lines between them. */
import type { Icon } from './icon.ts';

export interface MenuAction {
  label: string;
  icon?: Icon;
  run?: () => void;
  href?: string;
  /** Cannot be undone. */
  danger?: boolean;
  /** Keys as KeyboardHint takes them. */
  shortcut?: string;
  disabled?: boolean;
  /** Given for things that are chosen: whether this one is. */
  chosen?: boolean;
  lang?: string;
}

export type MenuItem = MenuAction | 'line';
