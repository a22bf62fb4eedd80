/**
 * From a file to a plan. The file has its shape already (`server/usecases/workshop-format.ts`); here everything in it that
 * refers to something else is followed: templates, areas, organisations, groups, boards. The first fault is named by the
 * place where it stands, and nothing is imported.
 */
import { checkText } from '../board/text.ts';
import { LANGUAGES, type Language } from '../people/caller.ts';
import { checkName, fold } from '../people/names.ts';
import { ok, refuse, type Result } from '../result.ts';
import { templateById, type Template } from '../templates/index.ts';
import { checkSettings } from '../voting/settings.ts';
import { textIn, type LocalText } from '../export/source.ts';
import { MAX_NOTES } from '../board/schema.ts';
import {
  actionText,
  type FileBoard,
  type FileNote,
  type FileRound,
  type PlannedBoard,
  type PlannedNote,
  type PlannedRound,
  type WorkshopFile,
  type WorkshopPlan,
} from './format.ts';

/** UTF-8 bytes of all texts of one board: with its bookkeeping, the document stays under its 8 MiB. */
const MOST_BYTES = 6 * 1024 * 1024;

/** A fault with its place in the file, such as `boards.2.notes.0.zone`. */
function fault(path: string, problem: string): ReturnType<typeof refuse> {
  return refuse('import-malformed', { path, problem, expected: '' });
}

export function planWorkshop(file: WorkshopFile): Result<WorkshopPlan> {
  const organisations: { name: string; seats: number | null }[] = [];
  const known = new Set<string>();
  for (const [index, { name, seats }] of (file.organisations ?? []).entries()) {
    const checked = checkName(name);
    if (!checked.ok) return fault(`organisations.${index}.name`, checked.refusal.code);
    // Notes refer to organisations by number: a double cannot simply be dropped.
    if (known.has(fold(checked.value))) return fault(`organisations.${index}.name`, 'twice');
    known.add(fold(checked.value));
    organisations.push({ name: checked.value, seats: seats ?? null });
  }
  if (file.strategy && file.strategy.periodEnd < file.strategy.periodStart)
    return fault('strategy.periodEnd', 'period-invalid');
  const boards: PlannedBoard[] = [];
  for (const [index, board] of file.boards.entries()) {
    const planned = planBoard(board, `boards.${index}`, file, organisations.length);
    if (!planned.ok) return planned;
    boards.push(planned.value);
  }
  const rounds: PlannedRound[] = [];
  for (const [index, round] of (file.rounds ?? []).entries()) {
    const planned = planRound(round, `rounds.${index}`, boards);
    if (!planned.ok) return planned;
    rounds.push(planned.value);
  }
  return ok({
    about: file.about ?? null,
    title: file.title,
    strategy: file.strategy ?? null,
    heldOn: file.date ?? null,
    languages: [...new Set(file.languages)],
    timeZone: file.timeZone ?? null,
    organisations,
    boards,
    rounds,
  });
}

function planBoard(board: FileBoard, path: string, file: WorkshopFile, organisations: number): Result<PlannedBoard> {
  const template = templateById(board.template);
  if (!template) return fault(`${path}.template`, 'template-unknown');
  const groups = board.groups ?? [];
  for (const [index, group] of groups.entries())
    if (!hasZone(template, group.zone)) return fault(`${path}.groups.${index}.zone`, 'zone-unknown');
  const notes: PlannedNote[] = [];
  const language = file.languages[0];
  const entries: { readonly path: string; readonly note: FileNote }[] = [];
  const first = template.zones[0]?.id ?? '';
  if (board.actions && !hasZone(template, 'actions')) return fault(`${path}.actions`, 'template-unknown');
  if (board.options && !hasZone(template, 'options')) return fault(`${path}.options`, 'template-unknown');
  board.actions?.forEach((action, index) =>
    entries.push({
      path: `${path}.actions.${index}`,
      note: { zone: first, text: actionText(action), ...(language && { language }) },
    }),
  );
  board.options?.forEach((option, index) =>
    entries.push({ path: `${path}.options.${index}`, note: optionNote(option, first, file.languages) }),
  );
  board.notes?.forEach((note, index) => entries.push({ path: `${path}.notes.${index}`, note }));
  if (entries.length > MAX_NOTES) return fault(path, 'board-full');
  for (const { path: place, note } of entries) {
    const text = checkText(note.text);
    if (!text.ok) return fault(`${place}.text`, text.refusal.code);
    const { zone, language: written, organisation, colour, translations, group } = note;
    if (!hasZone(template, zone)) return fault(`${place}.zone`, 'zone-unknown');
    if (organisation !== undefined && organisation >= organisations)
      return fault(`${place}.organisation`, 'organisation-unknown');
    if (group !== undefined && groups[group]?.zone !== zone) return fault(`${place}.group`, 'group-unknown');
    for (const [each, translation] of Object.entries(translations ?? {})) {
      const checked = checkText(translation);
      if (!checked.ok) return fault(`${place}.translations.${each}`, checked.refusal.code);
    }
    notes.push({
      zone,
      text: text.value,
      language: written ?? null,
      colour: colour ?? 'yellow',
      organisation: organisation ?? null,
      group: group ?? null,
      translations: translations ?? {},
    });
  }
  const bytes = notes.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length, 0);
  if (bytes > MOST_BYTES) return fault(path, 'board-full');
  for (const index of groups.keys())
    if (!notes.some((note) => note.group === index)) return fault(`${path}.groups.${index}`, 'empty');
  return ok({ template: template.id, title: board.title ?? null, notes, groups });
}

/** An option in several languages is one note, in the first of the workshop's languages that it has. */
function optionNote(option: LocalText, zone: string, languages: readonly Language[]): FileNote {
  if (typeof option === 'string') return { zone, text: option };
  const language = [...languages, ...LANGUAGES].find((each) => option[each] !== undefined);
  if (language === undefined) return { zone, text: '' };
  const { [language]: text = '', ...translations } = option;
  return { zone, text, language, ...(Object.keys(translations).length > 0 && { translations }) };
}

function planRound(round: FileRound, path: string, boards: readonly PlannedBoard[]): Result<PlannedRound> {
  const board =
    typeof round.board === 'number' ? round.board : boards.findIndex(({ template }) => template === round.board);
  if (!boards[board]) return fault(`${path}.board`, 'not-found');
  const settings = checkSettings({ of: 'notes', ...round, title: textIn(round.title, 'ru') });
  if (!settings.ok) return fault(path, settings.refusal.code);
  return ok({ ...settings.value, board, title: round.title });
}

function hasZone(template: Template, zone: string): boolean {
  return template.zones.some(({ id }) => id === zone);
}
