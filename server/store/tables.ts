/**
 * The tables, as Kysely sees them on SQLite and PostgreSQL alike: ids are opaque text, times are epoch milliseconds,
 * truth values are 0 or 1, structured values are JSON text, `*_norm` columns are folded in JavaScript (SQLite's lower()
 * knows ASCII only, and ң ө ү must be found by people whose keyboard lacks them). Names of people stand here and nowhere else.
 */
import type { Generated } from 'kysely';

export interface Tables {
  meta: { key: string; value: string };
  accounts: {
    id: string;
    email: string;
    email_norm: string;
    name: string;
    role: string;
    password_hash: string | null;
    status: string;
    created_at: number;
    /** The shared secret of the second factor (base32), and the last step of it that was used; null: none. */
    totp_secret: Generated<string | null>;
    totp_last: Generated<number>;
    /** Who this is at the provider of OpenID Connect: issuer and subject. */
    oidc_subject: Generated<string | null>;
  };
  /** Codes for the day when the phone with the second factor is gone; each works once. */
  account_codes: { code_hash: string; account_id: string; used_at: number | null };
  /** Whose rights changed, for the sockets of every process. */
  revocations: { seq: Generated<number>; person_id: string; at: number };
  /** Append-only: the engine refuses changes. */
  audit_log: {
    seq: number;
    at: number;
    actor_id: string;
    actor_role: string;
    act: string;
    subject: string | null;
    detail: string | null;
    previous: string;
    hash: string;
  };
  account_links: { token_hash: string; account_id: string; kind: string; expires_at: number; used_at: number | null };
  sessions: {
    id_hash: string;
    account_id: string;
    expires_at: number;
    created_at: number;
    /** Browser and system in two words, as the owner will know it again. */
    device: Generated<string | null>;
    seen_at: Generated<number | null>;
  };
  account_tokens: { token_hash: string; account_id: string; created_at: number; revoked_at: number | null };
  strategies: {
    id: string;
    title: string;
    title_norm: string;
    period_start: number;
    period_end: number;
    languages: string;
    created_by: string;
    created_at: number;
    archived_at: number | null;
    deleted_at: number | null;
    /** draft, sent, submitted or adopted; adopted is frozen. */
    status: Generated<string>;
  };
  workshops: {
    id: string;
    strategy_id: string | null;
    title: string;
    title_norm: string;
    titles: string;
    about: string | null;
    template: string;
    languages: string;
    time_zone: string;
    held_on: string | null;
    join_code: string;
    link_token: string;
    screen_key: string;
    status: string;
    door_open: number;
    names_needed: number;
    organisation_needed: number;
    stage_id: string | null;
    stage_started_at: number | null;
    stage_ends_at: number | null;
    locked: number;
    private: number;
    anonymous: number;
    revision: number;
    created_by: string;
    created_at: number;
    archived_at: number | null;
    deleted_at: number | null;
    /** Milliseconds left of a time that stands still. */
    paused_left: number | null;
    focus: string | null;
    /** Account that leads at the moment; others may, and take over with one command. */
    led_by: string | null;
    rehearsal_of: string | null;
    /** Days after its closing or putting away until it is erased; null: as RETENTION_DAYS says. */
    retention_days: Generated<number | null>;
    /** When what it held was erased; its tombstone stays. */
    erased_at: Generated<number | null>;
  };
  organisations: {
    id: string;
    workshop_id: string;
    name: string;
    name_norm: string;
    seats: number | null;
    position: number;
  };
  stages: {
    id: string;
    workshop_id: string;
    kind: string;
    title: string;
    board_id: string | null;
    position: number;
    minutes: number | null;
    instruction: string | null;
    /** What differs from the defaults of its kind. */
    permissions: string | null;
    materials: string | null;
    view: string | null;
    skipped: number;
    moderated: number;
  };
  /** When each stage really began and ended; a stage entered twice has two rows. */
  stage_log: { id: string; workshop_id: string; stage_id: string; started_at: number; ended_at: number | null };
  /** Raised hands, and "I'm ready" (which holds for its stage). */
  signals: { workshop_id: string; person_id: string; kind: string; stage_id: string; given_at: number };
  boards: {
    id: string;
    workshop_id: string;
    template: string;
    title: string;
    zones: string;
    position: number;
    locks: string | null;
    /** The board that a table's own board was made from; null: a board of the whole room. */
    table_of: Generated<string | null>;
  };
  /** Break-outs; `ended_at` null: under way. `changes` grows with every command. */
  splits: {
    id: string;
    workshop_id: string;
    board_id: string;
    mode: string;
    seed: string;
    changes: number;
    opened_at: number;
    ended_at: number | null;
  };
  /** state: open, closing (its notes are on their way to the plenary) or back. */
  split_tables: { id: string; split_id: string; board_id: string; name: string; position: number; state: string };
  table_seats: { split_id: string; participant_id: string; table_id: string };
  /** Files that stages bring along. */
  material_files: {
    id: string;
    workshop_id: string;
    name: string;
    type: string;
    size: number;
    body: Uint8Array;
    uploaded_at: number;
  };
  /** Practice of the welcome: one's note and choice, wiped at its end. */
  practice: { workshop_id: string; person_id: string; note: string | null; choice: string | null };
  /** What the wall shows full screen. */
  slides: { workshop_id: string; stage_id: string; position: number; changed_at: number };
  participants: {
    id: string;
    workshop_id: string;
    name: string | null;
    organisation_id: string | null;
    language: string;
    recovery_hash: string | null;
    joined_at: number;
    removed_at: number | null;
    /** 1: came in from a browser that was signed in as a facilitator or the secretariat. */
    crew: Generated<number>;
    /** When the person's name was erased; the row stays as a tombstone. */
    erased_at: Generated<number | null>;
  };
  participant_tokens: { token_hash: string; participant_id: string; created_at: number };
  note_authors: { board_id: string; note_id: string; person_id: string; organisation_id: string | null };
  note_commands: { board_id: string; person_id: string; client_key: string; note_id: string };
  /** Texts in further languages, by what they belong to: a note, a group, a round. */
  translations: { subject: string; id: string; texts: string };
  pending_notes: {
    id: string;
    board_id: string;
    person_id: string;
    organisation_id: string | null;
    zone: string;
    text: string;
    colour: string;
    language: string | null;
    anonymous: number;
    created_at: number;
    /** waiting (for the reveal, a batch, or approval) or aside (with the reason its writer sees). */
    state: string;
    reason: string | null;
  };
  /** Anonymous notes on the board: HMAC of the note's id under the writer's join token. Only the token finds them again. */
  note_marks: { board_id: string; note_id: string; mark: string };
  /** Who grouped what by command; the person only where the work is attributed. */
  group_log: {
    id: string;
    board_id: string;
    group_id: string;
    act: string;
    role: string;
    person_id: string | null;
    detail: string;
    done_at: number;
  };
  /** Where a note or group comes from: a seeded factor its group, an option the factors it binds. */
  origins: {
    board_id: string;
    item_id: string;
    source: string;
    from_board: string;
    from_item: string;
    /** JSON: the notes that lay in the group that was bound; null: a note was bound. */
    anchors: Generated<string | null>;
  };
  /** Changes beside a board's document, counted: bonds, findings. */
  board_marks: { board_id: string; changes: number };
  /** What was found about an action of the last programme. */
  findings: {
    board_id: string;
    note_id: string;
    evidence: string;
    cause: string;
    verdict: string | null;
    confirmed_at: number | null;
  };
  /** Notes that a person said are not alike. */
  unlike: { board_id: string; note_ids: string };
  own_templates: { id: string; name: string; body: string; created_by: string; created_at: number };
  doc_log: { seq: Generated<number>; document: string; body: Uint8Array };
  doc_states: { document: string; state: Uint8Array; up_to: number };
  doc_writers: { document: string; client_id: number; person_id: string };
  doc_refused: { document: string; client_id: number };
  led_views: { workshop_id: string; call: number; view: string | null; wall_languages: string | null };
  store_name: { name: string };
  rounds: {
    id: string;
    workshop_id: string;
    board_id: string;
    settings: string;
    /** Ids that the facilitator picked; null: everything on the board at the opening. */
    chosen: string | null;
    options: string;
    status: string;
    position: number;
    round_key: Uint8Array | null;
    eligible: number;
    cast_count: number;
    created_at: number;
    opened_at: number | null;
    /** End of the grace time; null where there is none. */
    closes_at: number | null;
    /** When the close was called: ballots cast up to here count. */
    closed_at: number | null;
    result: string | null;
    /** When it ends by itself, and how often that was moved on. */
    due_at: Generated<number | null>;
    extensions: Generated<number>;
    /** The round that this one follows, and how. */
    parent_id: Generated<string | null>;
    parent_kind: Generated<string | null>;
  };
  /** What people did with a round, in order; never a ballot. */
  round_log: {
    id: string;
    round_id: string;
    at: number;
    position: number;
    kind: string;
    account_id: string | null;
    participant_id: string | null;
    detail: string | null;
  };
  /** Doubles that a person took off the roll before the opening. */
  struck: { round_id: string; participant_id: string };
  paper_sheets: { round_id: string; number: number; code: string; used: number };
  /** Ballots of the desk that a second person has not confirmed. */
  desk_entries: {
    id: string;
    round_id: string;
    kind: string;
    organisation_id: string | null;
    number: number | null;
    content: string;
    account_id: string;
    entered_at: number;
  };
  /** `late`: 1 once a ballot of this person came after the close (counted once, its content dropped). */
  roll: {
    round_id: string;
    participant_id: string;
    organisation_id: string | null;
    admitted_late: number;
    late: number;
  };
  ballots: {
    round_id: string;
    /** Secret rounds: HMAC of the participant under the round's key. Others: the participant. */
    voter_key: string;
    organisation_id: string | null;
    content: string;
    spent: number;
    budget: number;
    receipt: string;
    source: string;
  };
  ballot_commands: { round_id: string; voter_key: string; client_key: string; answer: string };
  /** After the close of a secret round: the ballots apart from their keys, sorted by receipt. */
  closed_ballots: { round_id: string; receipt: string; content: string };
  snapshots: {
    id: string;
    workshop_id: string;
    title: string;
    hash: string;
    taken_at: number;
    body: string;
  };
  minutes: { workshop_id: string; number: string; place: string; chair: string; secretary: string };
  draft_inserts: { id: string; strategy_id: string; snapshot_id: string; account_id: string; inserted_at: number };
  draft_versions: {
    id: string;
    strategy_id: string;
    title: string;
    content: string;
    account_id: string;
    created_at: number;
    /** The state in which the strategy was when it was kept. */
    status: Generated<string>;
    /** SHA-256 of the content's canonical JSON; null for those kept before it was made. */
    hash: Generated<string | null>;
    /** JSON: at which assembly, when, under which protocol number, and who recorded it. */
    adoption: Generated<string | null>;
    /** The secret of its public address; null: not published. */
    public_key: Generated<string | null>;
  };
  /** People without an account who were invited to a draft by link. */
  draft_members: {
    id: string;
    strategy_id: string;
    /** write, suggest or comment. */
    duty: string;
    name: string;
    organisation: string;
    link_hash: string;
    created_by: string;
    created_at: number;
    revoked_at: number | null;
  };
  /** Comments and suggested changes. `version_id`: collected while that version was sent for comment. */
  draft_remarks: {
    id: string;
    strategy_id: string;
    kind: string;
    /** The Yjs id of the paragraph, `client-clock`; null: the whole draft. */
    passage: string | null;
    quote: string;
    body: string;
    /** Of a suggestion: the paragraph as it should read. */
    wording: string | null;
    person_id: string;
    name: string;
    organisation: string;
    version_id: string | null;
    created_at: number;
    state: string;
    answer: string | null;
    settled_by: string | null;
    settled_at: number | null;
  };
  draft_replies: {
    id: string;
    remark_id: string;
    person_id: string;
    name: string;
    organisation: string;
    body: string;
    created_at: number;
  };
  /** State and owner of a section, by the Yjs id of its heading; `checked`: by language, the source it was checked against. */
  draft_sections: { strategy_id: string; section: string; status: string; owner: string; checked: string };
  /** A paragraph in a further language; `source` is the text that was translated. */
  draft_translations: {
    strategy_id: string;
    passage: string;
    language: string;
    text: string;
    source: string;
    written_by: string;
    written_at: number;
  };
  /** Private links to one's own notes: the hash finds the person, the link itself their anonymous notes. */
  own_note_links: { key_hash: string; participant_id: string; created_at: number };
  /** The headings that a new draft begins with, by language. */
  section_templates: { language: string; titles: string };
}
