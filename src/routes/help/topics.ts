/** What the help tells, in its order: for those who take part, then for those who lead. Texts stand in messages/*.json. */
import EyeOff from '@lucide/svelte/icons/eye-off';
import Footprints from '@lucide/svelte/icons/footprints';
import FileText from '@lucide/svelte/icons/file-text';
import Flag from '@lucide/svelte/icons/flag';
import KeyRound from '@lucide/svelte/icons/key-round';
import Camera from '@lucide/svelte/icons/camera';
import ClipboardList from '@lucide/svelte/icons/clipboard-list';
import Database from '@lucide/svelte/icons/database';
import Hand from '@lucide/svelte/icons/hand';
import Inbox from '@lucide/svelte/icons/inbox';
import Link2 from '@lucide/svelte/icons/link-2';
import ListChecks from '@lucide/svelte/icons/list-checks';
import LogIn from '@lucide/svelte/icons/log-in';
import Presentation from '@lucide/svelte/icons/presentation';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import UsersRound from '@lucide/svelte/icons/users-round';
import Vote from '@lucide/svelte/icons/vote';
import WifiOff from '@lucide/svelte/icons/wifi-off';
import { m } from '#messages/messages.js';
import type { Icon } from '$lib/ui/icon.ts';

export interface Topic {
  readonly title: () => string;
  readonly text: () => string;
  readonly icon?: Icon;
}

export interface Part {
  /** Part of the address: `/help#vote` may be printed and told. */
  readonly id: string;
  readonly title: () => string;
  readonly topics: readonly Topic[];
}

export const PARTS: readonly Part[] = [
  {
    id: 'participants',
    title: m.help_for_participants,
    topics: [
      { title: m.help_join_title, text: m.help_join_text, icon: LogIn },
      { title: m.help_practice_title, text: m.help_practice_text, icon: Hand },
      { title: m.help_write_title, text: m.help_write_text, icon: StickyNote },
      { title: m.help_pair_title, text: m.help_pair_text, icon: Link2 },
      { title: m.help_unseen_title, text: m.help_unseen_text, icon: EyeOff },
      { title: m.help_vote_title, text: m.help_vote_text, icon: Vote },
      { title: m.help_receipt_title, text: m.help_receipt_text, icon: KeyRound },
      { title: m.help_connection_title, text: m.help_connection_text, icon: WifiOff },
      { title: m.help_kept_title, text: m.help_kept_text, icon: Database },
      { title: m.help_table_title, text: m.help_table_text, icon: UsersRound },
    ],
  },
  {
    id: 'facilitators',
    title: m.help_for_facilitators,
    topics: [
      { title: m.help_prepare_title, text: m.help_prepare_text, icon: ClipboardList },
      { title: m.help_run_title, text: m.help_run_text, icon: Presentation },
      { title: m.help_lead_title, text: m.help_lead_text, icon: Footprints },
      { title: m.help_inbox_title, text: m.help_inbox_text, icon: Inbox },
      { title: m.help_review_title, text: m.help_review_text, icon: ListChecks },
      { title: m.help_round_title, text: m.help_round_text, icon: Vote },
      { title: m.help_materials_title, text: m.help_materials_text, icon: FileText },
      { title: m.help_tables_title, text: m.help_tables_text, icon: UsersRound },
      { title: m.help_close_title, text: m.help_close_text, icon: Flag },
      { title: m.help_snapshot_title, text: m.help_snapshot_text, icon: Camera },
      { title: m.help_draft_title, text: m.help_draft_text, icon: FileText },
    ],
  },
];
