/** What the page of a draft asks in front of it, one question at a time, and which version the question is about. */
import type { ListedVersion } from './versions.ts';

export type Question = 'insert' | 'sections' | 'download' | 'compare' | 'status' | 'group' | 'outline' | 'panel';

export class Questions {
  asking = $state<Question | null>(null);
  /** The version that is read in front of the page. */
  reading = $state.raw<ListedVersion | null>(null);
  /** The version that a comparison begins with. */
  before = $state('');
  /** The version to download; '' is the text as it is now. */
  downloaded = $state('');

  ask(what: Question, version = ''): void {
    this.reading = null;
    if (what === 'download') this.downloaded = version;
    if (what === 'compare') this.before = version;
    this.asking = what;
  }

  read(version: ListedVersion): void {
    this.asking = null;
    this.reading = version;
  }

  /** As a dialog binds it. */
  set(what: Question, open: boolean): void {
    if (open) this.asking = what;
    else if (this.asking === what) this.asking = null;
  }
}
