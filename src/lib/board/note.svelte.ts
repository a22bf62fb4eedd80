/**
 * One note and one group as the screen holds them: an object each, whose fields are state. A change from the network
 * touches the fields of one object, so only the component that draws it runs again.
 */
import type { Language } from '#core/people/caller.ts';
import type { Colour, Group, Note } from '#core/board/schema.ts';

export class NoteView {
  readonly id: string;
  zone = $state('');
  x = $state(0);
  y = $state(0);
  text = $state('');
  colour = $state<Colour>('yellow');
  lang = $state<Language | undefined>();
  /** The group it is shown in; a note may name a group that is gone. */
  group = $state.raw<GroupView | null>(null);
  /** Its row inside the group. */
  slot = $state(0);
  /** Names of others who are writing in it. */
  writers = $state.raw<readonly string[]>([]);
  /** Where somebody else holds it in the air. */
  carried = $state.raw<readonly [zone: string, x: number, y: number] | null>(null);
  /** Where this person holds it in the air: on the whole board, left and top. */
  held = $state.raw<readonly [left: number, top: number] | null>(null);
  /** Something held over it would be grouped with it. */
  accepting = $state(false);
  /** As written in the document. */
  groupId: string | undefined;

  constructor(note: Note) {
    this.id = note.id;
    this.read(note);
  }

  /** Takes over what is in the document; answers whether its place or group changed. */
  read(note: Note): boolean {
    const moved =
      this.zone !== note.at[0] || this.x !== note.at[1] || this.y !== note.at[2] || this.groupId !== note.group;
    [this.zone, this.x, this.y] = note.at;
    this.text = note.text;
    this.colour = note.colour;
    this.lang = note.lang;
    this.groupId = note.group;
    return moved;
  }
}

export class GroupView {
  readonly id: string;
  zone = $state('');
  x = $state(0);
  y = $state(0);
  title = $state('');
  /** In reading order. */
  notes = $state.raw<readonly NoteView[]>([]);
  carried = $state.raw<readonly [zone: string, x: number, y: number] | null>(null);
  held = $state.raw<readonly [left: number, top: number] | null>(null);
  accepting = $state(false);

  constructor(group: Group) {
    this.id = group.id;
    this.read(group);
  }

  read(group: Group): boolean {
    const moved = this.zone !== group.at[0] || this.x !== group.at[1] || this.y !== group.at[2];
    [this.zone, this.x, this.y] = group.at;
    this.title = group.title;
    return moved;
  }
}
