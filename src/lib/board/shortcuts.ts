/**
 * The keys of the board, by where they are on the keyboard (`event.code`): on a Russian or Kyrgyz layout Ctrl+Z arrives as
 * "я". One list for the binding and for the help that `?` shows.
 */
import { m } from '#messages/messages.js';

export interface Shortcut {
  readonly keys: readonly string[];
  readonly text: () => string;
}

export const SHORTCUTS: readonly { readonly title: () => string; readonly list: readonly Shortcut[] }[] = [
  {
    title: m.board_keys_notes,
    list: [
      { keys: ['N'], text: m.board_new_note },
      { keys: ['Enter'], text: m.board_edit },
      { keys: ['Esc'], text: m.board_keys_leave },
      { keys: ['C'], text: m.board_colour },
      { keys: ['M'], text: m.board_move_to_zone },
      { keys: ['G'], text: m.board_group_with },
      { keys: ['Del'], text: m.board_keys_delete },
      { keys: ['Ctrl+D'], text: m.board_duplicate },
      { keys: ['Ctrl+V'], text: m.board_keys_paste },
    ],
  },
  {
    title: m.board_keys_choose,
    list: [
      { keys: ['Tab'], text: m.board_keys_next },
      { keys: ['←', '↑', '↓', '→'], text: m.board_keys_neighbour },
      { keys: ['Space'], text: m.board_keys_toggle },
      { keys: ['←', '→'], text: m.board_keys_move },
      { keys: ['Shift+→'], text: m.board_keys_move_far },
      { keys: ['Ctrl+A'], text: m.board_choose_all },
      { keys: ['Ctrl+Z'], text: m.board_keys_undo },
      { keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], text: m.board_redo },
    ],
  },
  {
    title: m.board_keys_view,
    list: [
      { keys: ['Space'], text: m.board_keys_pan },
      { keys: ['Ctrl'], text: m.board_keys_zoom },
      { keys: ['Shift+1'], text: m.board_fit },
      { keys: ['Ctrl+0'], text: m.board_zoom_full },
      { keys: ['Ctrl+F'], text: m.board_search },
      { keys: ['?'], text: m.board_keys_title },
    ],
  },
];
