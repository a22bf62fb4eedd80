/**
 * Everything that can be done with what is chosen, as a menu lists it. Whatever can be dragged has its line here, so that
 * nobody needs a mouse.
 */
import BoxSelect from '@lucide/svelte/icons/box-select';
import CopyPlus from '@lucide/svelte/icons/copy-plus';
import FolderInput from '@lucide/svelte/icons/folder-input';
import Group from '@lucide/svelte/icons/group';
import LogOut from '@lucide/svelte/icons/log-out';
import Palette from '@lucide/svelte/icons/palette';
import PenLine from '@lucide/svelte/icons/pen-line';
import Plus from '@lucide/svelte/icons/plus';
import Redo2 from '@lucide/svelte/icons/redo-2';
import Trash2 from '@lucide/svelte/icons/trash-2';
import Undo2 from '@lucide/svelte/icons/undo-2';
import Ungroup from '@lucide/svelte/icons/ungroup';
import type { MenuItem } from '$lib/ui/menu.ts';
import { NOTE_COLOURS, noteColourName } from '$lib/ui/note-colours.ts';
import { areaLook } from '$lib/ui/areas.ts';
import { m } from '#messages/messages.js';
import type { Desk } from './desk.svelte.ts';

/** `group`: the dialog that asks with which. */
export type MenuLevel = 'all' | 'colour' | 'zone';

export interface MenuTalk {
  level(level: MenuLevel): void;
  groupWith(): void;
  /** Where a new note would go. */
  newNote(): void;
}

export function colourItems(desk: Desk): MenuItem[] {
  const chosen = desk.targets[0]?.colour ?? desk.colour;
  return NOTE_COLOURS.map((colour) => ({
    label: noteColourName[colour](),
    chosen: chosen === colour,
    run: () => desk.paint(colour),
  }));
}

export function zoneItems(desk: Desk): MenuItem[] {
  const group = chosenGroup(desk);
  const now = group?.zone ?? desk.targets[0]?.zone;
  return desk.board.zones.map((zone) => ({
    label: zone.name,
    icon: areaLook(zone.id).icon,
    chosen: now === zone.id,
    run: () => (group ? desk.place([], [{ id: group.id, zone: zone.id }]) : desk.toZone(zone.id)),
  }));
}

function chosenGroup(desk: Desk) {
  const [id] = desk.selected;
  return desk.selected.size === 1 && id !== undefined ? desk.board.group(id) : undefined;
}

export function itemsFor(desk: Desk, talk: MenuTalk): MenuItem[] {
  const group = chosenGroup(desk);
  if (group) return groupItems(desk, group.id, talk);
  const notes = desk.targets;
  const [note] = notes;
  if (!note) return boardItems(desk, talk);
  const grouped = notes.filter((each) => each.group !== null).map(({ id }) => id);
  return [
    ...(notes.length === 1
      ? [{ label: m.board_edit(), icon: PenLine, shortcut: 'Enter', run: () => later(() => desk.open(note.id)) }]
      : []),
    { label: m.board_colour(), icon: Palette, shortcut: 'C', run: () => later(() => talk.level('colour')) },
    { label: m.board_move_to_zone(), icon: FolderInput, shortcut: 'M', run: () => later(() => talk.level('zone')) },
    notes.length === 1
      ? { label: m.board_group_with(), icon: Group, shortcut: 'G', run: () => later(() => talk.groupWith()) }
      : { label: m.board_group_chosen(), icon: Group, shortcut: 'G', run: () => desk.group(notes.map(({ id }) => id)) },
    ...(grouped.length > 0
      ? [{ label: m.board_leave_group(), icon: LogOut, run: () => desk.leaveGroup(grouped) }]
      : []),
    ...(notes.length === 1 ? desk.more(note.id) : []),
    { label: m.board_duplicate(), icon: CopyPlus, shortcut: 'Ctrl+D', run: () => desk.duplicate() },
    'line',
    {
      label: m.board_delete(),
      icon: Trash2,
      shortcut: 'Del',
      run: () => desk.delete(notes.map(({ id }) => id)),
    },
  ];
}

function groupItems(desk: Desk, id: string, talk: MenuTalk): MenuItem[] {
  return [
    { label: m.board_group_rename(), icon: PenLine, shortcut: 'Enter', run: () => later(() => (desk.naming = id)) },
    { label: m.board_move_to_zone(), icon: FolderInput, shortcut: 'M', run: () => later(() => talk.level('zone')) },
    { label: m.board_ungroup(), icon: Ungroup, run: () => desk.ungroup(id) },
    'line',
    { label: m.board_delete_group(), icon: Trash2, shortcut: 'Del', run: () => desk.delete([id]) },
  ];
}

function boardItems(desk: Desk, talk: MenuTalk): MenuItem[] {
  return [
    { label: m.board_new_note(), icon: Plus, shortcut: 'N', run: () => later(() => talk.newNote()) },
    {
      label: m.board_choose_all(),
      icon: BoxSelect,
      shortcut: 'Ctrl+A',
      run: () => desk.choose(desk.board.notes.map(({ id }) => id)),
    },
    'line',
    { label: m.ui_undo(), icon: Undo2, shortcut: 'Ctrl+Z', disabled: !desk.canUndo, run: () => desk.undo() },
    { label: m.board_redo(), icon: Redo2, shortcut: 'Ctrl+Shift+Z', disabled: !desk.canRedo, run: () => desk.redo() },
  ];
}

/** After the menu has closed and given the focus back. */
function later(run: () => void): void {
  setTimeout(run, 30);
}
